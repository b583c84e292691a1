import { isMasked, maskSecret } from './maskSecret.ts';
import { looksMixed, type SecretSpan } from './secretSpan.ts';

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
  return (
    /(?:^|[^\w/@.]|(?:^|[^\w:/])\/\/)\w{1,40}$/.test(before) && !/(?:mailto|e-?mail)$/i.test(before)
  );
}

const scheme = /:(?:\\{0,8}\/){2}/g;
/** The user may be missing, and its colon be escaped. */
const user = /(?:[^\s/?#@:"'\\%[\]<>]|%(?!3A|2F)[\da-f]{2}){0,80}(?::|%3A)/iy;
const longestPassword = 160;
/** What no password in an address holds: the end of a line or of the text that the address stands in. */
const ends = String.raw`[\r\n\t\x60]|\\[nrtu"'\\]|["'](?=\s|$|[,:;}\])])|\s(?![^\s@/]{1,60}@[\w.-]+)`;
const endOfAddress = new RegExp(ends);
/** A tag and a parameter end most addresses; they are a part of the password where no host stands before them. */
const endOfMost = new RegExp(String.raw`${ends}|[<>]|[?&][\w.-]{1,40}=`);
const host = /@(?=(?:[\w-]+(?:\.[\w-]+)*|\[[\da-f:]{2,40}\])?(?:[:/?#\s"'\\,;)\]}\x60<>]|$))/gi;
const port = /^\d{1,5}(?:[/?#<]|$)/;
/** What is put there before the address is used. */
const placeholder = /^(?:[{<%[]|\$[{(])/;

/** `scheme://user:…@host`: a password may hold any sign, and ends at the last `@` of it. */
export function findLoginsInAddresses(text: string): SecretSpan[] {
  const spans: SecretSpan[] = [];
  if (!text.includes('@')) return spans;
  scheme.lastIndex = 0;
  for (let found = scheme.exec(text); found !== null; found = scheme.exec(text)) {
    user.lastIndex = scheme.lastIndex;
    if (!user.test(text)) continue;
    const start = user.lastIndex;
    const length = lengthOfPassword(text.slice(start, start + longestPassword));
    if (length <= 0) continue;
    const end = start + length;
    if (!isMasked(text.slice(start, end))) spans.push({ start, end });
    scheme.lastIndex = end;
  }
  return spans;
}

/** Where the `@` stands that ends the password; -1 where there is none, as behind a port. */
function lengthOfPassword(rest: string): number {
  const length = lastHost(rest, endOfMost);
  if (length >= 0) return isPort(rest, length) ? -1 : length;
  return port.test(rest) || placeholder.test(rest) ? -1 : lastHost(rest, endOfAddress);
}

function isPort(rest: string, length: number): boolean {
  return port.test(rest) && !/^\d{1,5}@/.test(rest) && /[/?#]/.test(rest.slice(0, length));
}

function lastHost(rest: string, end: RegExp): number {
  const address = rest.slice(0, end.exec(rest)?.index ?? rest.length);
  let last = -1;
  host.lastIndex = 0;
  for (let at = host.exec(address); at !== null; at = host.exec(address)) {
    // A host without a name, `@:27017`, has a port at least.
    if (address.charAt(at.index + 1) === '' && rest.length === address.length) continue;
    last = at.index;
  }
  return last;
}
