import type { Json, JsonObject } from '../base/json.ts';
import { pictureIn } from '../base/picture.ts';
import { newlinesIn, wholeSign } from '../base/textPlaces.ts';
import type { WantedWithin } from '../masking/wantedParts.ts';
import type { LeftOutParts } from '../trace/execution.ts';

/** Some screens of lines; a page takes some 30 ms for a megabyte that arrives. */
const mostSigns = 64 * 1024;
/** A text that may be JSON is drawn as a tree, for which all of it is needed: no longer one, whose tree nobody reads. */
const mostOfJson = 1024 * 1024;
/** A line that begins no further before a part is given from its beginning. */
const longLine = 2 * 1024;

interface Given {
  readonly value: Json;
  readonly leftOut: readonly LeftOutParts[];
}

/**
 * A masked value with a window of each long text in it: around the sign that is wanted, else its beginning. Masked
 * before, so that no secret is cut into two halves that look like none. `parts`: what was left out of its lists and objects.
 */
export function withTextsCut(
  value: Json,
  parts: readonly LeftOutParts[],
  wanted: WantedWithin | undefined,
): Given {
  const begins = new Map(parts.map(({ path, from = 0 }) => [JSON.stringify(path), from]));
  const leftOut = [...parts];
  const cut = (part: Json, path: readonly string[], within: WantedWithin | undefined): Json => {
    if (typeof part === 'string') {
      if (isWhole(part)) return part;
      const window = windowOf(part, within?.last);
      leftOut.push({ path, ...window.leftOut });
      return window.text;
    }
    if (typeof part !== 'object' || part === null || !holdsLongText(part)) return part;
    if (!isList(part)) {
      const names = Object.entries(part).map(
        ([name, inner]) => [name, cut(inner, [...path, name], within?.of(name))] as const,
      );
      return Object.fromEntries(names);
    }
    const from = begins.get(JSON.stringify(path)) ?? 0;
    return part.map((inner, index) => {
      const name = String(from + index);
      return cut(inner, [...path, name], within?.of(name));
    });
  };
  return { value: cut(value, [], wanted), leftOut };
}

/** Nearly no value does. */
function holdsLongText(value: Json): boolean {
  if (typeof value === 'string') return !isWhole(value);
  if (typeof value !== 'object' || value === null) return false;
  return isList(value) ? value.some(holdsLongText) : Object.values(value).some(holdsLongText);
}

/** A picture is drawn, and has its own bound. */
function isWhole(text: string): boolean {
  if (text.length <= mostSigns) return true;
  return (text.length <= mostOfJson && /^\s*[[{]/.test(text)) || pictureIn(text) !== null;
}

function windowOf(text: string, last: string | number | undefined) {
  const wanted = typeof last === 'number' ? Math.min(last, text.length) : 0;
  const half = mostSigns / 2;
  const latest = Math.max(0, Math.min(wanted - half, text.length - mostSigns));
  const from = wanted < half + longLine ? 0 : beginOf(text, latest);
  const isRest = text.length - from <= mostSigns + longLine;
  const to = isRest ? text.length : wholeSign(text, from + mostSigns);
  const lines = { before: newlinesIn(text, 0, from), behind: newlinesIn(text, to, text.length) };
  return {
    text: text.slice(from, to),
    leftOut: {
      size: text.length,
      ...(from > 0 && { from }),
      lines,
      bytes: Buffer.byteLength(text),
    },
  };
}

/** Where the line begins, unless that is far before. */
function beginOf(text: string, at: number): number {
  const line = text.lastIndexOf('\n', at - 1) + 1;
  return at - line <= longLine ? line : wholeSign(text, at);
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
