import { usualUser } from './loginShapes.ts';
import type { NameJudge } from './secretNames.ts';

/** What is longer is rarely so plain from end to end. */
const longestClean = 200;
/** A longer word may be a key, or base64. */
const longestWord = 11;
/** Words that a secret follows without a sign, or behind a colon. */
const tellingWord = new RegExp(
  String.raw`bearer|basic|using|with|via|auth|rasdial|log ?(?:in|on)|sign|ident|otp|2fa|mfa|sqlplus|impdp|expdp|sqlldr|sp_|net {1,2}use|SecureString|\byour\b|\buse \d|community|nircmd|\d is |wifi:|private-lines|jdbc|\bp:|\b${usualUser}:|凭|登|认|账|帐`,
  'i',
);
/** The address of a machine. */
const fourNumbers = /\d\.\d{1,3}\.\d/;
/** Of a file of logins: host, port, database, user and secret. */
const manyColons = /(?::[\w*.-]{1,60}){3}/;

/**
 * Whether a short text holds nothing that could tell a secret: no name of one, no sign and no word that stands
 * before one. It takes a tenth of looking for them, and most of what a robot is given is so plain.
 */
export function isClean(text: string, names: NameJudge): boolean {
  if (text.length > longestClean || !holdsPlainWords(text) || tellingWord.test(text)) return false;
  return !names.mayName(text);
}

/**
 * Words, numbers and the signs of sentences: without any other an address, a call or a structure is not written, and a
 * pair has a name that is looked for. One pass: an expression would look at each place for each of what may be there.
 */
function holdsPlainWords(text: string): boolean {
  let word = 0;
  let dots = 0;
  let colons = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const role = code < roles.length ? roles[code] : roleBeyondAscii(code);
    word = role === inWord ? word + 1 : 0;
    if (role === 0 || word > longestWord) return false;
    if (code === dash && mayBeOption(text, at)) return false;
    if (code === dot) dots++;
    if (code === colon) colons++;
  }
  return !(dots > 1 && fourNumbers.test(text)) && !(colons > 2 && manyColons.test(text));
}

const inWord = 1;
const between = 2;
const dash = 0x2d;
const dot = 0x2e;
const colon = 0x3a;

/** What each sign of ASCII is, 0 for one that is not plain. */
const roles = Uint8Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code);
  if (/[\w+-]/.test(sign)) return inWord;
  return /[ #.,;:!?]/.test(sign) ? between : 0;
});

function roleBeyondAscii(code: number): number {
  const isPlain =
    (code >= 0x4e00 && code <= 0x9fff) || '，。、；！？'.includes(String.fromCharCode(code));
  return isPlain ? between : 0;
}

/** A dash at the begin of a word, or before a `p`. */
function mayBeOption(text: string, at: number): boolean {
  const before = at === 0 ? 0x20 : text.charCodeAt(at - 1);
  return before === 0x20 || before === dash || text.charCodeAt(at + 1) === 0x70;
}
