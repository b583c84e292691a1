import { maskSecret } from './maskSecret.ts';
import { looksMixed } from './secretSpan.ts';

const longestSecret = 80;
const notInSecret = /[\s"'\\@/;?&<>]/;

/** bob:…@proxy:8080, an address without its scheme: what stands between the colon and the `@`. */
export function maskUserInfo(text: string): string {
  let masked = '';
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const colon = colonBefore(text, at);
    if (colon < 0) continue;
    const secret = text.slice(colon + 1, at);
    if (!looksMixed(secret) || !isUser(text, colon) || !/[\w.-]/.test(text.charAt(at + 1)))
      continue;
    masked += text.slice(from, colon + 1) + maskSecret(secret);
    from = at;
  }
  return from === 0 ? text : masked + text.slice(from);
}

/** Where a colon stands 8 signs or more before, -1 where none does; most ids end at a quote sooner. */
function colonBefore(text: string, at: number): number {
  const least = Math.max(0, at - longestSecret);
  for (let place = at - 1; place >= least; place--) {
    const sign = text.charAt(place);
    if (sign === ':') return place < at - 8 ? place : -1;
    if (notInSecret.test(sign)) return -1;
  }
  return -1;
}

function isUser(text: string, colon: number): boolean {
  const before = text.slice(Math.max(0, colon - 42), colon);
  return /(?:^|[^\w/@.])\w{1,40}$/.test(before) && !/(?:mailto|e-?mail)$/i.test(before);
}
