/** A piece of a long text, with some of what stands around it. */
export interface TextPiece {
  readonly text: string;
  /** Where it begins in the whole. */
  readonly from: number;
  /** What begins there in the piece, and no later than `end`, is the piece's own; the rest is another's. */
  readonly begin: number;
  readonly end: number;
}

/** A usual pattern takes some 100 ms for it at worst: so long may wait who asks for something else. */
export const pieceSigns = 128 * 1024;
/** A match that goes on for longer over the end of a piece is found up to there; one that needs its end is not: that is said. */
export const overlapSigns = 4 * 1024;

/**
 * A text in pieces that overlap, for what can't be interrupted while it reads. A sign before each piece belongs to it, so
 * that neither a word nor a line begins there that doesn't.
 */
export function* piecesOf(text: string, signs = pieceSigns): Generator<TextPiece> {
  for (let at = 0; at === 0 || at < text.length;) {
    let next = Math.min(at + signs, text.length);
    if (isInPair(text, next)) next++;
    const from = Math.max(0, at - (isInPair(text, at - 1) ? 2 : 1));
    let to = Math.min(next + overlapSigns, text.length);
    if (isInPair(text, to)) to++;
    yield { text: text.slice(from, to), from, begin: at - from, end: next - from };
    at = next;
    if (next === text.length) return;
  }
}

/** Whether a place is within a sign of two halves. */
function isInPair(text: string, at: number): boolean {
  return at > 0 && /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));
}
