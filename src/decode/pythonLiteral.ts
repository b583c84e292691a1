import type { Json } from '../base/json.ts';

/** Deeper literals are left as text: `repr` of real values stays far below. */
const deepestLiteral = 200;
const number = /[+-]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])/y;
const word = /[A-Za-z_]\w*/y;
const blank = /\s*/y;
const plain = /[^\\'"\n]*/y;
const words = new Map<string, Json>([
  ...([
    ['True', true],
    ['False', false],
    ['None', null],
  ] as const),
  ...([
    ['nan', 'NaN'],
    ['inf', 'Infinity'],
  ] as const),
]);

/**
 * Parses the `repr` of a Python list, tuple, set or dict; undefined when the text is none. Tuples and sets
 * become lists, keys become text, integers beyond 2^53 decimal text. (npm has no such parser that is kept.)
 */
export function parsePythonLiteral(text: string): Json | undefined {
  if (!/^\s*[[({]/.test(text)) return undefined;
  try {
    const reader = new LiteralReader(text);
    return reader.whole();
  } catch (error) {
    if (error instanceof NotALiteral) return undefined;
    throw error;
  }
}

class NotALiteral extends Error {}

class LiteralReader {
  private readonly text: string;
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  whole(): Json {
    const value = this.value();
    this.skipBlank();
    if (this.at < this.text.length) throw new NotALiteral();
    return value;
  }

  private value(): Json {
    this.skipBlank();
    const sign = this.text.charAt(this.at);
    if (sign === '[') return this.items(']').values;
    if (sign === '(') return this.tuple();
    if (sign === '{') return this.dictOrSet();
    const started = this.stringStart();
    return started === undefined ? this.scalar() : this.strings(started);
  }

  private items(closing: string): { values: Json[]; trailingComma: boolean } {
    this.enter();
    const values: Json[] = [];
    let trailingComma = false;
    while (!this.take(closing)) {
      if (values.length > 0 && !trailingComma) throw new NotALiteral();
      values.push(this.value());
      trailingComma = this.take(',');
    }
    this.depth--;
    return { values, trailingComma };
  }

  private tuple(): Json {
    const { values, trailingComma } = this.items(')');
    const [only] = values;
    // Parentheses around one value are no tuple.
    return values.length === 1 && !trailingComma && only !== undefined ? only : values;
  }

  private dictOrSet(): Json {
    this.enter();
    const entries: [string, Json][] = [];
    const members: Json[] = [];
    let more = true;
    while (!this.take('}')) {
      if (!more) throw new NotALiteral();
      const key = this.value();
      if (this.take(':')) entries.push([keyText(key), this.value()]);
      else members.push(key);
      more = this.take(',');
    }
    this.depth--;
    if (members.length > 0 && entries.length > 0) throw new NotALiteral();
    return members.length > 0 ? members : Object.fromEntries(entries);
  }

  private scalar(): Json {
    number.lastIndex = this.at;
    const digits = number.exec(this.text)?.[0];
    if (digits !== undefined) {
      this.at += digits.length;
      const value = Number(digits.replaceAll('_', ''));
      const isWhole = /^[+-]?\d[\d_]*$/.test(digits);
      return isWhole && !Number.isSafeInteger(value) ? digits : value;
    }
    const negative = this.text.charAt(this.at) === '-';
    word.lastIndex = negative ? this.at + 1 : this.at;
    const found = word.exec(this.text)?.[0];
    if (found === undefined) throw new NotALiteral();
    this.at = word.lastIndex;
    if (found === 'set' && this.take('(') && this.take(')')) return [];
    const value = words.get(found);
    if (value === undefined || (negative && found !== 'inf')) throw new NotALiteral();
    return negative ? '-Infinity' : value;
  }

  /** Prefix and quote of a string that starts here. */
  private stringStart(): { raw: boolean; quote: string; length: number } | undefined {
    const found = /([bBuUrR]{0,2})('''|"""|'|")/y;
    found.lastIndex = this.at;
    const start = found.exec(this.text);
    if (start === null) return undefined;
    return { raw: /r/i.test(start[1] ?? ''), quote: start[2] ?? '"', length: start[0].length };
  }

  /** Strings that stand side by side are one. */
  private strings(first: { raw: boolean; quote: string; length: number }): string {
    let text = '';
    for (
      let start: typeof first | undefined = first;
      start !== undefined;
      start = this.stringStart()
    ) {
      this.at += start.length;
      text += this.stringBody(start.quote, start.raw);
      this.skipBlank();
    }
    return text;
  }

  private stringBody(quote: string, raw: boolean): string {
    const parts: string[] = [];
    for (;;) {
      plain.lastIndex = this.at;
      const run = plain.exec(this.text)?.[0] ?? '';
      parts.push(run);
      this.at += run.length;
      if (this.at >= this.text.length) throw new NotALiteral();
      if (this.text.startsWith(quote, this.at)) {
        this.at += quote.length;
        return parts.join('');
      }
      const sign = this.text.charAt(this.at);
      if (sign === '\n' && quote.length === 1) throw new NotALiteral();
      parts.push(sign === '\\' ? this.escape(raw) : sign);
      if (sign !== '\\') this.at++;
    }
  }

  private escape(raw: boolean): string {
    const code =
      /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|\r?\n|([\s\S]))/y;
    code.lastIndex = this.at;
    const found = code.exec(this.text);
    if (found === null) throw new NotALiteral();
    this.at = code.lastIndex;
    if (raw) return found[0];
    const [, x, u, long, octal, simple] = found;
    const hex = x ?? u ?? long;
    if (hex !== undefined) {
      const point = Number.parseInt(hex, 16);
      if (point > 0x10ffff) throw new NotALiteral();
      return String.fromCodePoint(point);
    }
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    if (simple === undefined) return '';
    return simpleEscapes.get(simple) ?? (/[\\'"]/.test(simple) ? simple : found[0]);
  }

  private enter(): void {
    this.at++;
    if (++this.depth > deepestLiteral) throw new NotALiteral();
  }

  private take(sign: string): boolean {
    this.skipBlank();
    if (this.text.charAt(this.at) !== sign) return false;
    this.at++;
    return true;
  }

  private skipBlank(): void {
    blank.lastIndex = this.at;
    blank.test(this.text);
    this.at = blank.lastIndex;
  }
}

const simpleEscapes = new Map<string, string>([
  ...([
    ['n', '\n'],
    ['t', '\t'],
    ['r', '\r'],
    ['b', '\b'],
  ] as const),
  ...([
    ['f', '\f'],
    ['v', '\v'],
    ['a', '\u0007'],
  ] as const),
]);

function keyText(key: Json): string {
  if (typeof key === 'string') return key;
  if (key === null) return 'None';
  if (typeof key === 'boolean') return key ? 'True' : 'False';
  if (typeof key !== 'object') return String(key);
  // Python has no dicts as keys; as text in a key each level would double the backslashes of those within.
  if (holdsDict(key)) throw new NotALiteral();
  return JSON.stringify(key);
}

function holdsDict(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return !Array.isArray(value) || value.some(holdsDict);
}
