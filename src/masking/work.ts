/** Looking through a text took more than it may: whether secrets are left in it is not known. */
export class TooCostly extends Error {
  constructor() {
    super('Looking for secrets takes too long');
  }
}

/**
 * Whether a text was given up because looking through it takes too much: work, or room, for V8 keeps a place for each
 * sign that an expression may have to give back, and has none for those of tens of megabytes.
 */
export function isTooCostly(error: unknown): boolean {
  return error instanceof TooCostly || error instanceof RangeError;
}

/**
 * What looking through a text may take, in characters looked at. No clock: the same text is shown or hidden on
 * every machine. All that is known to be slow is bounded where it stands; this is for what nobody thought of.
 */
export interface Work {
  /** Counts; throws `TooCostly` when nothing is left. */
  spend(characters: number): void;
  /** Counts a secret name, whatever stands beside it. */
  spendName(): void;
}

/** Ordinary texts take 2 to 20 times their length, the densest list of passwords 60 times. */
const timesLength = 400;
/** A short text may be dense from end to end: 10 ms at most. */
const atLeast = 1_000_000;
/** To look at all that may stand beside a secret name takes as long as to look at so many characters. */
const costOfName = 500;
/**
 * Two seconds: nothing else is answered meanwhile, and a text of megabytes that says “pass” from end to end would take
 * one for each. A record has each of its nodes as a text of its own; passwords of so many people stand in no single one.
 */
const mostNames = 500_000;

/** Makes the work that may be done on a text of so many characters. */
export function createWork(length: number): Work {
  let left = atLeast + timesLength * length;
  let names = mostNames;
  const spend = (characters: number) => {
    left -= characters;
    if (left < 0) throw new TooCostly();
  };
  return {
    spend,
    spendName() {
      names -= 1;
      if (names < 0) throw new TooCostly();
      spend(costOfName);
    },
  };
}
