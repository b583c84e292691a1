import { randomUUID } from 'node:crypto';
import { digest } from '../masking/digest.ts';
import { shownName } from './mask.ts';
import type { Mask } from './mask.ts';

/** Whatever makes the sids of a tracer. */
export interface TracerSids {
  /** Makes a sid that may be written as it is. */
  readonly newSid: () => string;
  /** The sid of a robot as it may be written. */
  readonly sidOf: (given: string) => string;
}

/** `own` makes sids of our own, in which there is nothing to hide; `given` those of the robot, where it does. */
export function tracerSids(
  mask: Mask | undefined,
  own: () => string,
  given?: () => string,
): TracerSids {
  const salt = randomUUID();
  // One that was hidden or cut is told apart from others that were: else a record would replace another's.
  const sidOf = (sid: string) => {
    const shown = shownName(sid, mask);
    return shown === sid ? sid : `${shown}~${digest(sid, salt)}`;
  };
  return { newSid: given === undefined ? own : () => sidOf(given()), sidOf };
}
