import { maskSecret } from './maskSecret.ts';
import { looksMade, looksMixed, looksRandom } from './secretSpan.ts';

/** A login that is known by how it is written, and not by a name: its secret must look like one. */
interface LoginShape {
  readonly name: string;
  /** Without it there is none in a text; quick, for each text is asked. */
  readonly sieve: RegExp;
  /** What stands before the secret, and the secret. Linear: bounded, without nested repetition. */
  readonly pattern: RegExp;
  readonly isSecret: (secret: string) => boolean;
}

/** A user, a sign and a secret take so much. */
const leastLength = 11;
/** Users that each system has. */
export const usualUser =
  '(?:root|admin|administrator|sa|postgres|oracle|system|sys|sysdba|test|guest|user|robot|rpa|ubuntu|ftp)';
const word = String.raw`([^\s"'\x60\\，。；、,;<>()（）“”]{8,64})`;

const shapes: readonly LoginShape[] = [
  {
    // host:port:database:user:secret; a colon in one of them has a backslash
    name: 'line of a .pgpass file',
    sieve: /:(?:\d{2,5}|\*):[\w*.-]{1,60}:/,
    pattern:
      /((?:^|[\s"'])(?:[\w.-]{1,80}|\*|\[[\da-f:]{2,40}\]):(?:\d{2,5}|\*):[\w*.-]{1,60}:[\w*.@-]{1,60}:)((?:[^\s:"'\\]|\\[:\\]){6,100})(?=$|[\s"'\\])/gi,
    isSecret: (secret) => looksMade(secret.replaceAll('\\', '')) || looksMixed(secret),
  },
  {
    name: 'user/secret@service, as Oracle’s tools take it',
    sieve: /\/[^\s/@]{6,64}@/,
    pattern: /((?<![\w/@.:%&=?-])[A-Za-z][\w$#]{0,30}\/"?)([^\s"'/@:?&=\\]{6,64})(?="?@[\w/[({-])/g,
    isSecret: looksChosen,
  },
  {
    // 10.0.0.9 root …, server01 / admin / …
    name: 'address, user and secret',
    sieve: new RegExp(String.raw`\d[\s,，、/|:]{1,3}${usualUser}[\s,，、/|:]`, 'i'),
    pattern: new RegExp(
      String.raw`((?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?[\s,，、/|]{1,3}${usualUser}[\s,，、/|:]{1,3})${word}`,
      'gi',
    ),
    isSecret: looksChosen,
  },
  {
    name: 'user:secret of a user that each system has',
    sieve: new RegExp(String.raw`\b${usualUser}:\w`, 'i'),
    pattern: new RegExp(
      String.raw`((?<![\w:/@.-])${usualUser}:)(?=[^\s:]{8})([^\s"'\x60\\，。；、,;<>()（）“”:/]{8,64})(?=$|[\s"'\\,;，。；、)）])`,
      'gi',
    ),
    isSecret: looksMixed,
  },
  {
    // Could not sign in as "bob" using "…"; connect to erp user bob using …
    name: 'what is signed in with',
    sieve: /\b(?:using|with|via)\s/i,
    pattern: new RegExp(
      String.raw`(\b(?:sign(?:ed|ing)? ?in|log(?:ged|ging)? ?(?:in|on)|login|logon|authenticat\w{1,5}|connect(?:ed|ing)?|user\s["'\w.@-]{1,40})\b[^\n]{0,60}?\s(?:using|with|via)\s{1,3}(?:[\w.@\\-]{1,40}\s?(?:and|/|和)\s?)?(?:\\?["'\x60“]|\()?)${word}(?=$|[\s.,)，。]|["'\x60”](?:$|[\s.,;)]))`,
      'gi',
    ),
    isSecret: looksChosen,
  },
  {
    // Could not sign in as "bob" using "…"
    name: 'what is signed in with, in quotes',
    sieve: /\b(?:using|with|via)\s/i,
    pattern: new RegExp(
      String.raw`(\b(?:sign(?:ed|ing)? ?in|log(?:ged|ging)? ?(?:in|on)|login|logon|authenticat\w{1,5}|connect(?:ed|ing)?|user\s["'\w.@-]{1,40})\b[^\n]{0,60}?\s(?:using|with|via)\s{1,3}(?:[\w.@\\-]{1,40}\s?(?:and|/|和)\s?)?\\?["'\x60“])${word}(?=$|[\s.,)，。]|["'\x60”](?:$|[\s.,;)]))`,
      'gi',
    ),
    isSecret: looksMixed,
  },
  {
    name: 'login(user, secret), as a log writes it',
    sieve: /(?:log_?in|sign_?in|authenticate)\(/i,
    pattern:
      /(\b\w{0,20}(?:log_?in|sign_?in|authenticate)\(\s?[\w.@-]{1,60}\s?,\s?)([^\s"'\x60\\,;()]{8,64})(?=\))/gi,
    isSecret: looksChosen,
  },
  {
    // Using credentials bob / …, 登录凭据：bob / …
    name: 'user / secret of a login',
    sieve: /[\w.@-]\s?\/\s?[^\s/]{8}/,
    pattern: new RegExp(
      String.raw`((?:credentials?|creds?|log(?:in|on)|account|sign.?in|账[号户]|帐[号户]|凭[证据]|登[录陆])[^\n/]{0,16}?[\s:：=][\w.@\\-]{1,60}\s?/\s?)${word}`,
      'gi',
    ),
    isSecret: looksRandom,
  },
  {
    // admin/… 登录失败
    name: 'user/secret that signed in',
    sieve: new RegExp(String.raw`${usualUser}\s?/`, 'i'),
    pattern: new RegExp(
      String.raw`((?<![\w/.:@-])${usualUser}\s?/\s?)${word}(?=\s{1,2}(?:登[录陆]|认证|log|sign|auth))`,
      'gi',
    ),
    isSecret: looksChosen,
  },
  {
    // certutil -p …, signtool sign /p …: whatever else the option may mean
    name: 'option of a tool that takes what looks random',
    sieve: /\s[-/][pPwWka][\s:=]/,
    pattern: new RegExp(String.raw`(\s[-/][pPwWka](?:\s{1,3}|[:=])\\?["']?)${word}`, 'g'),
    isSecret: looksRandom,
  },
  {
    name: 'what Redis is signed in with',
    sieve: /\bAUTH\s/,
    pattern: new RegExp(String.raw`(\bAUTH\s{1,3}(?:[\w.-]{1,40}\s{1,3})?)${word}`, 'g'),
    isSecret: looksMixed,
  },
  {
    // Rasdial "VPN" bob …
    name: 'what a connection is dialled with',
    sieve: /\brasdial\b/i,
    pattern: new RegExp(
      String.raw`(\brasdial(?:\.exe)?\s{1,3}(?:\\?"[^"\n\\]{1,60}\\?"|\S{1,60})\s{1,3}[\w.@\\-]{1,60}\s{1,3})(?![/*])\\?"?${word}`,
      'gi',
    ),
    isSecret: (secret) => secret.length > 0,
  },
];

/** Letters and digits with a sign among them that passwords are asked to have, or what a generator made. */
function looksChosen(word: string): boolean {
  return looksRandom(word) || (looksMade(word) && /[@!#$%^&*]/.test(word));
}

/** What one of them stands in: most texts of a record are passed by it. */
const anySieve =
  /[^\s/]\/[^\s/]|[^\s/] \/ |\w:[\w*]|\s[-/][pPwWka][\s:=]|\d[\s,，、|]|\b(?:using|with|via|AUTH|rasdial)\s|\w\(/i;

/** Masks secrets of logins that no name tells. */
export function maskLoginShapes(text: string): string {
  if (text.length < leastLength || !anySieve.test(text)) return text;
  let masked = text;
  for (const { sieve, pattern, isSecret } of shapes) {
    if (!sieve.test(masked)) continue;
    masked = masked.replace(pattern, (found, head: string, secret: string) => {
      const bare = secret.replace(/[.:!?]{1,4}$/, '');
      return isSecret(bare) ? head + maskSecret(bare) + secret.slice(bare.length) : found;
    });
  }
  return masked;
}
