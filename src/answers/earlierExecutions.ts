import type { PastExecution } from '../analysis/pastExecution.ts';
import type { EarlierProgress, Scope } from '../protocol/list.ts';
import { headMatches, isOfPast } from '../query/pastMatch.ts';
import type { Query, Term } from '../query/terms.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionKey, Milliseconds } from '../trace/execution.ts';
import {
  allSinceMs,
  earliestOf,
  type EarlierPast,
  type EarlierPlace,
  recalledOf,
  slackMs,
  type WindowReach,
} from './earlierPast.ts';
import type { ProblemOf } from './knownCauses.ts';

/** What it needs of the world. */
export interface EarlierWorld extends WindowReach {
  readonly store: ExecutionStore;
  readonly past: EarlierPast;
  /** The flows of a scope; null for all. */
  readonly flowsOf: (scope: Scope) => readonly string[] | null;
  /** Of which problem an execution is, as far as somebody found out. */
  readonly problemOf: ProblemOf;
  /** Grows with what is found out. */
  readonly problemsRevision: () => number;
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

  /** Whether the history knows of executions from before the window. */
  get hasSome(): boolean {
    const { past, store } = this.world;
    const earliestMs = earliestOf(past.known);
    return earliestMs !== null && earliestMs < (store.listed[0]?.sortMs ?? allSinceMs(this.world));
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
