import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { SourceState } from '../../record/recordSource.ts';
import type { UnreadableBatch } from '../../record/unreadableBatch.ts';

/** The lag is told at most this often; nobody reads faster. */
const tellLagEveryMs = 200;

/** What a connected source does, standing before `waiting` in some partitions. */
export function readingState(
  isPaused: boolean,
  lag: number,
  [batch, ...more]: readonly UnreadableBatch[],
): SourceState {
  if (isPaused) return { kind: 'paused', lag };
  if (batch === undefined) return { kind: 'live', lag };
  return { kind: 'stuck', lag, batch, more: more.length };
}

/** Tells the states of a source: none twice in a row, and a moving lag not too often. */
export interface StateReporter extends Disposable {
  tell(state: SourceState): void;
  /** Tells what `state` gives then: at once, or when the last lag has been there long enough. */
  tellSoon(state: () => SourceState | undefined): void;
}

/** A teller to `onState`; once disposed it is silent. */
export function createStateTeller(
  clock: Clock,
  onState: (state: SourceState) => void,
): StateReporter {
  let told: SourceState = { kind: 'idle' };
  let toldAt = 0;
  let waiting: Disposable | undefined;
  let disposed = false;

  const tell = (state: SourceState) => {
    toldAt = clock.now();
    const isRepeated = 'lag' in state && JSON.stringify(state) === JSON.stringify(told);
    if (disposed || isRepeated) return;
    told = state;
    onState(state);
  };
  const tellNow = (state: () => SourceState | undefined) => {
    const now = state();
    if (now !== undefined) tell(now);
  };
  return {
    tell,
    tellSoon(state) {
      const wait = toldAt + tellLagEveryMs - clock.now();
      if (wait <= 0) tellNow(state);
      else {
        waiting ??= clock.after(wait, () => {
          waiting = undefined;
          tellNow(state);
        });
      }
    },
    dispose() {
      disposed = true;
      waiting?.dispose();
    },
  };
}
