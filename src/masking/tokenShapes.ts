import { maskJsonWebTokens } from './jsonWebTokens.ts';
import { maskSecret } from './maskSecret.ts';
import { maskUserInfo } from './userInfo.ts';
import { looksMade, looksMixed } from './secretSpan.ts';

/** A secret that is known by its own shape, wherever it stands. Each expression is linear: bounded or without nested repetition. */
interface TokenShape {
  readonly name: string;
  readonly pattern: RegExp;
  readonly mask: (found: string, ...groups: string[]) => string;
}

const shapes: readonly TokenShape[] = [
  {
    name: 'PEM private key',
    pattern: /(-----BEGIN [A-Z ]{0,20}PRIVATE KEY(?: BLOCK)?-----)((?:(?!-----)[^•]){16,8192})/g,
    mask: (_found, head = '') => `${head} ••••`,
  },
  {
    name: 'authorization scheme',
    pattern: /\b(Bearer|Basic)(\s+|%20)([\w.+/=:~-]{6,})/gi,
    mask: (found, scheme = '', space = '', secret = '') =>
      looksSecret(secret) ? scheme + space + maskSecret(secret) : found,
  },
  {
    name: 'user and password in an address',
    pattern: /(:(?:\\{0,8}\/){2}[^\s/?#@:"'\\%]{0,80}(?::|%3A))([^\s/?#"'\\]{1,120})(?=@)/gi,
    mask: (_found, head = '', secret = '') => head + maskSecret(secret),
  },
  {
    name: 'key in place of a user in an address',
    pattern: /(:(?:\\{0,8}\/){2})([\w.~-]{16,200})(?=@)/g,
    mask: (found, head = '', secret = '') =>
      looksMade(secret) ? head + maskSecret(secret) : found,
  },
  {
    name: 'address of a bot, which is its key',
    pattern:
      /(hooks\.slack\.com\/services\/\w+\/\w+\/|\/open-apis\/bot\/v2\/hook\/|api\.telegram\.org\/bot\d{1,20}:|\/api\/webhooks\/\d{1,30}\/)([\w-]{8,120})/g,
    mask: (_found, head = '', secret = '') => head + maskSecret(secret),
  },
  {
    name: 'keys of well-known services',
    pattern:
      /\b(?:sk-[\w-]{16,}|gh[oprsu]_\w{20,}|github_pat_\w{20,}|gl(?:pat|ptt|dt|rt)-[\w-]{16,}|xox[abeprs]-[\w-]{10,}|xapp-[\w-]{16,}|AIza[\w-]{30,}|(?:AKIA|ASIA)[A-Z0-9]{16}|LTAI[A-Za-z\d]{12,26}|AKID[A-Za-z\d]{28,40}|npm_[A-Za-z\d]{30,}|hf_[A-Za-z\d]{30,}|[sr]k_(?:live|test)_\w{16,}|whsec_\w{16,}|SG\.[\w-]{16,}\.[\w-]{16,}|EAA[A-Za-z\d]{28,}|dop_v1_[a-f\d]{40,}|ya29\.[\w-]{20,})/g,
    mask: (found) => maskSecret(found),
  },
  {
    // An application's key and secret, joined as the platform's own header wants them.
    name: 'key:secret',
    pattern: /(?<![\w:+/-])(\w{16,64}):([\w+/=-]{24,128})(?![\w:+/=-])/g,
    mask: (_found, key = '', secret = '') => `${maskSecret(key)}:${maskSecret(secret)}`,
  },
  {
    name: 'SQL and shell',
    pattern:
      /\b(identified\s{1,8}(?:with\s{1,8}\w{1,40}\s{1,8})?by\s{1,8}|password\s{1,8}|(?:AES|DES)_(?:EN|DE)CRYPT\([^,()]{1,200},\s{0,8})(\\*["'])([^"'\\\n]{1,200})(?=\\*["'])/gi,
    mask: (_found, head = '', quote = '', secret = '') => head + quote + maskSecret(secret),
  },
  {
    name: 'password of a database user',
    pattern:
      /(\bset\s{1,4}password\s{1,4}for\s{1,4}[^\s=]{1,80}\s{0,4}(?:=|to)\s{0,4}(?:password\()?|jdbc:oracle:\w{1,8}:[\w$#]{1,40}\/)(\\*["']?)([^\s"'\\@]{1,200})/gi,
    mask: (_found, head = '', quote = '', secret = '') => head + quote + maskSecret(secret),
  },
  {
    name: 'a word that is mixed as passwords are, where a password stands',
    pattern:
      /(\bidentified\s{1,4}by\s{1,4}|\blog(?:in|on)\s{1,4}(?:as\s|for\s|user\s)?[\w.@-]{1,40}\/|\/(?:access_?)?token\/)([^\s"'\\@/;:?&<>]{8,200})/gi,
    mask: (found, head = '', secret = '') =>
      looksMixed(secret) ? head + maskSecret(secret) : found,
  },
  {
    name: 'network in a QR code, key in a file of PuTTY',
    pattern:
      /(\bWIFI:(?:[STH]:[^;\n]{0,80};){0,3}P:(?=[^;\n]{1,100};)|\bPrivate-Lines:\s\d{1,4}\s{1,4})((?:(?!Private)[\w+/=]{1,80}(?:\s(?!\w[\w-]{2,20}:))?){1,80}|[^;\n]{1,100})/g,
    mask: (_found, head = '', secret = '') => head + maskSecret(secret),
  },
];

/** Quick sieve: without one of these no shape can match. */
const sieve =
  /PRIVATE KEY|eyJ|bearer|basic|:\/\/|sk-|gh[oprsu]_|github_pat_|gl(?:pat|ptt|dt|rt)-|xox|xapp-|AIza|AKIA|ASIA|LTAI|AKID|npm_|hf_|[sr]k_|whsec_|SG\.|EAA|dop_v1_|ya29|jdbc:oracle|WIFI:|Private-Lines|log(?:in|on)\s|\/(?:access_?)?token\/|\w{16}:[\w+/=-]{24}|:\\+\/|identified|password\s|_encrypt|_decrypt|\/hook\/|hooks\.|webhooks/i;

/** The same for a word alone, without blanks and addresses: an id. Most are asked for each record. */
const keySieve =
  /eyJ|sk-|gh[oprsu]_|github_pat_|gl(?:pat|ptt|dt|rt)-|xox|xapp-|AIza|AKIA|ASIA|LTAI|AKID|npm_|hf_|[sr]k_|whsec_|SG\.|EAA|dop_v1_|ya29/;

/** Whether a word may be a key or a token by its shape. */
export function mayBeKey(word: string): boolean {
  return keySieve.test(word);
}

/** Masks every secret in a text that its own shape gives away. */
export function maskTokenShapes(text: string): string {
  let masked = maskUserInfo(text);
  if (!sieve.test(text)) return masked;
  if (masked.includes('eyJ')) masked = maskJsonWebTokens(masked);
  for (const { pattern, mask } of shapes) masked = masked.replace(pattern, mask);
  return masked;
}

/** `Basic plan` and `bearer authentication` are words. */
function looksSecret(text: string): boolean {
  return /[\d=:+/_]/.test(text) || /[a-z][A-Z]/.test(text) || text.length >= 20;
}
