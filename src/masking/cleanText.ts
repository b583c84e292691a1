import { colon } from '../base/jsonSigns.ts';
import { HintSieve, lastSigns } from './hintSieve.ts';
import { usualUsers } from './loginShapes.ts';
import type { NameJudge } from './secretNames.ts';

/** What is longer is rarely so plain from end to end. */
const longestClean = 200;
/** A longer word may be a key, or base64. */
const longestWord = 11;
/** Words that a secret follows without a sign, or behind a colon: expressions that begin with three plain signs. */
const tellingWords = String.raw`bearer|basic|using|with|via|auth|rasdial|log ?[io]n|sign|ident|otp|2fa|mfa|sqlplus|impdp|expdp|sqlldr|sp_|net {1,2}use|SecureString|community|nircmd|\d is |wifi:|private-lines|jdbc|key content|关键内容`;
/** The same where no word goes on before them. */
const tellingAtBegin = String.raw`your\b|use \d|p:|${usualUsers.replaceAll('|', ':|')}:`;
const tellingWord = new RegExp(String.raw`${tellingWords}|\b(?:${tellingAtBegin})`, 'i');
const beginningsOfTelling = [...tellingWords.split('|'), ...tellingAtBegin.split('|')];
/** One sign alone. */
const tellingSigns = '凭登认账帐';
/** The address of a machine. */
const fourNumbers = /\d\.\d{1,3}\.\d/;
/** Of a file of logins: host, port, database, user and secret. */
const manyColons = /(?::[\w*.-]{1,60}){3}/;

/** Says of a text whether it is clean. */
export type CleanJudge = (text: string) => boolean;

/**
 * Whether a short text holds nothing that could tell a secret: no name of one, no sign and no word that stands
 * before one. It takes a tenth of looking for them, and most of what a robot is given is so plain.
 */
export function createCleanJudge(names: NameJudge): CleanJudge {
  const beginnings = [...names.beginnings, ...beginningsOfTelling];
  const sieve = new HintSieve(beginnings.map((beginning) => beginning.replace(/\\d|\d/g, ' ')));
  return (text) => {
    const words = mayTell(text, sieve);
    return words === 0 || (words > 0 && !tellingWord.test(text) && !names.mayName(text));
  };
}

/**
 * Whether a text may hold words that tell: 1 or 0, and -1 where it has signs other than those of words, numbers and
 * sentences, without which an address, a call or a structure is not written. One pass: an expression would look at each
 * place for each of what may be there.
 */
function mayTell(text: string, sieve: HintSieve): number {
  if (text.length > longestClean) return -1;
  let word = 0;
  let dots = 0;
  let colons = 0;
  let seen = 0;
  let told = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const role = code < roles.length ? roles[code] : roleBeyondAscii(code);
    word = role === between ? 0 : word + 1;
    if (role === 0 || word > longestWord) return -1;
    if (code === dash && mayBeOption(text, at)) return -1;
    if (code === dot) dots++;
    if (code === colon) colons++;
    // For a sieve digits are letters, of which numbers would have many: here they are blanks.
    seen = lastSigns(seen, role === inNumber ? blank : code);
    told |= sieve.begins(seen);
  }
  if ((dots > 1 && fourNumbers.test(text)) || (colons > 2 && manyColons.test(text))) return -1;
  seen = lastSigns(seen, 0);
  told |= sieve.begins(seen) | sieve.begins(lastSigns(seen, 0));
  return told;
}

const inWord = 1;
const between = 2;
const inNumber = 3;
const blank = 0x20;
const dash = 0x2d;
const dot = 0x2e;

/** What each sign of ASCII is, 0 for one that is not plain. */
const roles = Uint8Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code);
  if (/\d/.test(sign)) return inNumber;
  if (/[\w+-]/.test(sign)) return inWord;
  return /[ #.,;:!?]/.test(sign) ? between : 0;
});

function roleBeyondAscii(code: number): number {
  const sign = String.fromCharCode(code);
  const isPlain = (code >= 0x4e00 && code <= 0x9fff) || '，。、；！？'.includes(sign);
  return isPlain && !tellingSigns.includes(sign) ? between : 0;
}

/** A dash at the begin of a word, or before a `p`. */
function mayBeOption(text: string, at: number): boolean {
  const before = at === 0 ? 0x20 : text.charCodeAt(at - 1);
  return before === 0x20 || before === dash || text.charCodeAt(at + 1) === 0x70;
}
