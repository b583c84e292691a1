import { flowOf } from '../analysis/asPast.ts';
import type { PastExecution } from '../analysis/pastExecution.ts';
import type { Clock } from '../base/clock.ts';
import type { EarlierProgress, Scope } from '../protocol/list.ts';
import { headMatches, isOfPast } from '../query/pastMatch.ts';
import type { Query, Term } from '../query/terms.ts';
import type { RecordHead } from '../record/consumedRecord.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { RecalledExecution } from '../store/recalled.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionKey, Milliseconds } from '../trace/execution.ts';
import type { OpenedRecord } from '../decode/decodeExecution.ts';
import type { ProblemOf } from './knownCauses.ts';
import { pastSummary, summaryRecord } from './pastSummary.ts';

/** An execution that the history has, and where its record was. */
export interface EarlierRecord {
  readonly past: PastExecution;
  readonly record: RecordHead;
  /** The topic has let go of its record, as far as is known. */
  readonly isGone: boolean;
}

/** Where a search stands in the history. */
export interface EarlierPlace {
  readonly beginMs: Milliseconds;
  readonly id: number;
}

/** What is looked for. */
export interface EarlierSearch {
  readonly terms: readonly Term[];
  readonly flows: readonly string[] | null;
  readonly from: EarlierPlace;
  readonly downToMs: Milliseconds;
  readonly most: number;
}

/** The history, as far as the list shows it. */
export interface EarlierPast {
  /** Since when it knows of executions, and since when of each; null where it can't be asked. */
  readonly known: { readonly sinceMs: Milliseconds | null; readonly floorMs: Milliseconds } | null;
  /** A step backwards in time; null where it can't answer. */
  find(search: EarlierSearch): Promise<{
    readonly records: readonly EarlierRecord[];
    readonly next: EarlierPlace | null;
  } | null>;
  /** The records of services that stand under a workflow. */
  under(of: {
    readonly sid: string;
    readonly beginMs: Milliseconds;
    readonly durationMs: Milliseconds;
  }): Promise<readonly EarlierRecord[]>;
}

/** What it needs of the world. */
export interface EarlierWorld {
  readonly store: ExecutionStore;
  readonly past: EarlierPast;
  readonly clock: Clock;
  /** The flows of a scope; null for all. */
  readonly flowsOf: (scope: Scope) => readonly string[] | null;
  /** Of which problem an execution is, as far as somebody found out. */
  readonly problemOf: ProblemOf;
  /** Grows with what is found out. */
  readonly problemsRevision: () => number;
  /** From when on the window has all there is; null where nobody knows. */
  readonly windowSinceMs: () => Milliseconds | null;
  /** More was found, or all was looked at. */
  readonly onProgress: () => void;
}

/** What is wanted for a list. */
export interface EarlierWish {
  readonly scope: Scope;
  readonly query: Query;
  /** How many pages of them. */
  readonly pages: number;
}

/** What was typed just before, beside what is watched; others are looked for anew. */
const mostLists = 4;
/** A page: more than that nobody reads before asking for more. */
const pageSize = 500;
/** Of one list. Whoever looks further back narrows the filter. */
const mostOfList = 5_000;
/** A robot's clock may be ahead of the broker's, by whose clock it is known how far back the window reaches. */
const slackMs = 3_600_000;
/** Of a flow that ran seldom among others: some 50,000 executions are looked at, in well under a second. */
const mostSteps = 10;
/** What left the window since is looked for as often as this. */
const followMs = 2_000;

interface Looked {
  readonly wish: EarlierWish;
  /** What was known of problems. */
  readonly revision: number;
  readonly entries: Map<ExecutionKey, StoredExecution>;
  pages: number;
  wanted: number;
  /** Found of the page that is being filled. */
  ofPage: number;
  from: EarlierPlace | null;
  /** From here on the window had all when it was looked last. */
  topMs: Milliseconds;
  followedMs: Milliseconds;
  /** It could not answer: it isn't asked again before. */
  restsUntilMs: Milliseconds;
  isLooking: boolean;
  /** In order, as of these revisions. */
  inOrder: { readonly of: string; readonly entries: readonly StoredExecution[] } | undefined;
  changes: number;
}

/**
 * What a list shows from before the window: executions of the history, found by the same filter, page by page. Each
 * list has its own, so that what was found for one leaves no gaps in another. The history looks on a thread of its own.
 */
export class EarlierExecutions {
  private readonly world: EarlierWorld;
  private readonly lists = new Map<string, Looked>();
  /** Lists that somebody looks at. */
  private watched: ReadonlySet<string> = new Set();
  private readonly prepared = new WeakSet<StoredExecution>();
  private changes = 0;

  constructor(world: EarlierWorld) {
    this.world = world;
  }

  /** Grows with each change of what is found. */
  get revision(): number {
    return this.changes + this.world.store.recalled.revision;
  }

  /** What was found for a list, oldest first, and how it goes on; null where the history has nothing to say. */
  want(
    key: string,
    wish: EarlierWish,
  ): { readonly state: EarlierProgress; readonly entries: readonly StoredExecution[] } | null {
    const { past, store } = this.world;
    const { known } = past;
    const { terms } = wish.query;
    if (known === null || !isOfPast(terms)) return null;
    const earliestMs = earliestOf(known);
    const windowSinceMs = this.world.windowSinceMs() ?? this.world.clock.now();
    let looked = this.lists.get(key);
    const revision = asksProblems(terms) ? this.world.problemsRevision() : 0;
    if (looked !== undefined && (looked.revision !== revision || this.hasGaps(looked))) {
      this.lists.delete(key);
      looked = undefined;
    }
    if (looked === undefined && wish.pages === 0) {
      const firstMs = store.listed[0]?.sortMs ?? windowSinceMs;
      const hasMore = earliestMs !== null && earliestMs < firstMs;
      return { state: { isLooking: false, backToMs: null, found: 0, hasMore }, entries: [] };
    }
    looked ??= begun(wish, windowSinceMs + slackMs, this.world.clock.now(), revision);
    looked.wanted = Math.max(looked.wanted, wish.pages);
    this.keep(key, looked);
    const entries = this.inOrder(looked, terms);
    this.lookOn(key, looked);
    const hasMore = looked.from !== null && looked.entries.size < mostOfList;
    const { isLooking, from } = looked;
    const backToMs = from === null ? earliestMs : looked.pages > 0 ? from.beginMs : null;
    return { state: { isLooking, backToMs, found: entries.length, hasMore }, entries };
  }

  /** For these alone it goes on looking. */
  retain(keys: ReadonlySet<string>): void {
    this.watched = keys;
  }

  /** Another source, or other rules of masking. */
  clear(): void {
    this.lists.clear();
    this.changes++;
  }

  /** The history was deleted: what was found in it is shown no more. */
  forget(): void {
    this.world.store.recalled.clear();
    this.clear();
    this.world.onProgress();
  }

  /** Makes an execution of the history whole, with what stands under it, before it is opened. */
  async prepare(stored: StoredExecution): Promise<void> {
    const { store, past } = this.world;
    const { sid, kind, beginMs, durationMs } = stored.summary;
    if (store.recalled.get(stored.summary.key) !== stored || this.prepared.has(stored)) return;
    this.prepared.add(stored);
    if (kind !== 'workflow' || beginMs === null) return;
    const subs = await past.under({ sid, beginMs, durationMs: durationMs ?? 0 });
    if (subs.length > 0) store.recalled.putUnder(stored, subs.flatMap(recalledOf));
  }

  /** The last executions of a flow from before the window, newest first; none where the history can't tell. */
  ofFlow(stored: StoredExecution, most: number): Promise<readonly StoredExecution[]> {
    return this.lastOf(stored, most, [], this.windowMs());
  }

  /** Those before an execution of its flow that went well, newest first, whether their records are still there or not. */
  goodBefore(stored: StoredExecution, most: number): Promise<readonly StoredExecution[]> {
    const good: Term = {
      ...{ range: { from: 0, to: 0 }, excludes: false },
      condition: { kind: 'status', outcome: 'succeeded' },
    };
    return this.lastOf(stored, most, [good], Math.min(stored.sortMs, this.windowMs()));
  }

  /** Whether the history knows of executions from before the window. */
  get hasSome(): boolean {
    const { past, store } = this.world;
    const earliestMs = earliestOf(past.known);
    return earliestMs !== null && earliestMs < (store.listed[0]?.sortMs ?? this.windowMs());
  }

  /** The window has all from then on. */
  private windowMs(): Milliseconds {
    return (this.world.windowSinceMs() ?? this.world.clock.now()) + slackMs;
  }

  private async lastOf(
    { summary }: StoredExecution,
    most: number,
    terms: readonly Term[],
    beginMs: Milliseconds,
  ): Promise<readonly StoredExecution[]> {
    const { store, past } = this.world;
    const found: StoredExecution[] = [];
    const flows = [flowOf(summary)];
    let from: EarlierPlace | null = { beginMs, id: Number.MAX_SAFE_INTEGER };
    for (let step = 0; step < mostSteps && from !== null && found.length < most; step++) {
      const search = { flows, from, terms, downToMs: -Infinity, most: most - found.length };
      const page = await past.find(search);
      if (page === null) break;
      for (const each of page.records) {
        if (store.has(each.past.key) || each.past.key === summary.key) continue;
        for (const recalled of recalledOf(each)) {
          const entry = store.recalled.put(recalled);
          if (each.isGone) store.recalled.lose(entry);
          found.push(entry);
        }
      }
      from = page.next;
    }
    return found;
  }

  /** What is known of an execution whose record is gone; undefined where that is nothing. */
  async summaryOf(stored: StoredExecution): Promise<OpenedRecord | undefined> {
    const { store, past } = this.world;
    const { key, kind, sid } = stored.summary;
    if (store.recalled.get(key) !== stored) return undefined;
    const beginMs = stored.sortMs;
    const records = stored.isSubExecution
      ? await past.under({ sid, beginMs, durationMs: 0 })
      : await this.allAt(beginMs);
    const found = records.find((each) => each.past.key === key && each.past.kind === kind);
    if (found === undefined) return undefined;
    store.recalled.lose(stored);
    this.world.onProgress();
    return summaryRecord(found.past);
  }

  private async allAt(beginMs: Milliseconds): Promise<readonly EarlierRecord[]> {
    const from = { beginMs, id: Number.MAX_SAFE_INTEGER };
    const search = { terms: [], flows: null, from, downToMs: beginMs, most: mostOfList };
    return (await this.world.past.find(search))?.records ?? [];
  }

  private keep(key: string, looked: Looked): void {
    this.lists.delete(key);
    this.lists.set(key, looked);
    for (const oldest of this.lists.keys()) {
      if (this.lists.size <= mostLists) break;
      // Each push asks for all that are watched: one that left would be looked for again and again.
      if (!this.watched.has(oldest)) this.lists.delete(oldest);
    }
  }

  /** Some left, because others were found since: what is left would be a list with gaps. */
  private hasGaps({ entries }: Looked): boolean {
    const { store } = this.world;
    for (const key of entries.keys()) if (store.get(key) === undefined) return true;
    return false;
  }

  /** What the window has since is in the window's part of the list. */
  private inOrder(looked: Looked, terms: readonly Term[]): readonly StoredExecution[] {
    const { store } = this.world;
    const of = `${String(store.recalled.revision)} ${String(looked.changes)}`;
    if (looked.inOrder?.of !== of) {
      const entries = [...looked.entries.values()].filter(
        (entry) => store.get(entry.summary.key) === entry,
      );
      entries.sort((a, b) => a.sortMs - b.sortMs || a.arrival - b.arrival);
      looked.inOrder = { of, entries };
    }
    const { entries } = looked.inOrder;
    // What `today` is goes on.
    const isTimed = terms.some(({ condition }) => condition.kind === 'time');
    return isTimed ? entries.filter(({ summary }) => headMatches(summary, terms)) : entries;
  }

  private lookOn(key: string, looked: Looked): void {
    const { clock } = this.world;
    if (looked.isLooking) return;
    if (clock.now() < looked.restsUntilMs) return;
    const hasRoom = looked.entries.size < mostOfList;
    const isWanted = looked.pages < looked.wanted && looked.from !== null && hasRoom;
    const isDue = clock.now() - looked.followedMs >= followMs;
    const sinceMs = this.world.windowSinceMs() ?? 0;
    const isBehind = isDue && hasRoom && sinceMs > looked.topMs;
    if (!isWanted && !isBehind) return;
    looked.isLooking = true;
    void this.look(key, looked, isBehind ? sinceMs : null).finally(() => {
      looked.isLooking = false;
      this.progressed(looked);
    });
  }

  private async look(key: string, looked: Looked, newTopMs: Milliseconds | null): Promise<void> {
    const isStill = () => this.lists.get(key) === looked && this.watched.has(key);
    if (newTopMs !== null) {
      looked.followedMs = this.world.clock.now();
      await this.follow(looked, newTopMs, isStill);
    }
    while (
      looked.pages < looked.wanted &&
      looked.from !== null &&
      looked.entries.size < mostOfList
    ) {
      const most = pageSize - looked.ofPage;
      const step = await this.step(looked, looked.from, -Infinity, most);
      if (step === null || !isStill()) return;
      looked.from = step.next;
      looked.ofPage += step.added;
      if (looked.ofPage >= pageSize || step.next === null) {
        looked.pages++;
        looked.ofPage = 0;
      }
      this.progressed(looked);
    }
  }

  /** What left the window since it was looked last. */
  private async follow(looked: Looked, topMs: Milliseconds, isStill: () => boolean): Promise<void> {
    let from: EarlierPlace | null = { beginMs: topMs, id: Number.MAX_SAFE_INTEGER };
    while (from !== null && looked.entries.size < mostOfList) {
      const step = await this.step(looked, from, looked.topMs, pageSize);
      if (step === null || !isStill()) return;
      from = step.next;
    }
    looked.topMs = topMs;
  }

  private async step(
    looked: Looked,
    from: EarlierPlace,
    downToMs: Milliseconds,
    most: number,
  ): Promise<{ readonly next: EarlierPlace | null; readonly added: number } | null> {
    const { past, store, flowsOf } = this.world;
    const { query, scope } = looked.wish;
    const flows = flowsOf(scope);
    const terms = withWhatFollows(query.terms);
    const found = await past.find({ terms, flows, from, downToMs, most });
    if (found === null) {
      looked.restsUntilMs = this.world.clock.now() + followMs;
      return null;
    }
    let added = 0;
    for (const each of found.records) {
      const { key } = each.past;
      if (store.has(key) || looked.entries.has(key)) continue;
      if (!this.isOfProblem(each.past, query)) continue;
      for (const recalled of recalledOf(each)) {
        const entry = store.recalled.put(recalled);
        if (each.isGone) store.recalled.lose(entry);
        looked.entries.set(key, entry);
        added++;
      }
    }
    return { next: found.next, added };
  }

  private isOfProblem(past: PastExecution, { terms }: Query): boolean {
    return terms.every(
      ({ condition, excludes }) =>
        condition.kind !== 'problem' ||
        (this.world.problemOf(past.key, past) === condition.id) !== excludes,
    );
  }

  private progressed(looked: Looked): void {
    looked.changes++;
    this.changes++;
    this.world.onProgress();
  }
}

function earliestOf(known: EarlierPast['known']): Milliseconds | null {
  if (known?.sinceMs == null) return null;
  return Math.max(known.sinceMs, known.floorMs);
}

/** What is of a problem failed: nothing else has to be looked into, which the history does by the head of each. */
function withWhatFollows(terms: readonly Term[]): readonly Term[] {
  const problem = terms.find(
    ({ condition, excludes }) => condition.kind === 'problem' && !excludes,
  );
  if (problem === undefined) return terms;
  return [...terms, { ...problem, condition: { kind: 'status', outcome: 'failed' } }];
}

function asksProblems(terms: readonly Term[]): boolean {
  return terms.some(({ condition }) => condition.kind === 'problem');
}

function begun(
  wish: EarlierWish,
  fromMs: Milliseconds,
  nowMs: Milliseconds,
  revision: number,
): Looked {
  return {
    revision,
    ...{ wish, entries: new Map<ExecutionKey, StoredExecution>(), pages: 0, wanted: 0, ofPage: 0 },
    from: { beginMs: fromMs, id: Number.MAX_SAFE_INTEGER },
    ...{
      topMs: fromMs - slackMs,
      followedMs: nowMs,
      restsUntilMs: 0,
      isLooking: false,
      changes: 0,
    },
    inOrder: undefined,
  };
}

/** Without a begin it has no place in time; the history keeps none such. */
function recalledOf({ past, record }: EarlierRecord): RecalledExecution[] {
  const { beginMs, recordBytes } = past;
  if (beginMs === null) return [];
  return [{ summary: pastSummary(past), record, recordBytes, beginMs }];
}
