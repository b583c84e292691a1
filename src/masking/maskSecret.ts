import { maskMark } from '../trace/masked.ts';
import { looksMixed, looksRandom } from './secretSpan.ts';

export { maskMark };

/** From this length on the last characters stay readable: enough to tell two keys apart, too few to use one. */
const tellableLength = 12;

/** Hides a secret: `••••` and its last 4 characters when it is 12 or longer, else `••••`. Masking twice changes nothing. */
export function maskSecret(secret: string): string {
  if (isMasked(secret)) return secret;
  if (secret.length < tellableLength) return maskMark;
  // No half of a surrogate pair.
  return maskMark + secret.slice(-4).replace(/^[\udc00-\udfff]/, '');
}

/** What hides a secret, the last signs of it, and what tells an id from others. */
const masked = new RegExp(`^${maskMark}[^•]{0,4}(?:~[\\w-]{1,24})?$`);

/** Whether a secret is hidden already: of one that was known by a part only, the rest is left. */
export function isMasked(secret: string): boolean {
  return secret.startsWith(maskMark) && masked.test(secret);
}

const scheme = /^(bearer|basic|token|digest|apikey|api-key|negotiate|aws4-hmac-sha256)\s+(?=\S)/i;
const nothing =
  /^(?:\s*|none|null|nil|undefined|true|false|on|off|n\/a|(?:en|dis)abled|[^\w\u0080-\uffff]{1,2}|\*+|x{3,}|<[^<>\d]{0,60}>|\$[A-Z_]{2,40})$/i;
/** `%PASSWORD%`, `%{PASSWORD}`, `@{variables('pwd')}`: these signs begin passwords too, so only names and calls are taken. */
const reference =
  /^(?:%[A-Z_]{2,}%|%\{[A-Z_]{2,}\}|@\{(?:variables|outputs|parameters)\('[\w -]+'\)(?:\?\['[\w/]+'\])?\})$/;
/** `${PASSWORD}`, `{{ secrets.token }}`, `{{#start.token#}}`: where a value is taken from. */
const inBraces = /^(?:\{\{(?:#([^{}]{0,80})#|([^{}]{0,80}))\}\}|\$?\{([^{}]{0,80})\})$/;
/** What names of values have no more than blanks and quotes; `$json.token` and `data?.token` are names. */
const signOfSecret = /[!@%^&*+~<>#=]|\$(?!\w*[.[(])|\?(?!\.[a-z])/i;

/** Whether what stands for a value says nothing of it: a reference, or a word that says that there is none. */
function isNoValue(value: string): boolean {
  if (nothing.test(value) || reference.test(value)) return true;
  const found = inBraces.exec(value);
  if (found === null) return false;
  const inner = found[1] ?? found[2] ?? found[3] ?? '';
  return !looksRandom(inner) && !(looksMixed(inner) && signOfSecret.test(inner));
}

/** Whether a value of such a field is hidden. What is shown where it stands, as a reference is, is shown elsewhere too. */
export function isHidden(value: string): boolean {
  return maskSecretValue(value) !== value;
}

/**
 * Hides the value of a field that holds a secret; the scheme of a header (`Bearer`) stays, and so do references and what is
 * no value. `hidesEnd`: no last signs of it are left.
 */
export function maskSecretValue(value: string, hidesEnd = false): string {
  if (isNoValue(value)) return value;
  if (hidesEnd) return isMasked(value) ? value : maskMark;
  const found = scheme.exec(value);
  if (found === null) return maskSecret(value);
  const rest = value.slice(found[0].length);
  return isNoValue(rest) ? value : found[0] + maskSecret(rest);
}
