import { maskSecret } from './maskSecret.ts';

const beginning = /\beyJ/g;
const notInPart = /[^\w-]/g;
/** Behind the first part and its dot: signed tokens have three parts, encrypted ones five. */
const rest =
  /(?:\.|%2E)(?:eyJ[\w-]{4,}(?:\.|%2E)[\w-]{4,}|[\w-]{0,8000}(?:(?:\.|%2E)[\w-]{4,8000}){3})/iy;
const shortestPart = 11;

/**
 * Masks JSON web tokens. In `eyJ-eyJ-…` one may begin at each `eyJ`, and an expression would read on from each of
 * them to the end: here the end of a part is sought once.
 */
export function maskJsonWebTokens(text: string): string {
  let masked = '';
  let copied = 0;
  let end = 0;
  beginning.lastIndex = 0;
  for (let found = beginning.exec(text); found !== null; found = beginning.exec(text)) {
    const { index } = found;
    if (index >= end) end = endOfPart(text, index);
    if (end - index < shortestPart) continue;
    rest.lastIndex = end;
    if (rest.test(text)) {
      masked += text.slice(copied, index) + maskSecret(text.slice(index, rest.lastIndex));
      copied = rest.lastIndex;
      beginning.lastIndex = copied;
    } else {
      // Nor does a token begin elsewhere in this part.
      beginning.lastIndex = end;
    }
  }
  return copied === 0 ? text : masked + text.slice(copied);
}

function endOfPart(text: string, from: number): number {
  notInPart.lastIndex = from;
  return notInPart.exec(text)?.index ?? text.length;
}
