import { quotedValue } from './quotedText.ts';
import { looksMade, type SecretSpan } from './secretSpan.ts';

/**
 * Calls that take a user and a secret by their places. `signs in` is one call of many names; `connect` has so many
 * other meanings (events, graphs, databases without a password) that it must look like a login.
 */
const call =
  /(?<![A-Za-z])((?:log_?(?:in|on)|sign_?in|authenticate(?:_?using|_?with)?|do_?login|[a-z]{0,12}_login|auth|with_?basic_?auth|basic_?auth|set_?basic_?auth|(?:HTTP)?(?:Basic|Digest|Proxy)Auth(?:entication)?|(?:HTTP)(?:Basic|Digest|Proxy|Ntlm)Auth|(?:with_?|set_?|use_?|add_?)?[a-z]{0,24}Credentials?|PlainAuth|(?:set)?PasswordAuthentication|simple_bind(?:_s)?|bind_s|ldap_bind)|((?:\w{1,20}\.)?connect|(?:Workbooks|Documents)\.Open|getConnection|createConnection|createPool|create_pool|Connection|SMBConnection|SMTP(?:_SSL)?|FTP(?:_TLS)?|set_password)|(Minio|Aip[A-Z]\w{1,20}|SparkApi\.main))\s{0,2}\(/gi;
const sieve =
  /(?:log_?(?:in|on)|sign_?in|authenticate\w{0,6}|auth(?:entication)?|credentials?|connect(?:ion)?|pool|smtp(?:_ssl)?|ftp(?:_tls)?|minio|aip\w{2,20}|sparkapi\.main|bind(?:_s)?|(?:workbooks|documents)\.open|set_password)\s{0,2}\(/i;
/** More of a call is not read. */
const longestCall = 400;
const mostArguments = 8;
const bare =
  /\s{0,8}(?:[A-Za-z_]\w{0,30}\s{0,2}[=:](?![=:])\s{0,2})?(?:[\w.$@-]{1,60}(?:\(\)|\[[^\]\n]{0,40}\])?)?\s{0,8}/y;
/** With its name, which tells what it is. */
const prefix =
  /\s{0,8}([A-Za-z_]\w{0,30}\s{0,2}=(?!=)\s{0,2})?[bfruBFRUN@$]{0,2}(?=\\{0,256}["'`])/y;
/** What is no secret wherever it stands: an address, a selector, a path, an event of words. */
const noSecret = /^(?:\w{2,12}:\/\/|[#.\/]|\s*$|\$?\{)|\s\S+\s/;
const userName =
  /^(?:.*[._])?(?:user(?:_?name)?|usr|uid|login|account|acct|email|mail|root|sa|admin)$/i;

interface Argument {
  readonly text: string;
  /** Where a text in quotes stands; undefined for anything else. */
  readonly span: SecretSpan | undefined;
}

/** The secrets among the arguments of calls that sign in somewhere. */
export function findCallArguments(text: string): SecretSpan[] {
  if (!text.includes('(')) return basicCall(text);
  const spans = keyedSieve.test(text) ? keysOf(text) : [];
  spans.push(...basicCall(text));
  if (!sieve.test(text)) return spans;
  call.lastIndex = 0;
  for (let found = call.exec(text); found !== null; found = call.exec(text)) {
    const from = call.lastIndex;
    const list = argumentsFrom(text.slice(0, from + longestCall), from);
    if (found[3] !== undefined) spans.push(...ofClient(list));
    const secret = found[2] === undefined ? ofLogin(list) : ofConnection(list, found[2]);
    if (found[3] === undefined && secret !== undefined) spans.push(secret);
  }
  return spans;
}

/** `conn.Open "DSN=erp", "sa", "…"`: Basic calls without brackets. */
const openCall = /\b\w{1,20}\.Open\s{1,2}(?="[^"\n]{0,200}"\s{0,2},)/gi;
const basicSieve = /\.(?:open|(?:un)?protect)\s/i;

function basicCall(text: string): SecretSpan[] {
  if (!text.includes(' "') && !text.includes(' \\"')) return [];
  return basicSieve.test(text) ? [...opened(text), ...keysOf(text)] : [];
}

function opened(text: string): SecretSpan[] {
  return [...text.matchAll(openCall)].flatMap(({ index, 0: head }) => {
    const from = index + head.length;
    const line = /^[^\n]{0,400}/.exec(text.slice(from, from + longestCall))?.[0] ?? '';
    const list = argumentsFrom(`${text.slice(0, from)}${line})`, from);
    return ofConnection(list, 'Open') ?? [];
  });
}

/** What signs and ciphers takes its key by its place, and what types into a field its text. */
const keyed = new RegExp(
  String.raw`\b(?:${[
    String.raw`(?:AES|DES3?|ARC[24]|Blowfish|ChaCha20|hmac)\.(?:new|digest)\(|Fernet\(`,
    String.raw`decrypt\(`,
    String.raw`jwt\.(?:encode|decode|sign|verify)\(\s{0,4}(?:[\w.]{1,60}|\{[^{}\n]{0,200}\})\s{0,4},`,
    String.raw`create(?:Hmac|(?:C|Dec)ipheriv)\(\s{0,4}["'\x60][\w-]{1,30}["'\x60]\s{0,4},`,
    String.raw`\w{1,40}\.(?:un)?protect[ (]\s{0,4}(?:password\s{0,2}:?=\s{0,2})?`,
    String.raw`(?:set|fill|type|input|send|write|enter)\w{0,24}\(\s{0,4}\w{0,30}(?:pwd|pass(?:wo?r?d)?|secret)\w{0,30}\s{0,4},`,
  ].join('|')})\s{0,8}(?:key\s{0,2}=\s{0,2})?[bru]{0,2}(?=\\{0,256}["'\x60])`,
  'gi',
);
const keyedSieve =
  /\.(?:un)?protect[ (]|decrypt\(|\.(?:new|digest|encode|decode|sign|verify)\(|Fernet\(|Hmac\(|ipheriv\(|(?:pwd|pass|secret)\w{0,30}\s{0,4},/i;

function keysOf(text: string): SecretSpan[] {
  const spans: SecretSpan[] = [];
  keyed.lastIndex = 0;
  for (let found = keyed.exec(text); found !== null; found = keyed.exec(text)) {
    const from = keyed.lastIndex;
    const span = quotedValue(text.slice(0, from + longestCall), from);
    if (span === undefined) continue;
    const { start, end } = span;
    if (looksMade(text.slice(start, end))) spans.push({ start, end });
  }
  return spans;
}

/** The last text of two or three; the user may stay. */
function ofLogin(list: readonly Argument[]): SecretSpan | undefined {
  if (list.length < 2) return undefined;
  const last = list.findLastIndex(({ span }) => span !== undefined);
  // login("bob", "…", "en"): what stands behind a password is short.
  const at =
    last > 1 && list.length > 2 && list[last - 1]?.span !== undefined && !isAddress(list[0])
      ? 1
      : last;
  const found = at < 1 ? undefined : list[at];
  return found === undefined || noSecret.test(found.text) ? undefined : found.span;
}

function isAddress(argument: Argument | undefined): boolean {
  return argument?.span === undefined || /[:/.]/.test(argument.text);
}

/** What follows a user's name, or looks like a password among three or more. */
function ofConnection(list: readonly Argument[], callee: string): SecretSpan | undefined {
  const afterUser = list.findIndex(
    ({ text, span }, index) =>
      span !== undefined && userName.test(list[index - 1]?.text ?? '') && !noSecret.test(text),
  );
  if (afterUser > 0) return list[afterUser]?.span;
  // Service, user and secret.
  if (callee === 'set_password' && list.length === 3) return list[2]?.span;
  const least = /\.?connect$/i.test(callee) ? 3 : 2;
  if (list.length < least) return undefined;
  // A database's name has letters and digits as well.
  const isStrict = /^(?:connection|smtp|ftp)/i.test(callee);
  const isSecret = ({ text, span }: Argument) =>
    span !== undefined && isPasswordLike(text) && (!isStrict || /[A-Z]|[^\w.-]/.test(text));
  // connect(host, user, "…"), and connect(user, "…", name) of some drivers.
  return (list.slice(least - 1).find(isSecret) ?? list.slice(1).find(isSecret))?.span;
}

/** The key and the secret of a service's client, behind its address or its id. */
function ofClient(list: readonly Argument[]): readonly SecretSpan[] {
  return list
    .slice(1)
    .flatMap(({ text, span }) => (span !== undefined && isPasswordLike(text) ? [span] : []));
}

/** `db:1521/ERP`, `//db/ERP` */
const service = /^(?:\/\/[\w.-]+|[\w.-]+:\d{2,5})(?::\d{2,5})?\/[\w.-]*$/;

/** Letters with digits or signs among them, no name of a host, a file or an event. */
function isPasswordLike(text: string): boolean {
  if (noSecret.test(text) || /\s/.test(text) || text.length < 6) return false;
  if (/^[\w-]+(?:\.[\w-]+)+(?::\d+)?$/.test(text) || service.test(text)) return false;
  if (/^[\w.-]+\/[\w.-]+$/.test(text)) return false;
  return (
    /\d/.test(text) &&
    /[a-z]/i.test(text) &&
    (/[A-Z]/.test(text) || /[^\w.-]/.test(text) || !/[-_]/.test(text))
  );
}

function argumentsFrom(text: string, from: number): Argument[] {
  const list: Argument[] = [];
  let at = from;
  while (list.length < mostArguments && at < text.length) {
    const next = argumentAt(text, at);
    if (next === undefined) return list;
    list.push(next.argument);
    if (text.charAt(next.end) !== ',') return text.charAt(next.end) === ')' ? list : [];
    at = next.end + 1;
  }
  return list;
}

function argumentAt(
  text: string,
  at: number,
): { readonly argument: Argument; readonly end: number } | undefined {
  prefix.lastIndex = at;
  const begun = prefix.exec(text);
  if (begun !== null) {
    const span = quotedValue(text, prefix.lastIndex);
    // Without a quote that ends it there is none behind it either.
    if (span === undefined || span.end === text.length) return undefined;
    const { start, end } = span;
    const argument =
      begun[1] === undefined
        ? { text: text.slice(start, end), span: { start, end } }
        : { text: '', span: undefined };
    return { argument, end: span.next + blanks(text, span.next) };
  }
  bare.lastIndex = at;
  bare.test(text);
  const end = bare.lastIndex;
  return end === at
    ? undefined
    : { argument: { text: text.slice(at, end).trim(), span: undefined }, end };
}

function blanks(text: string, at: number): number {
  return /^\s{0,8}/.exec(text.slice(at, at + 8))?.[0].length ?? 0;
}
