/** Where a text stops being JSON. `truncated`: everything up to its end is JSON that goes on. */
export interface JsonFault {
  readonly kind: 'truncated' | 'invalid';
  /** In UTF-16 code units from the start. */
  readonly position: number;
  /** What stands there that a text may not hold: `control sign U+000A in a text`, `\\d is no escape`. */
  readonly what?: string;
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const space = /[ \t\r\n]*/y;
const literals = ['true', 'false', 'null', 'NaN', 'Infinity', '-Infinity'];

/**
 * Finds where a text that JSON.parse refused stops being JSON, because the engines' messages name the place
 * only sometimes and each in its own words. Undefined when it finds no fault.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const structure = findStructureFault(text);
  const within = findTextFault(text, structure?.position ?? text.length);
  return within ?? structure;
}

/** What may follow a backslash; `\u` has four digits behind it. */
const escapes = new Set(['\\"', '\\\\', '\\/', '\\b', '\\f', '\\n', '\\r', '\\t']);

/** The first fault within a text before `until`. */
function findTextFault(text: string, until: number): JsonFault | undefined {
  for (let at = text.indexOf('"'); at >= 0 && at < until;) {
    const end = endOfString(text, at);
    const close = end < 0 ? until : end - 1;
    const fault = faultIn(text, at + 1, Math.min(close, until));
    if (fault !== undefined || end < 0) return fault;
    at = text.indexOf('"', end);
  }
  return undefined;
}

function faultIn(text: string, from: number, to: number): JsonFault | undefined {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20) {
      const sign = code.toString(16).toUpperCase().padStart(4, '0');
      return { kind: 'invalid', position: at, what: `control sign U+${sign} in a text` };
    }
    if (code !== 0x5c) continue;
    const escape = text.slice(at, at + 2);
    const isHex = escape === '\\u' && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6));
    if (!isHex && !escapes.has(escape)) {
      return { kind: 'invalid', position: at, what: `${escape} is no escape` };
    }
    at++;
  }
  return undefined;
}

function findStructureFault(text: string): JsonFault | undefined {
  const closers: ('}' | ']')[] = [];
  let at = skipSpace(text, 0);
  let expect: 'value' | 'valueOrEnd' | 'name' | 'nameOrEnd' | 'next' = 'value';
  for (;;) {
    if (expect === 'next' && closers.length === 0) {
      return at < text.length ? { kind: 'invalid', position: at } : undefined;
    }
    if (at >= text.length) return { kind: 'truncated', position: text.length };
    const sign = text.charAt(at);
    const closes = expect === 'next' || expect === 'nameOrEnd' || expect === 'valueOrEnd';
    if (closes && sign === closers.at(-1)) {
      closers.pop();
      expect = 'next';
      at = skipSpace(text, at + 1);
    } else if (expect === 'next') {
      if (sign !== ',') return { kind: 'invalid', position: at };
      expect = closers.at(-1) === '}' ? 'name' : 'value';
      at = skipSpace(text, at + 1);
    } else if (expect === 'name' || expect === 'nameOrEnd') {
      if (sign !== '"') return { kind: 'invalid', position: at };
      const end = endOfString(text, at);
      if (end < 0) return { kind: 'truncated', position: text.length };
      at = skipSpace(text, end);
      if (at >= text.length) return { kind: 'truncated', position: text.length };
      if (text.charAt(at) !== ':') return { kind: 'invalid', position: at };
      expect = 'value';
      at = skipSpace(text, at + 1);
    } else if (sign === '{' || sign === '[') {
      closers.push(sign === '{' ? '}' : ']');
      expect = sign === '{' ? 'nameOrEnd' : 'valueOrEnd';
      at = skipSpace(text, at + 1);
    } else {
      const end = sign === '"' ? endOfString(text, at) : endOfScalar(text, at);
      if (end === undefined) return { kind: 'invalid', position: at };
      if (end < 0) return { kind: 'truncated', position: text.length };
      expect = 'next';
      at = skipSpace(text, end);
    }
  }
}

/** Whether brackets stand within one another more than `limit` times; what stands in texts doesn't count. */
export function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      const end = endOfString(text, at);
      if (end < 0) return false;
      at = end - 1;
    } else if (code === 0x5b || code === 0x7b) {
      if (++depth > limit) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
}

/** Behind the closing quote; -1 when there is none. */
export function endOfString(text: string, opening: number): number {
  for (let at = text.indexOf('"', opening + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at;
    while (text.charCodeAt(before - 1) === 0x5c) before--;
    if ((at - before) % 2 === 0) return at + 1;
  }
  return -1;
}

/** Behind a number or literal; -1 when the text ends within it; undefined when there is none. */
function endOfScalar(text: string, at: number): number | undefined {
  for (const literal of literals) {
    if (text.startsWith(literal, at)) return at + literal.length;
    const rest = text.slice(at, at + literal.length);
    if (at + rest.length === text.length && literal.startsWith(rest)) return -1;
  }
  number.lastIndex = at;
  return number.test(text) ? number.lastIndex : undefined;
}

function skipSpace(text: string, at: number): number {
  space.lastIndex = at;
  space.test(text);
  return space.lastIndex;
}
