import type { PastExecution } from '../analysis/pastExecution.ts';
import type { Span } from '../analysis/spans.ts';
import type { Clock } from '../base/clock.ts';
import { openRecord } from '../decode/decodeExecution.ts';
import type { FlowDocument } from '../flow/flowDocument.ts';
import type { Redaction } from '../masking/redaction.ts';
import type { FullRecord } from '../record/recordRoom.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import { type ExecutionSummary, isToolCall, type Milliseconds } from '../trace/execution.ts';
import type { ExecutionRecords } from './executionRecords.ts';
import type { FlowRegistry } from './flowRegistry.ts';
import type { KnownCauses } from './knownCauses.ts';
import type { KnownGaps } from './knownGaps.ts';
import type { ListView } from './listView.ts';
import type { WindowNumbers } from './numbersView.ts';
import { pastOfOpened, pastOfSummary } from './pastOfRecord.ts';

/** What the past in memory is made of. */
export interface WindowPastWorld {
  readonly store: ExecutionStore;
  readonly flows: FlowRegistry;
  readonly list: Pick<ListView, 'nameOf'>;
  readonly room: ExecutionRecords;
  readonly redaction: Redaction;
  readonly causes: KnownCauses;
  readonly gaps: KnownGaps;
  readonly clock: Clock;
  /** Lets what has arrived meanwhile have its turn. */
  readonly turn: () => Promise<void>;
  /** From when on the source was read, where that is known. */
  readonly readSinceMs: () => Milliseconds | null;
  /** Whether the history has an execution as it is here. */
  readonly isKept: (stored: StoredExecution) => boolean;
  /** More of it is known: whoever asked may ask again. */
  readonly onProgress: () => void;
  /** More is known of what executions failed. */
  readonly onCauses: () => void;
}

/** No longer does anybody else wait for a turn. */
const sliceMs = 15;
/** So long records are looked into for an answer; of those that are left it has the summaries, and the next one more. */
const stepMs = 600;
/**
 * Some 200 bytes each: 20 MB of a heap of 512; and a fifth of a second to go through all, in which nobody else is
 * answered. What is older keeps its summary alone.
 */
const mostNodes = 100_000;
/** While a topic is read from its beginning the history is behind by so many, and what is over is counted a little later. */
const mostOthers = 25_000;
/** Names of flows and nodes, of which there are few; more than that are ids of something. */
const mostShared = 20_000;
/** A record that is larger has pauses while its secrets are gathered. */
const largeBytes = 64 * 1024;

interface Made {
  /** What it was made of. */
  readonly summary: ExecutionSummary;
  readonly document: FlowDocument | null;
  past: PastExecution;
}

/** What ran, as far as it is in memory: each execution is looked into once, when somebody asks for numbers. */
export class WindowPast implements WindowNumbers {
  private readonly world: WindowPastWorld;
  /** As long as the store keeps an execution. */
  private readonly made = new WeakMap<StoredExecution, Made>();
  private readonly shared = new Map<string, string>();
  private progress = 0;
  private left = 0;
  private isLooking = false;
  private isOver = false;

  constructor(world: WindowPastWorld) {
    this.world = world;
  }

  get revision(): number {
    const { store, flows } = this.world;
    return store.revision + flows.revision + this.progress;
  }

  get sinceMs(): Milliseconds | null {
    const first = this.world.store.listed[0];
    if (first === undefined) return null;
    return Math.min(this.world.readSinceMs() ?? first.sortMs, first.sortMs);
  }

  /** How many of those that were given last are still to be looked into. */
  get pending(): number {
    return this.left;
  }

  async between(
    fromMs: Milliseconds,
    toMs: Milliseconds,
    most: number,
  ): Promise<readonly PastExecution[]> {
    const { clock, turn } = this.world;
    const entries = between(this.world.store.listed, fromMs, toMs).slice(-most);
    const found = new Array<PastExecution>(entries.length);
    const untilMs = clock.now() + stepMs;
    let sliceEndMs = clock.now() + sliceMs;
    let [nodes, left] = [0, 0];
    // The newest first: what there is no room for is older.
    for (let place = entries.length - 1; place >= 0; place--) {
      const entry = entries[place];
      if (entry === undefined) continue;
      const hasRoom = nodes < mostNodes;
      if (!hasRoom) this.made.delete(entry);
      let past = this.known(entry);
      const record = hasRoom && past === undefined ? this.world.room.held(entry) : undefined;
      if (record !== undefined && clock.now() >= untilMs) left++;
      else if (record !== undefined) past = await this.look(entry, record);
      past ??= timed(pastOfSummary(entry, this.world.list), entry);
      found[place] = past;
      nodes += past.nodes.length;
      if (clock.now() < sliceEndMs) continue;
      await turn();
      sliceEndMs = clock.now() + sliceMs;
    }
    this.left = left;
    if (left > 0) {
      this.progress++;
      this.world.onProgress();
    }
    return found;
  }

  async others({ fromMs, toMs }: Span, floorMs: Milliseconds): Promise<readonly PastExecution[]> {
    const { isKept, room, clock, turn } = this.world;
    const found: PastExecution[] = [];
    let sliceEndMs = clock.now() + sliceMs;
    let left = 0;
    for (const entry of between(this.world.store.listed, fromMs, toMs).slice(-mostOthers)) {
      if (isKept(entry) && entry.sortMs >= floorMs) continue;
      let past = this.known(entry);
      // What ended is on its way to the history, which looks into it.
      const record = past === undefined && !entry.final ? room.held(entry) : undefined;
      if (record !== undefined) past = await this.look(entry, record);
      if (past === undefined && entry.final && !isToolCall(entry.summary.kind)) left++;
      found.push(past ?? timed(pastOfSummary(entry, this.world.list), entry));
      if (clock.now() < sliceEndMs) continue;
      await turn();
      sliceEndMs = clock.now() + sliceMs;
    }
    this.left = left;
    return found;
  }

  running(apart: readonly Span[]): readonly PastExecution[] {
    const { store, list } = this.world;
    const isIn = ({ sortMs }: StoredExecution) =>
      apart.some(({ fromMs, toMs }) => sortMs >= fromMs && sortMs < toMs);
    return store.listed
      .filter((entry) => entry.summary.outcome === 'running' && !isIn(entry))
      .map((entry) => this.known(entry) ?? timed(pastOfSummary(entry, list), entry));
  }

  /** What is known of an execution by now. */
  of(entry: StoredExecution): PastExecution | undefined {
    return this.known(entry);
  }

  /** The same, once its record was looked into; undefined where that is not in memory. */
  async lookInto(entry: StoredExecution): Promise<PastExecution | undefined> {
    const known = this.known(entry);
    const record = known === undefined ? this.world.room.held(entry) : undefined;
    return record === undefined ? known : this.look(entry, record);
  }

  /**
   * Where and of what an execution failed is learned anew: its flow file, or the good run that tells it, is another. False
   * where its record is not in memory.
   */
  async readAgain(entry: StoredExecution): Promise<boolean> {
    const record = this.world.room.held(entry);
    if (record !== undefined) await this.read(entry, record);
    return record !== undefined;
  }

  /** Looks into all that failed, the newest first, of which nobody knows the cause. */
  async findCauses(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    const { store, room, causes, clock, turn, onCauses } = this.world;
    const failed = store.listed.filter(({ summary }) => summary.outcome === 'failed').reverse();
    let sliceEndMs = clock.now() + sliceMs;
    for (const entry of failed) {
      if (this.isOver) break;
      const record = causes.has(entry.summary) ? undefined : room.held(entry);
      if (record !== undefined) await this.read(entry, record);
      if (clock.now() < sliceEndMs) continue;
      onCauses();
      await turn();
      sliceEndMs = clock.now() + sliceMs;
    }
    this.isLooking = false;
    onCauses();
  }

  dispose(): void {
    this.isOver = true;
  }

  /** What was made of an execution, as long as it is the same. */
  private known(entry: StoredExecution): PastExecution | undefined {
    const made = this.made.get(entry);
    if (made?.summary !== entry.summary) return undefined;
    const { flows, list } = this.world;
    // A flow file says where one failed that doesn't tell; a flow that is typed into is no reason to look at all again.
    const isFailed = entry.summary.outcome === 'failed';
    if (isFailed && flows.documentFor(entry.summary) !== made.document) return undefined;
    const name = list.nameOf(entry.summary);
    if (made.past.name !== name) made.past = { ...made.past, name };
    return made.past;
  }

  private async look(entry: StoredExecution, record: FullRecord): Promise<PastExecution> {
    const { summary } = entry;
    const document = this.world.flows.documentFor(summary);
    const past = timed(await this.read(entry, record), entry);
    this.made.set(entry, { summary, document, past });
    return past;
  }

  private async read(entry: StoredExecution, record: FullRecord): Promise<PastExecution> {
    const { redaction, causes, turn } = this.world;
    // With rules of masking that change meanwhile it has another, of which this is not learned.
    const { summary } = entry;
    let past: PastExecution;
    try {
      const reader = openRecord(record, redaction.rules);
      if (entry.recordBytes > largeBytes) for (const _ of reader.prepare()) await turn();
      past = this.withShared(pastOfOpened(entry, reader, this.world));
    } catch {
      // It was decoded when it arrived; what its summary says still holds.
      past = pastOfSummary(entry, this.world.list);
    }
    if (past.failure !== null) causes.learn(summary, past.failure);
    return past;
  }

  /** All runs of a node have one text for its name: each record brought its own. */
  private withShared(past: PastExecution): PastExecution {
    const share = (text: string) => this.share(text);
    return {
      ...past,
      ...{ flow: share(past.flow), name: share(past.name), revision: share(past.revision) },
      nodes: past.nodes.map((node) => ({
        ...node,
        ...{ nodeId: share(node.nodeId), name: share(node.name), type: share(node.type) },
      })),
    };
  }

  private share(text: string): string {
    const known = this.shared.get(text);
    if (known !== undefined) return known;
    if (this.shared.size >= mostShared) this.shared.clear();
    this.shared.set(text, text);
    return text;
  }
}

/** One whose begin nobody knows stands where the list has it. */
function timed(past: PastExecution, { sortMs }: StoredExecution): PastExecution {
  return past.beginMs === null ? { ...past, beginMs: sortMs } : past;
}

/** The list is sorted by begin. */
function between(
  listed: readonly StoredExecution[],
  fromMs: Milliseconds,
  toMs: Milliseconds,
): readonly StoredExecution[] {
  return listed.slice(firstFrom(listed, fromMs), firstFrom(listed, toMs));
}

function firstFrom(listed: readonly StoredExecution[], atMs: Milliseconds): number {
  let [low, high] = [0, listed.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((listed[middle]?.sortMs ?? Infinity) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
