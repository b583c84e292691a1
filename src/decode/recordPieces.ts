import { endOfString } from '../base/jsonFault.ts';

/** Looking for secrets in so many characters takes some 5 ms: a click that comes meanwhile, and each question behind it, waits no longer. */
const pieceLength = 64 * 1024;

/**
 * Cuts the text of a record between entries of its trace and between what an entry holds of data: what one of them says
 * is read without the others, and what is large stands alone. What stands behind the record belongs to the last piece,
 * and a text that is no record is one piece.
 */
export function* recordPieces(text: string, atLeast = pieceLength): Generator<string> {
  let from = 0;
  /** Where the part begins that is read now. */
  let part = 0;
  let depth = 0;
  let isInTrace = false;
  let isInData = false;
  for (let at = 0; at < text.length && text.length - from > atLeast; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      const end = endOfString(text, at);
      if (end < 0) break;
      at = end - 1;
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth === 2) isInTrace = code === 0x5b && isUnder('trace', text, at);
      else if (depth === 4) isInData = code === 0x7b && isUnder('data', text, at);
    } else if (code === 0x7d || code === 0x5d) {
      if (--depth <= 0) break;
    } else if (code === 0x2c && isInTrace && (depth === 2 || (depth === 4 && isInData))) {
      if (part > from && at - part >= atLeast) {
        yield text.slice(from, part - 1);
        from = part;
      }
      part = at + 1;
      if (at - from < atLeast) continue;
      yield text.slice(from, at);
      from = part;
    }
  }
  yield text.slice(from);
}

/** Whether what opens here stands under that name. */
function isUnder(name: 'trace' | 'data', text: string, opening: number): boolean {
  const before = text.slice(Math.max(0, opening - 50), opening);
  return name === 'trace' ? behindTrace.test(before) : behindData.test(before);
}

const behindTrace = /"trace"\s{0,20}:\s{0,20}$/;
const behindData = /"data"\s{0,20}:\s{0,20}$/;
