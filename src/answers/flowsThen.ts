import type { Clock } from '../base/clock.ts';
import { compareFlows, type FlowDifference } from '../flow/compareFlows.ts';
import type { FlowDocument } from '../flow/flowDocument.ts';
import type { FlowParser } from '../flow/flowParser.ts';
import { nodesOfId } from '../flow/nodesOfId.ts';
import type { FlowCommit, FlowThenTold, FlowThenWanted } from '../protocol/flowSince.ts';
import type { ExecutionSummary, Milliseconds } from '../trace/execution.ts';
import type { FlowFile } from './keptFlows.ts';
import type { FlowRegistry } from './flowRegistry.ts';

/** What stands for less is being written: nobody runs it. */
const leastStoodMs = 10_000;
/** Of one file; who edits longer has the earlier ones in git. */
const mostOfFile = 8;
/** Of all files; each has some hundred bytes for each of its nodes. */
const mostOfAll = 64;
/** As many files as are kept. */
const mostFiles = 3_000;

/** How a flow was in a time. */
interface Stretch {
  readonly fromMs: Milliseconds;
  readonly untilMs: Milliseconds;
  /** Null: as it is now, or unknown. */
  readonly then: FlowThen | null;
}

/** A flow as it was. */
export interface FlowThen {
  readonly document: FlowDocument;
  /** Null: it was seen. */
  readonly commit: FlowCommit | null;
}

/** A flow as it was when something ran, and what is another since. */
export interface ChangedFlow extends FlowThen {
  readonly difference: FlowDifference;
}

/** What this needs of its world. */
export interface FlowsThenWorld {
  readonly clock: Clock;
  readonly flows: Pick<FlowRegistry, 'fileOf' | 'masked'>;
  readonly parser: Pick<FlowParser, 'parse'>;
  /** Asks whoever can look into the past of a file. */
  readonly want: (wanted: FlowThenWanted) => void;
  /** What was told may be answered otherwise now. */
  readonly onChange: () => void;
}

/** How flow files were when something ran, as far as it was seen, or somebody tells of it. */
export class FlowsThen {
  private readonly world: FlowsThenWorld;
  /** By uri, what is known first of a file first. */
  private readonly stretches = new Map<string, Stretch[]>();
  /** Since when files stand as they are, by uri. */
  private readonly since = new Map<string, Milliseconds>();
  /** Files that somebody is asked of. */
  private readonly asked = new Set<string>();
  private readonly compared = new WeakMap<FlowDocument, WeakMap<FlowDocument, FlowDifference>>();
  private changes = 0;

  constructor(world: FlowsThenWorld) {
    this.world = world;
  }

  /** Grows when something is known that was not. */
  get revision(): number {
    return this.changes;
  }

  /** Takes notice of another text of a file. */
  took(uri: string, before: FlowDocument | undefined, now: FlowDocument): void {
    const nowMs = this.world.clock.now();
    const sinceMs = this.since.get(uri);
    if (before === undefined || sinceMs === undefined) {
      this.stands(uri, nowMs);
      return;
    }
    if (isEmpty(this.difference(before, now))) return;
    this.stands(uri, nowMs);
    if (nowMs - sinceMs < leastStoodMs) return;
    this.keep(uri, {
      ...{ fromMs: sinceMs, untilMs: nowMs },
      then: { document: before, commit: null },
    });
  }

  /** Takes what somebody knows of the past of a file. */
  async tell(told: FlowThenTold): Promise<void> {
    const { uri, fromMs, untilMs, was } = told;
    const file = this.world.flows.fileOf(uri);
    const then = typeof was === 'object' && file ? await this.read(file, was, told.keys) : null;
    this.asked.delete(uri);
    const sinceMs = this.since.get(uri) ?? fromMs;
    if (was !== 'same') this.keep(uri, { fromMs, untilMs, then });
    // It stood before it was seen, and is known from then on when it changes; not what came while that was looked up.
    else if (sinceMs <= untilMs) this.stands(uri, Math.min(fromMs, sinceMs));
    this.world.onChange();
  }

  /** Other rules hide other ids: what was read with the old ones is forgotten. */
  clear(): void {
    this.stretches.clear();
    this.asked.clear();
    this.changes++;
  }

  /**
   * The flow as it was when the execution ran, if that is known and it was another. What holds fewer of its nodes than the
   * file of now was not what ran: it was edited and not committed.
   */
  of(uri: string, { beginMs, nodeIds }: ExecutionSummary): ChangedFlow | null {
    const file = this.world.flows.fileOf(uri);
    if (file === undefined || beginMs === null) return null;
    const then = this.at(uri, beginMs);
    if (then === null) return null;
    const holds = (document: FlowDocument) =>
      nodeIds.filter((id) => nodesOfId(document, id).length > 0).length;
    if (holds(then.document) < holds(file.document)) return null;
    const difference = this.difference(then.document, file.document);
    return isEmpty(difference) ? null : { ...then, difference };
  }

  private at(uri: string, atMs: Milliseconds): FlowThen | null {
    if (atMs >= (this.since.get(uri) ?? 0)) return null;
    const known = this.stretches.get(uri) ?? [];
    // What was seen knows better than what was committed.
    const found = known
      .filter(({ fromMs, untilMs }) => atMs >= fromMs && atMs < untilMs)
      .sort((a, b) => Number(b.then?.commit === null) - Number(a.then?.commit === null));
    if (found[0] !== undefined) return found[0].then;
    if (!this.asked.has(uri)) {
      this.asked.add(uri);
      this.world.want({ uri, atMs });
    }
    return null;
  }

  private async read(
    { fileName }: Pick<FlowFile, 'fileName'>,
    { commit, text }: Exclude<FlowThenTold['was'], string>,
    keys: FlowThenTold['keys'],
  ): Promise<FlowThen | null> {
    const parsed = await this.world.parser.parse(text, fileName, keys);
    if (!parsed.ok) return null;
    return { document: this.world.flows.masked(structuredClone(parsed.value)), commit };
  }

  private difference(before: FlowDocument, now: FlowDocument): FlowDifference {
    const known = this.compared.get(before) ?? new WeakMap<FlowDocument, FlowDifference>();
    this.compared.set(before, known);
    const difference = known.get(now) ?? compareFlows(before, now);
    known.set(now, difference);
    return difference;
  }

  private stands(uri: string, sinceMs: Milliseconds): void {
    this.since.delete(uri);
    this.since.set(uri, sinceMs);
    const [oldest] = this.since.keys();
    if (this.since.size > mostFiles && oldest !== undefined) this.since.delete(oldest);
  }

  private keep(uri: string, stretch: Stretch): void {
    this.changes++;
    const known = [...(this.stretches.get(uri) ?? []), stretch].slice(-mostOfFile);
    this.stretches.delete(uri);
    this.stretches.set(uri, known);
    let count = [...this.stretches.values()].reduce((sum, { length }) => sum + length, 0);
    for (const [oldest, { length }] of this.stretches) {
      if (count <= mostOfAll) break;
      this.stretches.delete(oldest);
      count -= length;
    }
  }
}

function isEmpty({ added, gone, renamed, moved }: FlowDifference): boolean {
  return added.length + gone.length + renamed.length + moved.length === 0;
}
