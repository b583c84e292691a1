import type { Clock } from '../base/clock.ts';
import type { FindAnswer, FindFault, FindQuery } from '../protocol/find.ts';
import type { ExecutionFind, ExecutionFindWorld } from './executionFind.ts';
import type { RowFind } from './rowFind.ts';

/** What finding in executions needs of its world. */
export interface FindViewWorld extends ExecutionFindWorld {
  readonly clock: Clock;
  /** More was found. */
  readonly onProgress: () => void;
}

/** As many as panels are looked at; of more the one wanted longest ago ends. */
const mostSearches = 8;
/** As many rows as a list shows on a tall screen, some times. */
const mostShown = 500;
/** Progress is told so often; what is found first is told at once. */
const tellMs = 100;

interface Search {
  readonly stamp: string;
  /** The first is found, or there is none, or so much time went by. */
  begun: Promise<void>;
  fault: FindFault | null;
  find: ExecutionFind | RowFind | undefined;
  revision: number;
  isStopped: boolean;
  /** Somebody was answered. */
  isBegun: boolean;
}

/** Finds texts in one execution: one search for each query that is watched, which ends with its watcher. */
export class FindView {
  private readonly world: FindViewWorld;
  /** By what is looked for, and where; the one wanted last stands at the end. */
  private readonly searches = new Map<string, Search>();

  constructor(world: FindViewWorld) {
    this.world = world;
  }

  /** What an answer is made of. */
  stamp(query: FindQuery): string {
    const { revision = 0 } = this.searches.get(keyOf(query)) ?? {};
    return `${this.world.tree.stamp(query.key)} ${String(revision)}`;
  }

  /** Searches from now on. Throws a `notFound` request error when the execution is gone. */
  async answer(query: FindQuery): Promise<FindAnswer> {
    const search = this.searchFor(query);
    await search.begun;
    const { find, fault } = search;
    const counts = find !== undefined && 'counts' in find ? find.counts : undefined;
    const { hits, rows, state, share, unread, stored, longestSure } = find ?? nothing;
    const limit = Math.min(query.limit, mostShown);
    const start = Math.max(0, Math.min(query.offset, hits.length - limit));
    return {
      ...{ query, total: hits.length, rows, start },
      hits: hits.slice(start, start + limit),
      ...(counts && { sections: Array.from(counts, ([section, count]) => ({ section, count })) }),
      ...{ state: fault === null ? state : 'done', share, unread, stored, longestSure, fault },
    };
  }

  /** Ends all searches but those that are watched. */
  retain(queries: readonly FindQuery[]): void {
    const watched = new Set(queries.map(keyOf));
    for (const key of this.searches.keys()) if (!watched.has(key)) this.end(key);
  }

  /** Another source: nothing that was found is of it. */
  clear(): void {
    for (const key of this.searches.keys()) this.end(key);
  }

  private searchFor(query: FindQuery): Search {
    const key = keyOf(query);
    const stamp = this.world.tree.stamp(query.key);
    const known = this.searches.get(key);
    if (known?.stamp === stamp) {
      this.searches.delete(key);
      this.searches.set(key, known);
      return known;
    }
    this.end(key);
    const search: Search = {
      ...{ stamp, begun: Promise.resolve(), fault: null, find: undefined },
      ...{ revision: (known?.revision ?? 0) + 1, isStopped: false, isBegun: false },
    };
    this.searches.set(key, search);
    for (const oldest of this.searches.keys()) {
      if (this.searches.size <= mostSearches) break;
      this.end(oldest);
    }
    search.begun = new Promise((resolve, reject) => {
      const onBegun = () => {
        search.isBegun = true;
        resolve();
      };
      this.run(search, query, onBegun).then(onBegun, (error: unknown) => {
        const detail = error instanceof Error ? error.message : String(error);
        if (search.isBegun) this.broke(search, detail);
        // Whoever asks again tries again.
        else if (this.searches.get(key) === search) this.searches.delete(key);
        reject(error instanceof Error ? error : new Error(detail));
      });
    });
    return search;
  }

  /** Whoever was told that it goes on is told that it doesn't. */
  private broke(search: Search, detail: string): void {
    search.fault = { kind: 'failed', detail };
    search.revision++;
    this.world.onProgress();
  }

  private async run(search: Search, query: FindQuery, onBegun: () => void): Promise<void> {
    const { clock, onProgress } = this.world;
    const {
      ExecutionFind: Find,
      RowFind: OfRow,
      asTyped,
      soughtOf,
    } = await import('./placesFound.ts');
    const { key, row, text } = query;
    const sought = row === undefined ? await soughtOf(query, clock) : asTyped(text);
    if ('kind' in sought) {
      search.fault = sought;
      return;
    }
    const find =
      row === undefined
        ? new Find(this.world, key, sought)
        : new OfRow(this.world, key, row, sought);
    search.find = find;
    let toldMs = clock.now();
    let told = 0;
    for await (const _ of find.steps()) {
      if (search.isStopped) return;
      if (sought.isLost()) break;
      const isFirst = told === 0 && find.hits.length > 0;
      if (!isFirst && clock.now() - toldMs < tellMs) continue;
      toldMs = clock.now();
      told = find.hits.length;
      search.revision++;
      onBegun();
      onProgress();
    }
    if (sought.isLost()) search.fault = { kind: 'tooSlow', detail: '' };
    else if (find.hits.length === 0) search.fault = sought.noPattern ?? null;
    search.revision++;
    onProgress();
  }

  private end(key: string): void {
    const search = this.searches.get(key);
    if (search !== undefined) search.isStopped = true;
    this.searches.delete(key);
  }
}

const nothing = {
  hits: [],
  rows: 0,
  state: 'searching',
  share: 0,
  unread: 0,
  stored: null,
  longestSure: null,
} as const;

function keyOf({ key, row, text, isPattern, matchCase, wholeWord }: FindQuery): string {
  return JSON.stringify([
    key,
    row ?? null,
    row === undefined,
    text,
    isPattern,
    matchCase,
    wholeWord,
  ]);
}
