/** Five bits of each sign: those in which the cases of a letter are the same. */
const bits = 5;
const mask = (1 << bits) - 1;
const lengthOfBegin = 3;
const wholeMask = (1 << (bits * lengthOfBegin)) - 1;
/** All bits of some signs, mixed: so many tell nearly all of them apart. */
const mixedMask = 0xffff;

/**
 * Passes the places of a text at which none of some words begins, by the first three signs of each: an expression of
 * hundreds of alternatives takes ten times as long at each place. It lets some more through, and never fewer.
 */
export class HintSieve {
  private readonly may = new Uint8Array(wholeMask + 1);
  /** By five bits `, w` begins a word of Chinese; and to try the expression takes as long as to pass fifty places. */
  private readonly mayMixed = new Uint8Array(mixedMask + 1);

  /** What follows a beginning of fewer signs may be any. */
  constructor(beginnings: Iterable<string>) {
    for (const beginning of beginnings) this.add(beginning);
  }

  /** The next place at or behind `from`, and before `to`, at which one may begin; -1 where there is none. */
  next(text: string, from: number, to = text.length): number {
    const { may } = this;
    let seen = lastSigns(lastSigns(0, signAt(text, from)), signAt(text, from + 1));
    // A word of one sign may end the text: what is behind it is as good as any.
    for (let at = from + 2; at <= to + 1; at++) {
      seen = lastSigns(seen, signAt(text, at));
      if (may[seen] === 1 && this.beginsAt(text, at - 2)) return at - 2;
    }
    return -1;
  }

  /** For whoever reads a text sign by sign: 1 where one may begin with these last signs, `lastSigns` of each. */
  begins(seen: number): number {
    return this.may[seen] ?? 0;
  }

  private beginsAt(text: string, place: number): boolean {
    let mixed = 0;
    for (let at = place; at < place + lengthOfBegin; at++) {
      mixed = mix(mixed, signAt(text, at));
      if (this.mayMixed[mixed] === 1) return true;
    }
    return false;
  }

  /** As many signs of a beginning as it has, in all cases. */
  private add(beginning: string, length = 0, seen = 0, mixed = 0): void {
    if (length < Math.min(beginning.length, lengthOfBegin)) {
      for (const code of casesOf(beginning.charAt(length))) {
        this.add(beginning, length + 1, (seen << bits) | (code & mask), mix(mixed, code));
      }
      return;
    }
    const rest = bits * (lengthOfBegin - length);
    this.may.fill(1, seen << rest, (seen + 1) << rest);
    this.mayMixed[mixed] = 1;
  }
}

/** Behind the end of a text are zeros: no number at all would make all signs of the text twice as slow. */
function signAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : 0;
}

/** What tells the last three signs; behind the end of a text are zeros. */
export function lastSigns(before: number, code: number): number {
  return ((before << bits) | (code & mask)) & wholeMask;
}

/** Of another number of signs another. */
function mix(before: number, code: number): number {
  return (before * 31 + code + 1) & mixedMask;
}

function casesOf(sign: string): Iterable<number> {
  return new Set([sign.toLowerCase(), sign.toUpperCase()].map((one) => one.charCodeAt(0)));
}
