import { maskMark } from '../trace/masked.ts';
import { printedError } from './printedError.ts';
import { usualMask } from './mask.ts';
import type { Mask } from './mask.ts';

/** What an option `mask` means. One of the robot's own may throw: then all is hidden, and the robot goes on. */
export function maskFrom(mask: Mask | false | undefined): Mask | undefined {
  if (mask === false) return undefined;
  // In JavaScript it may be null.
  const given = (mask as Mask | null | undefined) ?? usualMask();
  const known = guarded.get(given);
  if (known !== undefined) return known;
  const made = guardedMask(given);
  guarded.set(given, made);
  return made;
}

/** One for each: it says once what is wrong. */
const guarded = new WeakMap<Mask, Mask>();

function guardedMask(mask: Mask): Mask {
  let isTold = false;
  const hidden = (error: unknown) => {
    if (!isTold) {
      isTold = true;
      // By the rules: it may say the text in which it was to hide something.
      const said = usualMask().text(
        `a mask threw, so texts are hidden whole: ${printedError(error)}`,
      );
      process.stderr.write(`rpa-trace-telemetry warn: ${said}\n`);
    }
    return maskMark;
  };
  return {
    value(name, value) {
      try {
        return mask.value(name, value);
      } catch (error) {
        return hidden(error);
      }
    },
    text(text) {
      try {
        return mask.text(text);
      } catch (error) {
        return hidden(error);
      }
    },
  };
}
