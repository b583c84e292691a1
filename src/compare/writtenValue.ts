import type { Json, JsonObject } from '../base/json.ts';
import { inOneGo } from '../base/steps.ts';
import { alignItems } from './alignItems.ts';
import { insideText, isList, isObject } from './jsonValues.ts';
import { LikenessRoom } from './sequence.ts';

/** What stands below another is written so much further in. */
const step = '  ';
/** Names that are read as they are; others are quoted, and so are words that are values. */
const plainName = /^(?!(?:null|true|false)$)[\p{L}_$][\p{L}\p{N}_$.-]*$/iu;
/** Controls but tabs, what VS Code takes for the end of a line, and what turns a line around. */
const unseen = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
/** What would look like the begin of what stands for one of those: doubled, it doesn't. */
const slashes = new RegExp(`(?<!\\\\)\\\\+(?=u[\\da-f]{4}|${unseen.source})`, 'g');

/** Lines of both sides that belong together; of what one side alone has the other has none. */
export interface WrittenPart {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Items of longer lists are not paired: their lines are, whatever item they are of. */
const mostPaired = 5_000;

/**
 * Two values as lines to be compared, in YAML: nothing parts them that would differ with the next one, as the commas of
 * JSON do, a text of several lines stands in its lines, and what a text holds that is JSON in its parts. Fields of both
 * stand in the order of the later one: what only stands elsewhere is no difference. Items of lists are paired as the
 * differences pair them, each pair a part. Not by the library that reads YAML: it chooses between forms of a text by what
 * is in it, so that two texts that differ in a sign may differ in all of their lines, and is ten times as large as all
 * that compares texts.
 */
export function writtenValues(before: JsonObject, after: JsonObject): readonly WrittenPart[] {
  const writer = new PairWriter();
  writer.fields('', '', [before, after], '');
  return writer.all();
}

type Pair<T> = readonly [before: T, after: T];

/** Writes both, as far as they are alike beside each other. */
class PairWriter {
  private readonly parts: WrittenPart[] = [];
  private readonly room = new LikenessRoom();
  private before = new Writer();
  private after = new Writer();

  all(): readonly WrittenPart[] {
    this.cut();
    return this.parts;
  }

  /** `old` and `now`: what the first line of each begins with; `indent`: of what stands below that. */
  fields(old: string, now: string, [before, after]: Pair<JsonObject>, indent: string): void {
    let [oldHead, nowHead] = [old, now];
    const own = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
    for (const name of [...Object.keys(after), ...own]) {
      const label = nameText(name);
      const [isOld, isNow] = [before, after].map((value) => Object.hasOwn(value, name));
      const [one, other] = [before[name] ?? null, after[name] ?? null];
      const below = indent + step;
      if (isOld && isNow) this.pair(oldHead + label, nowHead + label, [one, other], below);
      else if (isOld) this.before.part(oldHead + label, one, below);
      else this.after.part(nowHead + label, other, below);
      if (isOld) oldHead = indent;
      if (isNow) nowHead = indent;
    }
  }

  private pair(old: string, now: string, values: Pair<Json>, indent: string): void {
    const [inOld, inNow] = [insideText(values[0]), insideText(values[1])];
    const both = [inOld ?? values[0], inNow ?? values[1]] as const;
    const heads = [old + markOf(inOld), now + markOf(inNow)] as const;
    if (areLists(both)) {
      this.heads(heads);
      this.items(both, indent);
    } else if (areObjects(both)) {
      this.heads(heads);
      this.fields(indent, indent, both, indent);
    } else {
      this.before.part(old, values[0], indent);
      this.after.part(now, values[1], indent);
    }
  }

  private heads([old, now]: Pair<string>): void {
    this.before.lines.push(old);
    this.after.lines.push(now);
  }

  private items([before, after]: Pair<readonly Json[]>, indent: string): void {
    if (before.length > mostPaired || after.length > mostPaired) {
      for (const item of before) this.before.item(item, indent);
      for (const item of after) this.after.item(item, indent);
      return;
    }
    const { partners, moved } = inOneGo(alignItems(before, after, this.room));
    let from = 0;
    /** What has no partner stands alone; what stands elsewhere now does so at both places. */
    const aloneUpTo = (to: number) => {
      for (; from < to; from++) {
        this.cut();
        this.before.item(before[from] ?? null, indent);
      }
    };
    after.forEach((item, to) => {
      const partner = moved.has(to) ? -1 : (partners[to] ?? -1);
      if (partner !== -1) aloneUpTo(partner);
      this.cut();
      if (partner === -1) this.after.item(item, indent);
      else {
        this.item([before[partner] ?? null, item], indent);
        from = partner + 1;
      }
    });
    aloneUpTo(before.length);
    this.cut();
  }

  private item(both: Pair<Json>, indent: string): void {
    if (areObjects(both)) this.fields(`${indent}- `, `${indent}- `, both, indent + step);
    else if (both.some(isFilledObject)) {
      this.before.item(both[0], indent);
      this.after.item(both[1], indent);
    } else this.pair(`${indent}-`, `${indent}-`, both, indent + step);
  }

  /** What comes now belongs to none of what is written. */
  private cut(): void {
    const [before, after] = [this.before.lines, this.after.lines];
    if (before.length + after.length === 0) return;
    this.parts.push({ before, after });
    this.before = new Writer();
    this.after = new Writer();
  }
}

function areLists(both: Pair<Json>): both is Pair<readonly Json[]> {
  return both.every((value) => isList(value) && value.length > 0);
}

function areObjects(both: Pair<Json>): both is Pair<JsonObject> {
  return both.every(isFilledObject);
}

function isFilledObject(value: Json): value is JsonObject {
  return isObject(value) && Object.keys(value).length > 0;
}

/** Behind the name of a text that holds JSON. */
function markOf(inside: Json | undefined): string {
  return inside === undefined ? '' : ' # JSON';
}

function nameText(name: string): string {
  return `${plainName.test(name) ? name : quoted(name)}:`;
}

/** Writes one value. */
class Writer {
  readonly lines: string[] = [];

  item(item: Json, indent: string): void {
    // Its first field stands beside the dash.
    if (isFilledObject(item)) this.fields(`${indent}- `, item, indent + step);
    else this.part(`${indent}-`, item, indent + step);
  }

  part(head: string, value: Json, indent: string): void {
    const inside = insideText(value);
    if (inside !== undefined) this.part(head + markOf(inside), inside, indent);
    else if (typeof value === 'string' && value.includes('\n')) this.block(head, value, indent);
    else if (isList(value) && value.length > 0) {
      this.lines.push(head);
      for (const item of value) this.item(item, indent);
    } else if (isFilledObject(value)) {
      this.lines.push(head);
      this.fields(indent, value, indent);
    } else this.lines.push(`${head} ${quoted(value)}`);
  }

  private fields(head: string, value: JsonObject, indent: string): void {
    Object.entries(value).forEach(([name, part], index) => {
      this.part((index === 0 ? head : indent) + nameText(name), part ?? null, indent + step);
    });
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
