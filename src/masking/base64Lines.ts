/** Base64 of mails and of `openssl` is broken into lines of one length; in a text of JSON their ends are escaped. */
const leastLine = 24;
const leastBlock = 40;
const firstLine = /(?<![\w+/-](?<!\\[nrt])|\\(?=[nrt]))[\w+/-]{24,200}/g;
/** Line by line: one expression for all of them has no room for those of some megabytes. */
const nextLine = /(?:\r?\n|(?:\\{1,64}r)?\\{1,64}n)[ \t]{0,16}[\w+/-]{1,200}={0,2}/y;
const lineBreak = /(?:\r?\n|(?:\\{1,64}r)?\\{1,64}n)[ \t]{0,16}/;
const allBreaks = new RegExp(lineBreak, 'g');

/** Lines of a block, and what was read from them together; undefined when they are no base64 of a text. */
interface Run {
  readonly from: number;
  readonly until: number;
  readonly inner: string | undefined;
}

type Read = (joined: string) => string | undefined;

/** Replaces base64 that is broken over lines by what `rewrite` makes of the text within, broken in the same way. */
export function maskBase64Lines(
  text: string,
  read: Read,
  rewrite: (inner: string) => string | undefined,
): string {
  if (!hasLines(text)) return text;
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of blocksIn(text)) {
    const found = text.slice(start, end);
    const lines = found.split(lineBreak);
    const breaks = found.match(allBreaks) ?? [];
    const written = runsOf(lines, read)
      .map(({ from, until, inner }) => {
        const rewritten = inner === undefined ? undefined : rewrite(inner);
        const width = lines[from]?.length ?? 0;
        const written =
          rewritten === undefined
            ? joined(lines, breaks, from, until)
            : broken(rewritten, width, breaks[from] ?? '\n');
        return written + (breaks[until - 1] ?? '');
      })
      .join('');
    parts.push(text.slice(done, start), written);
    done = end;
  }
  return parts.join('') + text.slice(done);
}

/** Where at least two lines of base64 stand below each other; whoever reads one looks for others in it. */
function* blocksIn(text: string): Generator<{ readonly start: number; readonly end: number }> {
  for (let at = 0; ;) {
    firstLine.lastIndex = at;
    const first = firstLine.exec(text);
    if (first === null) return;
    at = firstLine.lastIndex;
    const endOfFirst = at;
    for (nextLine.lastIndex = at; nextLine.test(text);) at = nextLine.lastIndex;
    if (at > endOfFirst) yield { start: first.index, end: at };
  }
}

/** The texts that stand in base64 that is broken over lines. */
export function textInLines(text: string, read: Read): string[] {
  if (!hasLines(text)) return [];
  return [...blocksIn(text)].flatMap(({ start, end }) =>
    runsOf(text.slice(start, end).split(lineBreak), read).flatMap(({ inner }) => inner ?? []),
  );
}

/** Whether a line ends behind as many letters of base64 as the first of a block has: most texts have words there. */
function hasLines(text: string): boolean {
  if (text.length <= leastBlock) return false;
  return endsLine(text, '\n') || endsLine(text, '\\n');
}

function endsLine(text: string, lineEnd: string): boolean {
  for (let at = text.indexOf(lineEnd); at !== -1; at = text.indexOf(lineEnd, at + 1)) {
    let end = at;
    while (isBackslash(text, end - 1)) end--;
    if (isAllBase64(text, end)) return true;
    const isReturn =
      text[end - 1] === '\r' || (text[end - 1] === 'r' && isBackslash(text, end - 2));
    if (!isReturn) continue;
    end--;
    while (isBackslash(text, end - 1)) end--;
    if (isAllBase64(text, end)) return true;
  }
  return false;
}

function isBackslash(text: string, at: number): boolean {
  return text.charCodeAt(at) === 0x5c;
}

function isAllBase64(text: string, end: number): boolean {
  if (end < leastLine) return false;
  for (let at = end - 1; at >= end - leastLine; at--) {
    if (!base64Letter.test(text.charAt(at))) return false;
  }
  return true;
}

const base64Letter = /[\w+/-]/;

/** Cuts a block into runs, each one base64 text or none. */
function runsOf(lines: readonly string[], read: Read): Run[] {
  const runs: Run[] = [];
  let wasRead = true;
  for (let from = 0; from < lines.length;) {
    const run = runFrom(lines, from, read);
    // One line of the same length may stand before; to try each would take the square of their number.
    const isOneBefore = run.inner === undefined && wasRead;
    const until = isOneBefore ? from + 1 : run.until;
    runs.push({ ...run, until });
    wasRead = run.inner !== undefined;
    from = until;
  }
  return runs;
}

/** The lines from here on that are one base64 text: all of one length but the last, which may be another text. */
function runFrom(lines: readonly string[], from: number, read: Read): Run {
  const width = lines[from]?.length ?? 0;
  let full = from + 1;
  while (full < lines.length && lines[full]?.length === width) full++;
  const isShorter = full < lines.length && (lines[full]?.length ?? 0) < width;
  for (const until of isShorter ? [full + 1, full] : [full]) {
    if (until - from < 2) continue;
    const inner = read(lines.slice(from, until).join(''));
    if (inner !== undefined) return { from, until, inner };
  }
  return { from, until: full, inner: undefined };
}

function joined(
  lines: readonly string[],
  breaks: readonly string[],
  from: number,
  until: number,
): string {
  let text = lines[from] ?? '';
  for (let at = from + 1; at < until; at++) text += (breaks[at - 1] ?? '') + (lines[at] ?? '');
  return text;
}

function broken(text: string, width: number, lineEnd: string): string {
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += width) lines.push(text.slice(at, at + width));
  return lines.join(lineEnd);
}
