/** Texts of YAML that go over several lines, as programs fold what is long. Without tabs, which have rules of their own. */

/** The text of folded lines: where one ends stands a blank, and an empty one is a line end. */
function unfolded(text: string): string {
  if (!text.includes('\n')) return text;
  return text.replaceAll(/[ \n]+/g, (blanks) => withoutFolds(blanks, '\n'));
}

/** What stands between two words: only what holds a line end is another than it looks. */
function withoutFolds(blanks: string, lineEnd: string): string {
  const lines = blanks.split('\n').length - 1;
  if (lines === 0) return blanks;
  return lines === 1 ? ' ' : lineEnd.repeat(lines - 1);
}

/** Where a text in single quotes ends, which begins here; -1 for one that doesn't. */
export function endOfSingleQuoted(text: string, at: number): number {
  let end = at + 1;
  for (;;) {
    end = text.indexOf("'", end);
    if (end < 0) return -1;
    if (text.charAt(end + 1) !== "'") return end + 1;
    end += 2;
  }
}

/** What a text in single quotes says. */
export function singleQuoted(whole: string): string {
  return unfolded(whole.slice(1, -1)).replaceAll("''", "'");
}

const unescaped = /[^"\\\u0000-\u0009\u000b-\u001f]*/y;
const escaped =
  /\\(?:["\\/bfnrt \n]|u[\da-fA-F]{4}|x[\da-fA-F]{2}|U00(?:0[\da-fA-F]|10)[\da-fA-F]{4})/y;

/** Where a text in double quotes ends, which begins here; -1 for one that doesn't, or holds what is seldom written. */
export function endOfDoubleQuoted(text: string, at: number): number {
  let end = at + 1;
  for (;;) {
    unescaped.lastIndex = end;
    unescaped.exec(text);
    end = unescaped.lastIndex;
    if (text.charAt(end) === '"') return end + 1;
    escaped.lastIndex = end;
    if (!escaped.test(text)) return -1;
    end = escaped.lastIndex;
  }
}

/** Signs of such a text that JSON has not. */
const notInJson = /\n|\\[ xU]/;
const foldOrEscape = /\\(?:\n *|x(..)|U(.{8})|[^])|[ \n]+/g;

/** What a text in double quotes says. */
export function doubleQuoted(whole: string): string {
  const json = notInJson.test(whole) ? whole.replaceAll(foldOrEscape, asJson) : whole;
  return JSON.parse(json) as string;
}

function asJson(found: string, byte?: string, code?: string): string {
  if (byte !== undefined) return `\\u00${byte}`;
  if (code !== undefined) {
    return JSON.stringify(String.fromCodePoint(Number.parseInt(code, 16))).slice(1, -1);
  }
  if (!found.startsWith('\\')) return withoutFolds(found, '\\n');
  // A line that ends with the sign goes on without a blank.
  return found.charAt(1) === '\n' ? '' : found === '\\ ' ? ' ' : found;
}

/** Words that are no texts. */
const noValue = /^(?:~|null|Null|NULL)$/;
const truth = /^(?:true|True|TRUE)$/;
const untruth = /^(?:false|False|FALSE)$/;

/** What words without quotes say. A number stays its text, as an id may be one that no number can be. */
export function plainValue(words: string): string | boolean | null {
  if (noValue.test(words)) return null;
  if (truth.test(words)) return true;
  return untruth.test(words) ? false : unfolded(words);
}

/** A text that stands below its head, line by line. */
export interface LiteralBlock {
  readonly value: string;
  /** From its first sign to its last that is no blank. */
  readonly start: number;
  readonly end: number;
  /** Where the first line begins that is none of its own. */
  readonly next: number;
  /** Whether the empty lines at its end count. */
  readonly isKept: boolean;
  /** Whether its head says how deep it stands, which the first line can't where it begins with a blank. */
  readonly saysDepth: boolean;
}

const literalHead = /\|([1-9]?)([-+]?) *(?:\n|$)/y;

/** The block whose head stands here, below what stands in a column; undefined for one that is seldom written. */
export function literalBlock(text: string, at: number, column: number): LiteralBlock | undefined {
  literalHead.lastIndex = at;
  const head = literalHead.exec(text);
  if (head === null) return undefined;
  const [, depth = '', ending = ''] = head;
  const from = literalHead.lastIndex;
  const indent = depth === '' ? indentOf(text, from) : column + Number(depth);
  const block = indent > column ? linesOf(text, from, indent) : undefined;
  if (block === undefined) return undefined;
  const { lines, next } = block;
  const all = lines.length;
  while (lines.at(-1) === '') lines.pop();
  const body = lines.join('\n');
  // A line end that the text does not have is none that it could keep.
  if (body.trim() === '' || (ending !== '-' && next > text.length)) return undefined;
  const raw = text.slice(from, next);
  const lineEnds = ending === '-' ? 0 : ending === '+' ? all - lines.length + 1 : 1;
  return {
    value: body + '\n'.repeat(lineEnds),
    start: from + raw.length - raw.trimStart().length,
    end: from + raw.trimEnd().length,
    next,
    isKept: ending === '+',
    saysDepth: depth !== '',
  };
}

/** How deep the first line stands that isn't empty. */
function indentOf(text: string, from: number): number {
  let line = from;
  while (text.charAt(line) === '\n') line++;
  let at = line;
  while (text.charAt(at) === ' ') at++;
  return at - line;
}

/** The lines that stand so deep, each without what all of them begin with; of blanks alone each place has rules of its own. */
function linesOf(
  text: string,
  from: number,
  indent: number,
): { readonly lines: string[]; readonly next: number } | undefined {
  const blanks = ' '.repeat(indent);
  const lines: string[] = [];
  let next = from;
  while (next < text.length) {
    const found = text.indexOf('\n', next);
    const end = found < 0 ? text.length : found;
    const line = text.slice(next, end);
    if (line.trimStart() === '' && line !== '') return undefined;
    if (line !== '' && !line.startsWith(blanks)) break;
    lines.push(line.slice(indent));
    next = end + 1;
  }
  return { lines, next };
}
