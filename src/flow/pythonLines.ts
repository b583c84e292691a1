/** A statement of Python, on one line or on several. */
export interface LogicalLine {
  /** In columns; a tab is one, as long as a file uses one of both. */
  readonly indent: number;
  /** Behind the indent. */
  readonly start: number;
  readonly end: number;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** What matters between two statements: strings, comments, brackets, and line ends. */
const token = /"""|'''|["'#()[\]{}]|\\?(?:\r\n|\r|\n)/g;

/** Goes over the statements of Python. What stands in a string or a comment begins none. */
export function* logicalLines(text: string): Generator<LogicalLine> {
  let lineStart = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  let firstLine = 1;
  let depth = 0;
  let codeEnd = lineStart;
  token.lastIndex = 0;
  let at = lineStart;
  for (;;) {
    token.lastIndex = at;
    const found = token.exec(text);
    const stop = found?.index ?? text.length;
    codeEnd = endOfCode(text, at, stop, codeEnd);
    const statement = () => statementOf(text, lineStart, codeEnd, firstLine, line);
    if (found === null) {
      yield* statement();
      return;
    }
    const [sign] = found;
    at = stop + sign.length;
    if (sign === '#') {
      at = endOfLine(text, at);
    } else if (sign.startsWith('"') || sign.startsWith("'")) {
      const end = endOfString(text, at, sign);
      line += lineEndsIn(text, at, end);
      at = end;
      codeEnd = end;
    } else if ('([{'.includes(sign)) {
      depth++;
      codeEnd = at;
    } else if (')]}'.includes(sign)) {
      depth = Math.max(0, depth - 1);
      codeEnd = at;
    } else {
      const isContinued = depth > 0 || sign.startsWith('\\');
      // What is being written may lack a bracket: a definition begins anew.
      if (!isContinued || (depth > 0 && startsAnew(text, at))) {
        yield* statement();
        depth = 0;
        lineStart = at;
        codeEnd = at;
        firstLine = line + 1;
      }
      line++;
    }
  }
}

function* statementOf(
  text: string,
  lineStart: number,
  end: number,
  firstLine: number,
  lastLine: number,
): Generator<LogicalLine> {
  let start = lineStart;
  while (text[start] === ' ' || text[start] === '\t') start++;
  if (end > start) yield { indent: start - lineStart, start, end, firstLine, lastLine };
}

/** Behind the last sign of a stretch that is no blank. */
function endOfCode(text: string, from: number, to: number, before: number): number {
  let end = to;
  while (end > from && /\s/.test(text.charAt(end - 1))) end--;
  return end > from ? end : before;
}

function endOfLine(text: string, from: number): number {
  const lineEnd = /[\r\n]/g;
  lineEnd.lastIndex = from;
  return lineEnd.exec(text)?.index ?? text.length;
}

/** A string with one quote ends with its line, whatever it lacks. */
function endOfString(text: string, from: number, quote: string): number {
  const isLong = quote.length === 3;
  const stop = isLong ? /\\[^]|"""|'''/g : /\\(?:\r\n|[^])|["'\r\n]/g;
  stop.lastIndex = from;
  for (let found = stop.exec(text); found !== null; found = stop.exec(text)) {
    if (found[0] === quote) return stop.lastIndex;
    if (/^[\r\n]/.test(found[0])) return found.index;
  }
  return text.length;
}

function lineEndsIn(text: string, from: number, to: number): number {
  return text.slice(from, to).match(/\r\n|\r|\n/g)?.length ?? 0;
}

function startsAnew(text: string, at: number): boolean {
  const head = /(?:async[ \t]+)?(?:def|class)[ \t]+\p{ID_Continue}+[ \t]*[(:]/uy;
  head.lastIndex = at;
  return head.test(text);
}
