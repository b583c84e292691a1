import { maskSecret } from './maskSecret.ts';
import { looksMade } from './secretSpan.ts';

/** A secret that is known by its own shape, wherever it stands. Each expression is linear: bounded or without nested repetition. */
interface TokenShape {
  readonly name: string;
  readonly pattern: RegExp;
  readonly mask: (found: string, ...groups: string[]) => string;
}

const shapes: readonly TokenShape[] = [
  {
    name: 'PEM private key',
    pattern: /(-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----)((?:(?!-----)[^•]){16,8192})/g,
    mask: (_found, head = '') => `${head} ••••`,
  },
  {
    name: 'JSON web token',
    pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{4,}\.[\w-]{4,}/g,
    mask: (found) => maskSecret(found),
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
      /\b(?:sk-[\w-]{16,}|gh[oprsu]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeprs]-[\w-]{10,}|AIza[\w-]{30,}|(?:AKIA|ASIA)[A-Z0-9]{16})/g,
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
    name: 'command line option',
    pattern:
      /(\b(?:mysql|mysqldump|mysqladmin)\s[^\n]{0,120}?\s-p|\bcurl\s[^\n]{0,200}?-u\s{1,4}[^\s:"']{1,60}:|--(?:[a-z]{1,20}-){0,3}(?:password|passwd|pwd|token|secret|api-?key)\s{1,8})([^\s"'-][^\s"']{0,200})/gi,
    mask: (_found, head = '', secret = '') => head + maskSecret(secret),
  },
];

/** Quick sieve: without one of these no shape can match. */
const sieve =
  /PRIVATE KEY|eyJ|bearer|basic|:\/\/|sk-|gh[oprsu]_|github_pat_|glpat-|xox|AIza|AKIA|ASIA|\w{16}:[\w+/=-]{24}|:\\+\/|identified|password\s|_encrypt|_decrypt|mysql|curl|\/hook\/|hooks\.|webhooks|--/i;

/** Masks every secret in a text that its own shape gives away. */
export function maskTokenShapes(text: string): string {
  if (!sieve.test(text)) return text;
  let masked = text;
  for (const { pattern, mask } of shapes) masked = masked.replace(pattern, mask);
  return masked;
}

/** `Basic plan` and `bearer authentication` are words. */
function looksSecret(text: string): boolean {
  return /[\d=:+/_]/.test(text) || /[a-z][A-Z]/.test(text) || text.length >= 20;
}
