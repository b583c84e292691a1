import { maskSecret } from './maskSecret.ts';
import { looksMade, looksMixed, looksRandom } from './secretSpan.ts';

/** A login that is known by how it is written, and not by a name: its secret must look like one. */
type LoginShape = readonly [
  /** Without it there is none in a text; quick, for each text is asked. */
  sieve: RegExp,
  /** What stands before the secret, and the secret. Linear: bounded, without nested repetition. */
  pattern: RegExp,
  isSecret: (secret: string) => boolean,
];

/** A user, a sign and a secret take so much. */
const leastLength = 11;
/** Users that each system has. */
export const usualUsers =
  'root|admin|administrator|sa|postgres|oracle|system|sys|sysdba|test|guest|user|robot|rpa|ubuntu|ftp';
const usualUser = `(?:${usualUsers})`;
/** `root123` */
const userAndDigits = new RegExp(String.raw`^${usualUser}[@_#!]?\d{2,}$`, 'i');
/** What parts a secret from the words of a sentence. */
const around = String.raw`\s"'\x60\\，。；、,;<>()（）“”`;
const word = `([^${around}]{8,64})`;
/** What is said before it; its group ends with the quote. */
const signedInWith = String.raw`(\b(?:sign(?:ed|ing)? ?in|log(?:ged|ging)? ?(?:in|on)|login|logon|authenticat\w{1,5}|connect(?:ed|ing)?|user\s["'\w.@-]{1,40})\b[^\n]{0,60}?\s(?:using|with|via)\s{1,3}(?:[\w.@\\-]{1,40}\s?(?:and|/|和)\s?)?`;
const wordAlone = String.raw`${word}(?=$|[\s.,)，。]|["'\x60”](?:$|[\s.,;)]))`;

const shapes: readonly LoginShape[] = [
  [
    // host:port:database:user:secret; a colon in one of them has a backslash
    // Line of a .pgpass file.
    /:(?:\d{2,5}|\*):[\w*.-]{1,60}:/,
    /((?:^|[\s"'])(?:[\w.-]{1,80}|\*|\[[\da-f:]{2,40}\]):(?:\d{2,5}|\*):[\w*.-]{1,60}:[\w*.@-]{1,60}:)((?:[^\s:"'\\]|\\[:\\]){6,100})(?=$|[\s"'\\])/gi,
    (secret) => looksMade(secret.replaceAll('\\', '')) || looksMixed(secret),
  ],
  [
    // User/secret@service, as Oracle’s tools take it.
    /\/[^\s/@]{6,64}@/,
    /((?<![\w/@.:%&=?-])[A-Za-z][\w$#]{0,30}\/"?)([^\s"'/@:?&=\\]{6,64})(?="?@[\w/[({-])/g,
    looksChosen,
  ],
  [
    // Of a service at its port, `user/secret@host:1521/name`.
    /\/[^\s/@]{4,64}@[\w/]/,
    /((?<![\w/@.:%&=?-])[A-Za-z][\w$#]{0,30}\/"?)([^\s"'/@:?&=\\]{4,64})(?="?@(?:\/\/)?[\w.-]{1,80}:\d{2,5}[/:]\w)/g,
    (secret) => /\d|\W/.test(secret),
  ],
  [
    // Domain/user:secret@host; what is behind a digest is the tag of an image.
    /\/[^\s/@:]{1,40}:[^\s/@]{4,64}@/,
    /((?:^|[\s"'])[A-Za-z][\w.-]{0,60}\/[\w.-]{1,40}:)([^\s"'/@\\]{4,64})(?=@(?!sha\d)[\w[])/g,
    (secret) => looksMixed(secret) || looksChosen(secret),
  ],
  [
    // "bob" + Keys.TAB + "…"
    /\.TAB\b/,
    /(\bKeys?\.TAB\s{0,2}[+,]\s{0,2}\\{0,4}["'])([^\s"'\\]{6,64})(?=\\{0,4}["'])/g,
    (secret) => looksMixed(secret) || looksChosen(secret),
  ],
  [
    // 10.0.0.9 root …, server01 / admin / …
    // Address, user and secret.
    new RegExp(String.raw`\d[\s,，、/|:]{1,3}${usualUser}[\s,，、/|:]`, 'i'),
    new RegExp(
      String.raw`((?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?[\s,，、/|]{1,3}${usualUser}[\s,，、/|:]{1,3})${word}`,
      'gi',
    ),
    looksChosen,
  ],
  [
    // User:secret of a user that each system has.
    new RegExp(String.raw`\b${usualUser}:\w`, 'i'),
    new RegExp(
      String.raw`((?<![\w:/@.-])${usualUser}:)(?=[^\s:]{8})([^${around}:/]{8,64})(?=$|[\s"'\\,;，。；、)）])`,
      'gi',
    ),
    looksMixed,
  ],
  [
    // Could not sign in as "bob" using "…"; connect to erp user bob using …
    // What is signed in with.
    /\b(?:using|with|via)\s/i,
    new RegExp(String.raw`${signedInWith}(?:\\?["'\x60“]|\()?)${wordAlone}`, 'gi'),
    looksChosen,
  ],
  [
    // Could not sign in as "bob" using "…"
    // What is signed in with, in quotes.
    /\b(?:using|with|via)\s/i,
    new RegExp(String.raw`${signedInWith}\\?["'\x60“])${wordAlone}`, 'gi'),
    looksMixed,
  ],
  [
    // Login(user, secret), as a log writes it.
    /(?:log_?in|sign_?in|authenticate)\(/i,
    /(\b\w{0,20}(?:log_?in|sign_?in|authenticate)\(\s?[\w.@-]{1,60}\s?,\s?)([^\s"'\x60\\,;()]{8,64})(?=\))/gi,
    looksChosen,
  ],
  [
    // Using credentials bob / …, 登录凭据：bob / …
    // User / secret of a login.
    /[\w.@-]\s?\/\s?[^\s/]{8}/,
    new RegExp(
      String.raw`((?:credentials?|creds?|log(?:in|on)|account|sign.?in|用户|账[号户]|帐[号户]|凭[证据]|登[录陆])[^\n/]{0,28}?[\s:：=][\w.@\\-]{1,60}\s?/\s?)${word}`,
      'gi',
    ),
    (secret) => looksChosen(secret) || looksPicked(secret),
  ],
  [
    // Logging in with bob / …
    // User / secret that is signed in with.
    /\w\s?\/\s?[^\s/]{8}/,
    new RegExp(
      String.raw`(\b(?:log(?:ged|ging)? ?(?:in|on)|sign(?:ed|ing)? ?in) (?:with|as|using) [\w.@\\-]{1,60}\s?/\s?)${word}`,
      'gi',
    ),
    looksMade,
  ],
  [
    // 用 bob / … 登录, 使用 bob 和 … 登录
    // User and secret that one signs in with.
    /登[录陆入]/,
    /((?:[用以]|使用)\s?[“"'「]?[\w.@\\-]{2,60}[”"'」]?(?:\s?[/、，,和与及加+]\s?|\s)[“"'「]?)([\x21-\x7e]{6,64})(?=[”"'」]?\s?(?:来|去|重新)?(?:登[录陆入]|进行登))/g,
    (secret) =>
      (/\d/.test(secret) && /[a-z]/i.test(secret) && /[^\w./-]/.test(secret)) || looksMixed(secret),
  ],
  [
    // python login.py bob …, Get-Cred bob '…'
    // Handed to what signs in, by its place.
    /log_?[io]n|cred/i,
    new RegExp(
      String.raw`(\b(?:\w{0,20}log_?[io]n\w{0,20}\.(?:py|exe|bat|cmd|ps1|sh|js|vbs)|\w{2,12}-\w{0,12}(?:Cred|Login)\w{0,8})\s{1,3}["']?[\w.@\\-]{1,60}["']?\s{1,3}["']?)${word}`,
      'gi',
    ),
    (secret) => looksChosen(secret) || looksMixed(secret),
  ],
  [
    // SendKeys "bob{TAB}…{ENTER}", bob[k(tab)]…[k(enter)]
    // Typed behind a user, by keys.
    /[{([<]tab[)}\]>]/i,
    /([\w:]\s?[{[<](?:k\()?tab\)?[}\]>]\s?\\{0,4}["']?)([^\s"'\\[\]]{6,64}?)(?=\s?[{[<](?:k\()?enter\)?[}\]>]|~["'])/gi,
    (secret) => looksMixed(secret) || (looksChosen(secret) && /[a-z]/i.test(secret)),
  ],
  [
    // U: user p: secret.
    /\bp(?:w|wd|ass)?[:=]/i,
    /(\bu(?:ser|sr|n)?[:=]\s?[\w.@\\-]{1,60}[\s,;/|]{1,3}p(?:w|wd|ass)?[:=]\s?)([^\s"'\\,;]{6,64})/gi,
    (secret) => /\d|[^\w.-]/.test(secret),
  ],
  [
    // admin/… 登录失败
    // User/secret that signed in.
    new RegExp(String.raw`${usualUser}\s?/`, 'i'),
    new RegExp(
      String.raw`((?<![\w/.:@-])${usualUser}\s?/\s?)([^${around}/]{6,64})(?=\s{1,2}(?:登[录陆]|认证|log|sign|auth))`,
      'gi',
    ),
    (secret) => looksChosen(secret) || userAndDigits.test(secret),
  ],
  [
    // -p … -u root: a port or a folder is none
    // Password before its user.
    /(?:^|[\s"'])-p\s[^\n]{6,160}\s-u\s/i,
    /((?:^|[\s"'])-p\s{1,3})([^\s"'\x60\\:/]{6,64})(?=\s[^\n|;&]{0,80}?-[uU]\s)/g,
    (secret) => /\d/.test(secret),
  ],
  [
    // a1 LOGIN bob …
    // Login of IMAP.
    /\bLOGIN\s/,
    /((?:^|[\s:"])(?!AUTH LOGIN\r?\n)[A-Za-z]{0,8}\d{0,6}\sLOGIN\s\\{0,4}"?[^\s"\\]{1,80}\\{0,4}"?\s\\{0,4}"?)([^\s"\\]{4,100})/g,
    (secret) => /\d|[^\w.-]/.test(secret),
  ],
  [
    // Login of SMTP, in base64.
    /\bAUTH\s(?:LOGIN|PLAIN)\b|UGFzc3dvcmQ6/,
    /(\bAUTH\sPLAIN\s{1,4}|\bAUTH\sLOGIN\s{0,4}\n[\w+/=]{2,100}\n|UGFzc3dvcmQ6\s{0,4}\n(?:[A-Za-z]{1,8}:?\s|>{1,3}\s)?)([\w+/=]{4,200})/g,
    (secret) => secret.length > 0,
  ],
  [
    // certutil -p …, signtool sign /p …: whatever else the option may mean
    // Option of a tool that takes what looks random.
    /\s[-/][pPwWka][\s:=]/,
    new RegExp(String.raw`(\s[-/][pPwWka](?:\s{1,3}|[:=])\\?["']?)${word}`, 'g'),
    looksRandom,
  ],
  [
    // What Redis is signed in with.
    /\bAUTH\s/,
    new RegExp(String.raw`(\bAUTH\s{1,3}(?:[\w.-]{1,40}\s{1,3})?)${word}`, 'g'),
    looksMixed,
  ],
  [
    // Rasdial "VPN" bob …
    // What a connection is dialled with.
    /\brasdial\b/i,
    new RegExp(
      String.raw`(\brasdial(?:\.exe)?\s{1,3}(?:\\?"[^"\n\\]{1,60}\\?"|\S{1,60})\s{1,3}[\w.@\\-]{1,60}\s{1,3})(?![/*])\\?"?${word}`,
      'gi',
    ),
    (secret) => secret.length > 0,
  ],
];

/** Letters and digits with a sign among them that passwords are asked to have, or what a generator made. */
function looksChosen(word: string): boolean {
  return looksRandom(word) || (looksMade(word) && /[@!#$%^&*]/.test(word));
}

/** `Spring2026!`: a word and a year, as people who must have big and small letters and digits choose. */
function looksPicked(word: string): boolean {
  return looksMixed(word) && /^[A-Za-z]{2,20}[@#_!.$-]?\d{1,8}[!@#$.]?$/.test(word);
}

/** What one of them stands in: most texts of a record are passed by it. */
const anySieve =
  /[^\s/]\/[^\s/]|LOGIN\s|UGFzc3dvcmQ6|[^\s/] \/ |\w:[\w*]|[-/][pPwWka][\s:=]|\d[\s,，、|]|\bu(?:s?e?r|n)?[:=]|\b(?:using|with|via|AUTH|rasdial)\s|\w\(|\.TAB|[{([<]tab[)}\]>]|-\w{0,12}(?:cred|log)|log_?[io]n\w{0,20}\.|登[录陆入]/i;

/** Masks secrets of logins that no name tells. */
export function maskLoginShapes(text: string): string {
  if (text.length < leastLength || !anySieve.test(text)) return text;
  let masked = text;
  for (const [sieve, pattern, isSecret] of shapes) {
    if (!sieve.test(masked)) continue;
    masked = masked.replace(pattern, (found, head: string, secret: string) => {
      const bare = secret.replace(/[.:!?]{1,4}$/, '');
      return isSecret(bare) ? head + maskSecret(bare) + secret.slice(bare.length) : found;
    });
  }
  return masked;
}
