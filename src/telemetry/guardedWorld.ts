import type { Clock } from '../base/clock.ts';
import { toDisposable } from '../base/disposable.ts';
import { systemClock } from './systemClock.ts';
import type { TelemetryLog } from './telemetryLog.ts';

/** Sentences that are remembered; after so many of one tracer nobody reads further. */
const mostSentences = 100;

/** Says each sentence once: what a robot hands in fails again with each of its nodes. */
export function saidOnce(log: TelemetryLog): TelemetryLog {
  const said = new Set<string>();
  return (level, message) => {
    if (said.has(message) || said.size === mostSentences) return;
    said.add(message);
    log(level, message);
  };
}

/** Hears what something of the robot's own did instead of what it is for. */
type Tell = (what: string, error: unknown) => void;

/** The clock of a robot; where it gives no time, or throws, the system's does. */
export function guardedClock(clock: Clock, tell: Tell): Clock {
  return {
    now() {
      try {
        const now: unknown = clock.now();
        if (Number.isFinite(now)) return now as number;
        tell('clock.now', `it gave ${String(now)}`);
      } catch (error) {
        tell('clock.now', error);
      }
      return systemClock.now();
    },
    after(ms, callback) {
      try {
        const timer = clock.after(ms, callback);
        return toDisposable(() => {
          try {
            timer.dispose();
          } catch (error) {
            tell('clock.after', error);
          }
        });
      } catch (error) {
        tell('clock.after', error);
        return systemClock.after(ms, callback);
      }
    },
  };
}

/** Ids of a robot; where it gives none, `own` are taken. */
export function guardedIds(
  name: string,
  given: (() => string) | undefined,
  own: () => string,
  tell: Tell,
): () => string {
  if (given === undefined) return own;
  return () => {
    try {
      const id: unknown = given();
      if (typeof id === 'string' && id !== '') return id;
      tell(name, `it gave ${typeof id}`);
    } catch (error) {
      tell(name, error);
    }
    return own();
  };
}
