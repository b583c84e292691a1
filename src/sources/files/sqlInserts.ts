import { backslash, openBrace } from '../../base/jsonSigns.ts';

const apostrophe = 0x27;
const newline = 0x0a;
const dash = 0x2d;
const hash = 0x23;
const slash = 0x2f;
const star = 0x2a;

/** Enough to see how a file begins: databases put settings and the table above the rows. */
const lookedAt = 64 * 1024;
const insertStatement = /(?:^|\n)[^\S\n]{0,100}INSERT\s+(?:\w+\s+){0,2}(?:INTO\s+)?["'`[\w]/i;
/** What stands before it has no record: a file of those may speak of statements. */
const beginsAsSql =
  /^\s*(?:--|\/\*|#|REM\b|INSERT\b|SET\b|CREATE\b|DROP\b|BEGIN\b|PRAGMA\b|USE\b|LOCK\b|DELETE\b|GO\b|SELECT\b)/i;

/** In a quote that is no JSON's: `{\"sid\": …`, as MySQL escapes it. */
const escapedBegin = /^\{\s*\\"/;
const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  0: '\0',
  Z: '\x1a',
};
/** A byte of UTF-8, or of ASCII, each as one sign. */
const signs = 'latin1';

/**
 * The records that a database's dump inserts, each on its line; undefined where it inserts none, or is no dump. Rows stand
 * each in a statement, or many in one on one line.
 */
export function insertedRecords(bytes: Uint8Array): Uint8Array | undefined {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = content.toString(signs, 0, lookedAt);
  if (!beginsAsSql.test(head) || !insertStatement.test(head)) return undefined;
  const records: Buffer[] = [];
  for (let at = 0; at < content.length;) {
    const byte = content[at];
    if (byte === apostrophe) {
      const end = endOfText(content, at);
      // What a dump that breaks off has of its last record is listed as that.
      const record = recordIn(content.subarray(at + 1, end < 0 ? content.length : end - 1));
      if (record !== undefined) records.push(record, lineEnd);
      at = end < 0 ? content.length : end;
    } else {
      at = endOfComment(content, at) ?? at + 1;
    }
  }
  return records.length === 0 ? undefined : Buffer.concat(records);
}

const lineEnd = Buffer.from('\n');

/** Behind the quote that closes the one at `start`: one that is not doubled, nor behind a backslash; -1 without one. */
function endOfText(content: Buffer, start: number): number {
  for (let at = start + 1; at < content.length; at++) {
    if (content[at] === backslash) at++;
    else if (content[at] === apostrophe && content[at + 1] === apostrophe) at++;
    else if (content[at] === apostrophe) return at + 1;
  }
  return -1;
}

/** A comment may have quotes of its own; where one begins, its end. */
function endOfComment(content: Buffer, at: number): number | undefined {
  const byte = content[at];
  const isLine =
    (byte === dash && content[at + 1] === dash) ||
    ((byte === hash || isRemark(content, at)) && (at === 0 || content[at - 1] === newline));
  const isBlock = byte === slash && content[at + 1] === star;
  if (!isLine && !isBlock) return undefined;
  const end = isBlock ? content.indexOf('*/', at + 2) : content.indexOf(newline, at);
  return end < 0 ? content.length : end + (isBlock ? 2 : 1);
}

function isRemark(content: Buffer, at: number): boolean {
  return content.toString(signs, at, at + 4).toUpperCase() === 'REM ';
}

/** Only of a record of ours: other columns may hold JSON as well. */
function recordIn(text: Buffer): Buffer | undefined {
  if (text[0] !== openBrace || !text.includes('sid')) return undefined;
  const written = text.toString(signs);
  const plain = escapedBegin.test(written)
    ? written.replace(/\\([^])|''/g, (_, sign?: string) =>
        sign === undefined ? "'" : (escapes[sign] ?? sign),
      )
    : written.replaceAll("''", "'");
  return Buffer.from(plain, signs);
}
