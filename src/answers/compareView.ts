import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { inTurns } from '../base/steps.ts';
import { Timer } from '../base/timer.ts';
import type { ComparedRun } from '../compare/comparedRun.ts';
import { keepingData } from '../compare/keepingData.ts';
import { AttemptsIn } from '../compare/attempts.ts';
import { type SideData, sideSections } from '../compare/sideTexts.ts';
import type {
  CompareAnswer,
  CompareQuery,
  SideBySide,
  SideBySideQuery,
  SinceAnswer,
  SinceQuery,
} from '../protocol/compare.ts';
import type { SignsAnswer, SignsQuery } from '../protocol/signs.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionKey, ExecutionSummary } from '../trace/execution.ts';
import type { TreeNode } from '../trace/tree.ts';
import { comparedRun } from './comparedRun.ts';
import { comparedSince, type SinceWorld } from './comparedSince.ts';
import {
  comparedWindow,
  type KeptComparison,
  keptComparison,
  sentChanges,
} from './comparedWindow.ts';
import type { RecalledRuns } from './recalledRuns.ts';
import { goodRuns, isSmall, lastGoodBefore, lastGoodBehind, othersOfFlow } from './goodRuns.ts';
import type { FlowRegistry } from './flowRegistry.ts';
import type { ListView } from './listView.ts';
import { MadeComparisons, type Turns } from './madeComparisons.ts';
import { mostRecordBytes } from './keptOpened.ts';
import { gone } from './openedExecution.ts';
import type { SavedKnowledge } from './savedKnowledge.ts';
import type { TreeView } from './treeView.ts';

/** What comparing needs. */
export interface CompareViewWorld extends Turns {
  readonly store: ExecutionStore;
  readonly list: Pick<ListView, 'nameOf'>;
  readonly tree: Pick<TreeView, 'opened' | 'recordOf' | 'stamp'>;
  readonly flows: Pick<FlowRegistry, 'documentFor'>;
  readonly clock: Clock;
  readonly since: Omit<SinceWorld, 'turn'>;
  readonly earlier: Pick<RecalledRuns, 'goodBefore'>;
  readonly elsewhere: Pick<SavedKnowledge, 'since'>;
  /** Executions of other sources that were read to compare with; undefined when they are gone. */
  readonly otherRoom: (id: number) => CompareRoom | undefined;
}

/** Where executions are that are compared. */
export interface CompareRoom {
  readonly store: ExecutionStore;
  readonly tree: Pick<TreeView, 'opened' | 'recordOf' | 'stamp'>;
  /** Of another source: what it is called. */
  readonly name?: string;
}

/** Which one is compared with. */
type Other = Pick<CompareQuery, 'source'> & { readonly other: ExecutionKey };

/** Enough to learn from; each is decoded, which takes as long as opening it. */
const mostGood = 7;
/** Fewer don't tell what is another in every run. */
const fewGood = 3;
/** To say that something was always there; as many are read, and each is a small one. */
const mostAsked = 8;
/** Whoever goes through executions of a flow asks the same ones again: each half a megabyte at most, some times that decoded. */
const mostKnown = mostAsked + 1;
/** Good runs of the history that are asked for in turn; a topic that let go of three let go of those before them too. */
const mostTries = 3;
/** As many as are looked at by a few panels; each is two keys. */
const mostFromHistory = 100;
/** Whoever goes through a list looks at each for less. */
const lookedAtMs = 100;

interface KnownRun {
  /** What it was made of. */
  readonly stamp: string;
  readonly run: ComparedRun;
}

/** Of an execution that is to be compared nothing is known but how it ended. */
class RecordGone extends Error {
  readonly key: ExecutionKey;

  constructor(key: ExecutionKey) {
    super('The record is no longer on the topic');
    this.key = key;
  }
}

/** What two executions differ in. The code behind it is read when somebody compares. */
export class CompareView implements Disposable {
  private readonly world: CompareViewWorld;
  private readonly made: MadeComparisons;
  /** The failed one that was looked at last: it is compared before anybody asks for that. */
  private lookedAtLast: ExecutionKey | undefined;
  private readonly looking: Timer;
  /** Good runs that were asked last, decoded. */
  private readonly known = new Map<ExecutionKey, KnownRun>();
  /** The last one before an execution that went well, as the history found it; the one that was asked for last at the end. */
  private readonly fromHistory = new Map<ExecutionKey, ExecutionKey>();

  constructor(world: CompareViewWorld) {
    this.world = world;
    this.made = new MadeComparisons(world);
    this.looking = new Timer(world.clock);
  }

  /** Another source: nothing that was compared is of it, even where keys and offsets are the same. */
  clear(): void {
    this.made.clear();
    this.looking.clear();
    this.lookedAtLast = undefined;
    this.known.clear();
    this.fromHistory.clear();
  }

  dispose(): void {
    this.clear();
    this.looking.dispose();
  }

  /** Somebody looks at an execution: of one that failed the comparison is made before anybody asks for it. */
  lookedAt(key: ExecutionKey): void {
    if (this.lookedAtLast === key) return;
    this.looking.clear();
    this.lookedAtLast = undefined;
    this.made.dropAhead();
    if (this.world.store.get(key)?.summary.outcome !== 'failed') return;
    this.lookedAtLast = key;
    this.looking.set(lookedAtMs, () => {
      // Whoever asks is told why it can't be.
      this.makeAhead(key).catch(() => undefined);
    });
  }

  /** What an answer is made of. */
  stamp({ key, other, source }: Pick<CompareQuery, 'key' | 'other' | 'source'>): string {
    const found = other ?? this.knownGood(key);
    const { tree } = this.world;
    const stamp = found === null ? '' : (this.roomOf(source)?.tree.stamp(found) ?? '');
    return JSON.stringify([tree.stamp(key), source ?? '', found, stamp]);
  }

  /** Throws a `notFound` request error when one of them is gone. */
  async answer(query: CompareQuery): Promise<CompareAnswer> {
    for (let tries = 1; ; tries++) {
      const other = query.other ?? (await this.lastGood(query.key));
      if (other === null) {
        if (this.world.store.get(query.key) === undefined) throw leftWindow();
        return { kind: 'noGoodRun', query };
      }
      const room = this.roomOf(query.source);
      if (room === undefined) return { kind: 'sourceGone', query };
      try {
        const kept = await this.compared(query.key, { ...query, other });
        const nameOf = (summary: ExecutionSummary) => this.world.list.nameOf(summary);
        const hasFlow = this.world.flows.documentFor(kept.after.summary) !== null;
        return comparedWindow(query, kept, { nameOf, from: room.name, hasFlow });
      } catch (error) {
        if (!(error instanceof RecordGone)) throw error;
        // It is known now that the topic let go of it: the one before it may be on another partition.
        const isWanted = query.other !== null || error.key !== other || tries === mostTries;
        if (isWanted) return { kind: 'recordGone', query, key: error.key };
      }
    }
  }

  /** In how many runs of the flow the first difference is, and since when. */
  async since(query: SinceQuery): Promise<SinceAnswer> {
    const other = query.other ?? (await this.lastGood(query.key));
    const stored = this.world.store.get(query.key);
    if (other === null || stored === undefined) return { query, since: null, unread: 0 };
    const { store, elsewhere } = this.world;
    const told = elsewhere.since(query, stored.summary, store.get(other)?.summary);
    if (told !== undefined) return told;
    const { comparison, after } = await this.compared(query.key, { ...query, other });
    const { since, turn } = this.world;
    const ofFlow = [...othersOfFlow(store, stored, () => true)];
    const { first, rows } = comparison;
    const found = { first, rows, stored, summary: after.summary, ofFlow };
    return comparedSince({ ...since, turn }, query, found);
  }

  /** The good runs beside `other` that tell what is another in every run, where one is compared with it. */
  async goodBeside(key: ExecutionKey, other: ExecutionKey): Promise<readonly ExecutionKey[]> {
    const found = await this.storedGood(key, mostGood + 1, other);
    return found.flatMap(({ summary }) => (summary.key === other ? [] : [summary.key]));
  }

  /** A row of both side by side. */
  async sideBySide(query: SideBySideQuery): Promise<SideBySide> {
    const { comparison } = await this.compared(query.key, query);
    const row = comparison.rows[query.place];
    if (row === undefined) throw gone('This node is not in the comparison any more');
    const [before, after] = [
      await this.run(query.other, this.roomOf(query.source)),
      await this.run(query.key),
    ];
    const { editorTexts, sideBySide, sideParts } = await import('../compare/sidesBundle.ts');
    const sideOf = (run: ComparedRun, node: TreeNode | null): SideData => ({
      data: node?.run == null ? undefined : run.dataOf(node.run.key),
      tried: node === null ? null : new AttemptsIn(run).of(node),
    });
    const [old, now] = [sideOf(before, row.before), sideOf(after, row.after)];
    const sections = sideSections.map((section) => {
      const parts = sideParts(old, now, section);
      return {
        ...{ section, texts: editorTexts(parts) },
        ...sentChanges(section === 'logs' ? undefined : row.differences?.[section]),
        ...sideBySide(parts, query.language),
      };
    });
    return { query, attempts: { before: sentTried(old), after: sentTried(now) }, sections };
  }

  /** What stands out in what its steps were given and gave. Of one that went well nobody asked for it: then only if it is small. */
  async signs(query: SignsQuery): Promise<SignsAnswer> {
    const { tree, store } = this.world;
    const opened = await tree.opened(query.key);
    const { stored, flow, itemFailures, summary } = opened;
    const isAsked = summary.outcome === 'failed' || isSmall(stored);
    if (!isAsked || store.recalled.isLost(stored)) return { query, signs: [], goodRuns: 0 };
    // Whoever compares meanwhile, or looks at another one, would wait twice as long.
    const turn = this.world.turnBehind;
    const run = await this.run(query.key, this.world, turn);
    const { dataSigns } = await import('./dataSigns.ts');
    const good = () => this.goodRuns(query.key, mostAsked, turn);
    return { query, ...(await dataSigns({ run, flow, itemFailures, good, turn })) };
  }

  /** The last execution of the same flow before it that went well, wherever it is known; else the last behind it. */
  private async lastGood(key: ExecutionKey): Promise<ExecutionKey | null> {
    const { store, earlier } = this.world;
    const stored = store.get(key);
    const known = this.knownGood(key);
    const isBefore =
      known !== null && (store.get(known)?.sortMs ?? Infinity) <= (stored?.sortMs ?? 0);
    if (stored === undefined || isBefore) return known;
    const before = await earlier.goodBefore(stored, mostTries);
    const isThere = (one: StoredExecution) => !store.recalled.isLost(one);
    // Of one whose record is gone that is said; a later one is better than that.
    const found = before.find(isThere) ?? (known === null ? before[0] : undefined);
    if (found === undefined) return known;
    this.fromHistory.delete(key);
    this.fromHistory.set(key, found.summary.key);
    const [oldest] = this.fromHistory.keys();
    if (this.fromHistory.size > mostFromHistory && oldest !== undefined) {
      this.fromHistory.delete(oldest);
    }
    return found.summary.key;
  }

  /** As far as that is known without asking the history. */
  private knownGood(key: ExecutionKey): ExecutionKey | null {
    const { store } = this.world;
    const before = lastGoodBefore(store, key)?.summary.key ?? this.fromHistory.get(key);
    const stored = before === undefined ? undefined : store.get(before);
    if (stored !== undefined && !store.recalled.isLost(stored)) return stored.summary.key;
    return lastGoodBehind(store, key)?.summary.key ?? null;
  }

  private async *goodRuns(
    key: ExecutionKey,
    most: number,
    turn: () => Promise<void>,
    except?: ExecutionKey,
  ): AsyncGenerator<ComparedRun, void> {
    for (const stored of await this.storedGood(key, most, except)) {
      if (stored.summary.key === except) continue;
      // One that left meanwhile teaches nothing.
      const run = await this.knownRun(stored.summary.key, turn).catch(() => undefined);
      if (run !== undefined) yield run;
    }
  }

  private async knownRun(key: ExecutionKey, turn: () => Promise<void>): Promise<ComparedRun> {
    const stamp = this.world.tree.stamp(key);
    const known = this.known.get(key);
    const run =
      known?.stamp === stamp ? known.run : keepingData(await this.run(key, this.world, turn));
    this.known.delete(key);
    this.known.set(key, { stamp, run });
    for (const oldest of this.known.keys()) {
      if (this.known.size <= mostKnown) break;
      this.known.delete(oldest);
    }
    return run;
  }

  /** Those of the window; where it has too few, or one of the history is compared with, those before it too. */
  private async storedGood(key: ExecutionKey, most: number, except: ExecutionKey | undefined) {
    const { store, earlier } = this.world;
    const found = goodRuns(store, key, most);
    const compared = except === undefined ? undefined : store.recalled.get(except);
    const stored = compared ?? (found.length < fewGood ? store.get(key) : undefined);
    if (stored === undefined || found.length >= most) return found;
    const before = await earlier.goodBefore(stored, most - found.length);
    return [...found, ...before.filter((one) => isSmall(one) && !store.recalled.isLost(one))];
  }

  private compared(key: ExecutionKey, which: Other): Promise<KeptComparison> {
    return this.made.get(this.stampOf(key, which), (turn) => this.make(key, which, turn));
  }

  private stampOf(key: ExecutionKey, { other, source }: Other): string {
    const which = { other, ...(source === undefined ? {} : { source }) };
    return JSON.stringify([key, this.stamp({ key, ...which })]);
  }

  /** Only where both stay in memory beside each other. */
  private async makeAhead(key: ExecutionKey): Promise<void> {
    const { store, tree } = this.world;
    const other = this.knownGood(key);
    if (other === null) return;
    const both = [key, other].map((one) => store.get(one)?.recordBytes ?? Infinity);
    if (both.reduce((sum, bytes) => sum + bytes) > mostRecordBytes) return;
    for (const one of [key, other]) {
      await this.world.turnBehind();
      if (this.lookedAtLast !== key) return;
      // Only then it is known what they called, which is part of the stamp.
      await tree.opened(one);
    }
    if (this.lookedAtLast !== key) return;
    const stamp = this.stampOf(key, { other });
    this.made.makeAhead(stamp, (turn) => this.make(key, { other }, turn));
  }

  private async make(
    key: ExecutionKey,
    { other, source }: Other,
    turn: () => Promise<void>,
  ): Promise<KeptComparison> {
    const after = await this.run(key, this.world, turn);
    const before = await this.run(other, this.roomOf(source), turn);
    const good: ComparedRun[] = [before].filter(({ summary }) => summary.outcome === 'succeeded');
    for await (const run of this.goodRuns(key, mostGood + 1, turn, other)) {
      if (good.length > mostGood) break;
      good.push(run);
    }
    const { compareSteps } = await import('../compare/compareBundle.ts');
    const comparison = await inTurns(compareSteps(before, after, good), turn);
    return keptComparison(before, after, comparison);
  }

  private roomOf(source: number | undefined): CompareRoom | undefined {
    return source === undefined ? this.world : this.world.otherRoom(source);
  }

  /** Throws where nothing but a summary is left of it: what it got and gave would be said to be missing. */
  private async run(
    key: ExecutionKey,
    room: CompareRoom | undefined = this.world,
    turn = this.world.turn,
  ): Promise<ComparedRun> {
    const { tree, store } = room;
    const opened = await tree.opened(key);
    if (store.recalled.isLost(opened.stored)) throw new RecordGone(key);
    const record = await tree.recordOf(key, null);
    // For a large record it is a second's work.
    for (const _ of record.prepare()) await turn();
    return comparedRun(opened, record);
  }
}

function sentTried({ tried }: SideData): SideBySide['attempts']['before'] {
  return tried && { attempts: tried.attempts, rounds: tried.rounds };
}

function leftWindow() {
  return gone('This execution left the window on the topic');
}
