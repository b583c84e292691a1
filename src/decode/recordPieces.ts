import { endOfString } from '../base/jsonFault.ts';

/** Looking for secrets in so many characters takes some 5 ms: a click that comes meanwhile, and each question behind it, waits no longer. */
const pieceLength = 64 * 1024;

/**
 * Cuts the text of a record between entries of its trace: what one of them says is read without the others. What stands
 * behind the record belongs to the last piece, and a text that is no record is one piece.
 */
export function* recordPieces(text: string, atLeast = pieceLength): Generator<string> {
  let from = 0;
  let depth = 0;
  let isInTrace = false;
  for (let at = 0; at < text.length && text.length - from > atLeast; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      const end = endOfString(text, at);
      if (end < 0) break;
      at = end - 1;
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth === 2) isInTrace = code === 0x5b && isTrace(text, at);
    } else if (code === 0x7d || code === 0x5d) {
      if (--depth <= 0) break;
    } else if (code === 0x2c && depth === 2 && isInTrace && at - from >= atLeast) {
      yield text.slice(from, at);
      from = at + 1;
    }
  }
  yield text.slice(from);
}

/** Whether the list that opens here stands under that name. */
function isTrace(text: string, opening: number): boolean {
  return /"trace"\s{0,20}:\s{0,20}$/.test(text.slice(Math.max(0, opening - 50), opening));
}
