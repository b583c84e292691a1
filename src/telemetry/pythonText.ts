import { isList, membersOf } from './wire.ts';
import type { WireValue } from './wire.ts';

/** JSON as Python's `json.dumps(…, ensure_ascii=False)` spaces it: what the services put on the wire. */
export function dumps(value: WireValue, text: (text: string) => string = quoteJson): string {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return jsonNumber(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map((item) => dumps(item, text)).join(', ')}]`;
  const members = [];
  for (const [key, item] of membersOf(value)) {
    // Keys are never replaced by what `text` makes of a value.
    members.push(`${quoteJson(key)}: ${dumps(item, text)}`);
  }
  return `{${members.join(', ')}}`;
}

/** A value as Python's `repr` writes it. */
export function repr(value: WireValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return pythonNumber(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return quotePython(value);
  if (isList(value)) return `[${value.map(repr).join(', ')}]`;
  const members = [...membersOf(value)].map(([key, item]) => `${quotePython(key)}: ${repr(item)}`);
  return `{${members.join(', ')}}`;
}

/** A value as Python's `str` writes it: a text is itself. */
export function str(value: WireValue): string {
  return typeof value === 'string' ? value : repr(value);
}

/** A number that is a float in Python, such as a duration in seconds: `-1.0`. */
export function pythonFloat(value: number): string {
  const text = pythonNumber(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** The escapes are the same in both languages; what is not ASCII stays as it is. */
export function quoteJson(text: string): string {
  // Most texts of a record are short and plain: looking costs half of what JSON.stringify does.
  return isPlain(text) ? `"${text}"` : JSON.stringify(text);
}

/**
 * The same text in one piece: of what is put together V8 keeps the parts until somebody looks into it, and goes through
 * them again for each text that it becomes a part of.
 */
export function flat(text: string): string {
  // To read a sign would do as well, but what nobody uses is optimized away.
  return anything.test(text) ? text : '';
}

const anything = /(?:)/;

/** Whether JSON writes the text as it is, and as it is again within another text. */
export function isPlain(text: string): boolean {
  if (text.length >= longestLook) return false;
  // No expression: most texts are so short that to begin one costs more than to look at each sign.
  for (let at = 0; at < text.length; at++) if (isSpecial(text.charCodeAt(at))) return false;
  return true;
}

/** JSON.stringify is the faster one for long texts. */
const longestLook = 200;

/** A quote, a backslash, what can't be printed, and half of a sign. */
function isSpecial(code: number): boolean {
  return code < 0x20 || code === 0x22 || code === 0x5c || (code >= 0xd800 && code <= 0xdfff);
}

/** Python would write a bare NaN, which no strict reader takes; its newest release writes this text. */
function jsonNumber(value: number): string {
  return Number.isFinite(value) ? pythonNumber(value) : `"${pythonNotFinite(value)}"`;
}

function pythonNotFinite(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

/** Python goes over to exponents below 1e-4, JavaScript below 1e-6, and gives them two digits. */
function pythonNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const text = Math.abs(value) < 1e-4 ? value.toExponential() : String(value);
  return text.includes('e') ? text.replace(/e([+-])(\d)$/, 'e$10$2') : text;
}

const pythonEscapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function quotePython(text: string): string {
  const escaped = text.replace(/[\\\p{C}\p{Z}]/gu, (sign) => {
    return sign === ' ' ? sign : (pythonEscapes[sign] ?? escapedCode(sign.codePointAt(0) ?? 0));
  });
  return escaped.includes("'") && !escaped.includes('"')
    ? `"${escaped}"`
    : `'${escaped.replaceAll("'", "\\'")}'`;
}

/** What can't be printed, by its number in as many digits as it needs. */
function escapedCode(code: number): string {
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
