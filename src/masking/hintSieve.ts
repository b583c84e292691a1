/** Five bits of each sign: those in which the cases of a letter are the same. */
const bits = 5;
const mask = (1 << bits) - 1;
const lengthOfBegin = 3;
const wholeMask = (1 << (bits * lengthOfBegin)) - 1;

/**
 * Passes the places of a text at which none of some words begins, by the first three signs of each: an expression of
 * hundreds of alternatives takes ten times as long at each place. It lets some more through, and never fewer.
 */
export class HintSieve {
  private readonly may = new Uint8Array(wholeMask + 1);

  /** What follows a beginning of fewer signs may be any. */
  constructor(beginnings: Iterable<string>) {
    for (const beginning of beginnings) this.add(beginning, 0, 0);
  }

  /** The next place at or behind `from`, and before `to`, at which one may begin; -1 where there is none. */
  next(text: string, from: number, to = text.length): number {
    const { may } = this;
    let seen = lastSigns(lastSigns(0, text.charCodeAt(from)), text.charCodeAt(from + 1));
    // A word of one sign may end the text: what is behind it is as good as any.
    for (let at = from + 2; at <= to + 1; at++) {
      seen = lastSigns(seen, text.charCodeAt(at));
      if (may[seen] === 1) return at - 2;
    }
    return -1;
  }

  /** For whoever reads a text sign by sign: 1 where one may begin with these last signs, `lastSigns` of each. */
  begins(seen: number): number {
    return this.may[seen] ?? 0;
  }

  private add(beginning: string, length: number, seen: number): void {
    if (length < Math.min(beginning.length, lengthOfBegin)) {
      for (const sign of casesOf(beginning.charAt(length))) {
        this.add(beginning, length + 1, (seen << bits) | sign);
      }
      return;
    }
    const rest = bits * (lengthOfBegin - length);
    this.may.fill(1, seen << rest, (seen + 1) << rest);
  }
}

/** What tells the last three signs; behind the end of a text are zeros. */
export function lastSigns(before: number, code: number): number {
  return ((before << bits) | (code & mask)) & wholeMask;
}

function casesOf(sign: string): Iterable<number> {
  return new Set([sign.toLowerCase(), sign.toUpperCase()].map((one) => one.charCodeAt(0) & mask));
}
