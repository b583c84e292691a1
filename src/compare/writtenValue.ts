import type { Json, JsonObject } from '../base/json.ts';
import { insideText, isList, isObject } from './jsonValues.ts';

/** What stands below another is written so much further in. */
const step = '  ';
/** Names that are read as they are; others are quoted, and so are words that are values. */
const plainName = /^(?!(?:null|true|false)$)[\p{L}_$][\p{L}\p{N}_$.-]*$/iu;
/** Controls but tabs, what VS Code takes for the end of a line, and what turns a line around. */
const unseen = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
/** What would look like the begin of what stands for one of those: doubled, it doesn't. */
const slashes = new RegExp(`(?<!\\\\)\\\\+(?=u[\\da-f]{4}|${unseen.source})`, 'g');

/**
 * A value as lines to be compared, in YAML: nothing parts them that would differ with the next one, as the commas of JSON
 * do, a text of several lines stands in its lines, and what a text holds that is JSON in its parts. Fields stand in the
 * order of `other`, then in their own: what only stands elsewhere is no difference. Not by the
 * library that reads YAML: it chooses between forms of a text by what is in it, so that two texts that differ in a sign may
 * differ in all of their lines, and is ten times as large as all that compares texts.
 */
export function writtenValue(value: JsonObject, other: Json | undefined): string {
  const lines: string[] = [];
  new Writer(lines).fields('', value, other, '');
  return lines.join('\n');
}

class Writer {
  private readonly lines: string[];

  constructor(lines: string[]) {
    this.lines = lines;
  }

  /** `head`: what its first line begins with; `indent`: of what stands below that. */
  fields(head: string, value: JsonObject, other: Json | undefined, indent: string): void {
    const others = isObject(other) ? other : {};
    const names = [
      ...Object.keys(others).filter((name) => Object.hasOwn(value, name)),
      ...Object.keys(value).filter((name) => !Object.hasOwn(others, name)),
    ];
    names.forEach((name, index) => {
      const written = plainName.test(name) ? name : quoted(name);
      const begin = index === 0 ? head : indent;
      this.part(`${begin}${written}:`, value[name] ?? null, others[name], indent + step);
    });
  }

  private items(value: readonly Json[], other: Json | undefined, indent: string): void {
    const others = isList(other) ? other : [];
    value.forEach((item, index) => {
      // Its first field stands beside the dash.
      if (isObject(item) && Object.keys(item).length > 0) {
        this.fields(`${indent}- `, item, others[index], indent + step);
      } else this.part(`${indent}-`, item, others[index], indent + step);
    });
  }

  private part(head: string, value: Json, other: Json | undefined, indent: string): void {
    const inside = insideText(value);
    if (inside !== undefined) {
      this.part(`${head} # JSON`, inside, insideText(other) ?? other, indent);
    } else if (typeof value === 'string' && value.includes('\n')) this.block(head, value, indent);
    else if (isList(value) && value.length > 0) {
      this.lines.push(head);
      this.items(value, other, indent);
    } else if (isObject(value) && Object.keys(value).length > 0) {
      this.lines.push(head);
      this.fields(indent, value, other, indent);
    } else this.lines.push(`${head} ${quoted(value)}`);
  }

  /** How it ends, and how its lines do, is told in front of it. */
  private block(head: string, text: string, indent: string): void {
    const isOfWindows = !/(?<!\r)\n/.test(text);
    const lines = (isOfWindows ? text.replaceAll('\r\n', '\n') : text).split('\n');
    const hasEnd = lines.at(-1) === '';
    if (hasEnd) lines.pop();
    const begin = lines.find((line) => line !== '')?.startsWith(' ') === true ? '2' : '';
    const end = !hasEnd ? '-' : lines.at(-1) === '' ? '+' : '';
    this.lines.push(`${head} |${begin}${end}${isOfWindows ? ' # CRLF' : ''}`);
    for (const line of lines)
      this.lines.push(line === '' ? '' : indent + escaped(line.replace(slashes, '$&$&')));
  }
}

function quoted(value: Json): string {
  // JSON has no word for a number that is larger than any.
  return typeof value === 'number' ? String(value) : escaped(JSON.stringify(value));
}

function escaped(text: string): string {
  return text.replace(unseen, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
