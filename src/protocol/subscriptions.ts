import type { Failure } from './packet.ts';

/**
 * Who watches: one life of a page, a feature of the host, a command. Chosen by the watcher and never used twice,
 * so that what is meant for a page that is gone reaches nobody else.
 */
export type WatcherId = string;

/**
 * Orders the answers of one life of the engine: another source has a higher generation, a later answer a higher seq.
 * Over its lives they are in order unless the clock was set back; who watches is told of another life.
 */
export interface Stamp {
  readonly generation: number;
  readonly seq: number;
}

/** What can be watched, by kind: the query, and its answer. */
export type Questions = Record<string, { query: unknown; answer: unknown }>;

/** A question that is asked once. */
export type Asked<Q extends Questions> = {
  [K in keyof Q & string]: { readonly kind: K; readonly query: Q[K]['query'] };
}[keyof Q & string];

/**
 * Asks, and goes on asking. A watch with the id of an earlier one of the same watcher takes its place: the
 * reader scrolled, or opened something else.
 */
export type Watch<Q extends Questions> = {
  [K in keyof Q & string]: {
    readonly watcher: WatcherId;
    readonly id: string;
    readonly kind: K;
    readonly query: Q[K]['query'];
  };
}[keyof Q & string];

/** An answer to a watch, or why there is none. */
export type Answered<Q extends Questions> = {
  [K in keyof Q & string]: {
    readonly kind: K;
    readonly stamp: Stamp;
    readonly query: Q[K]['query'];
    readonly result:
      | { readonly ok: true; readonly answer: Q[K]['answer'] }
      | { readonly ok: false; readonly failure: Failure };
  };
}[keyof Q & string];

/** An answer that was not asked for again: what is watched changed. */
export interface Pushed<Q extends Questions> {
  readonly watcher: WatcherId;
  readonly id: string;
  readonly answered: Answered<Q>;
}

/** Whether `a` is later than `b`. */
export function isLater(a: Stamp, b: Stamp): boolean {
  return a.generation === b.generation ? a.seq > b.seq : a.generation > b.generation;
}
