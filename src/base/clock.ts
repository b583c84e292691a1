import type { Disposable } from './disposable.ts';

/** The time and timers of the world, given to whoever needs them so that a test can hold them still. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `callback` once after `ms` milliseconds unless disposed before. */
  after(ms: number, callback: () => void): Disposable;
}
