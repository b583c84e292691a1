import { endOfString } from '../base/jsonFault.ts';

/** Looking for secrets in so many characters takes some 5 ms: a click that comes meanwhile, and each question behind it, waits no longer. */
const pieceLength = 64 * 1024;

/**
 * Cuts the text of a record between entries of its trace: what one of them says is read without the others. What the
 * services keep in a field of their own, an input or a configuration, is cut out where it is large: none of these fields is
 * a part of a pair or a table with another. What stands behind the record belongs to the last piece, and a text that is no
 * record is one piece.
 */
export function* recordPieces(text: string, atLeast = pieceLength): Generator<string> {
  let from = 0;
  let depth = 0;
  let isInTrace = false;
  let isInData = false;
  /** Where a field of data begins that may be cut out; -1 where none does. */
  let field = -1;
  for (let at = 0; at < text.length && text.length - from > atLeast; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      const end = endOfString(text, at);
      if (end < 0) break;
      at = end - 1;
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth === 2) isInTrace = code === 0x5b && isUnder('trace', text, at);
      else if (depth === 4) {
        isInData = isInTrace && code === 0x7b && isUnder('data', text, at);
        field = isInData && isField(text, at + 1) ? at + 1 : -1;
      }
    } else if (code === 0x7d || code === 0x5d) {
      if (depth === 4 && field !== -1 && at - field >= atLeast) {
        if (field > from) yield text.slice(from, field);
        yield text.slice(field, at);
        from = at;
      }
      if (depth === 4) [isInData, field] = [false, -1];
      if (--depth <= 0) break;
    } else if (code === 0x2c && isInTrace && depth === 2) {
      if (at - from < atLeast) continue;
      yield text.slice(from, at);
      from = at + 1;
    } else if (code === 0x2c && isInData && depth === 4) {
      const isNext = isField(text, at + 1);
      if (isNext && field !== -1 && at - field >= atLeast) {
        if (field > from) yield text.slice(from, field);
        yield text.slice(field, at);
        from = at + 1;
      }
      // One beside another field is cut from neither.
      field = isNext && field !== -1 ? at + 1 : -1;
    }
  }
  yield text.slice(from);
}

/** Whether a field begins here that the services write themselves. */
function isField(text: string, at: number): boolean {
  ownField.lastIndex = at;
  return ownField.test(text);
}

const ownField = /\s{0,20}"(?:input|output|config|usage|input_vars|output_vars)"\s{0,20}:/y;

/** Whether what opens here stands under that name. */
function isUnder(name: 'trace' | 'data', text: string, opening: number): boolean {
  const before = text.slice(Math.max(0, opening - 50), opening);
  return name === 'trace' ? behindTrace.test(before) : behindData.test(before);
}

const behindTrace = /"trace"\s{0,20}:\s{0,20}$/;
const behindData = /"data"\s{0,20}:\s{0,20}$/;
