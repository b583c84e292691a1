import { withoutColoursOfLogs } from '../base/colours.ts';
import type { Json } from '../base/json.ts';
import { notCheckedMark } from '../trace/notChecked.ts';
import { replaceEscapedLiterals } from './escapedLiterals.ts';
import type { CleanJudge } from './cleanText.ts';
import { longestFirst, withoutEchoes } from './echoes.ts';
import { maskBase64Text } from './base64Text.ts';
import { maskCommandLines } from './commandLines.ts';
import type { HarmlessTexts } from './harmlessTexts.ts';
import type { PartsRoom } from './partsRoom.ts';
import { maskGroup, maskNamedText } from './maskNamedText.ts';
import type { RedactionRules } from './redactionRules.ts';
import type { NameJudge } from './secretNames.ts';
import { maskTokenShapes } from './tokenShapes.ts';
import type { UserPatterns } from './noPatterns.ts';
import { ValueMask } from './valueMask.ts';
import { createWork, isTooCostly, type Work } from './work.ts';

/** Base64 in base64, and JSON in JSON, is looked into this often. */
const deepestEncoding = 6;

/** No secret is as plain, so what can't be checked may show it: a count, or a word. */
const harmlessWord = /^(?:\d{1,7}|[A-Z]?[a-z]{1,15})$/;
/** A number or a short word: neither has a shape, an encoding or a name beside it. Most texts of a summary are such. */
const plainWord = /^[A-Z]?[a-z-]{1,15}$/;
/** Of a value with names without end as many are remembered, and no longer ones: 100 KB. */
const mostNames = 500;
const longestName = 100;

/** Masks the secrets of texts and of values. `known` are secrets found elsewhere in the same record: hidden wherever they are echoed. */
export class TextMask {
  private readonly known: readonly string[];
  /** Nobody knows which secrets of its record a text repeats. */
  private readonly hidesAll: boolean;
  private readonly names: NameJudge;
  private readonly isClean: CleanJudge;
  protected readonly patterns: UserPatterns;
  private readonly harmless: HarmlessTexts;
  /** What is known to be shown as it is; undefined where something is masked beside what always is. */
  private readonly unchanged: HarmlessTexts | undefined;
  /** A shorter text repeats none of them. */
  private readonly shortestKnown: number;
  // Most records are seen in a list alone, and have no value masked.
  private values: ValueMask | undefined;
  /** Names of fields: rows of a table have the same. */
  private maskedNames: Map<string, string> | undefined;

  constructor(
    known: readonly string[],
    { names, isClean, patterns, harmless, unchanged }: RedactionRules,
    hidesAll = false,
  ) {
    const isUsual = known.length === 0 && !patterns.any && !hidesAll;
    this.unchanged = isUsual ? unchanged : undefined;
    this.hidesAll = hidesAll;
    this.known = known.length === 0 ? known : longestFirst(known);
    this.shortestKnown = this.known.at(-1)?.length ?? Infinity;
    this.names = names;
    this.isClean = isClean;
    this.patterns = patterns;
    this.harmless = harmless;
  }

  /** A text of any kind: a sentence, code, SQL, JSON in text, an address; without the colours of a terminal. */
  text(text: string): string {
    const { unchanged } = this;
    if (unchanged !== undefined && (text === '' || unchanged.has(text))) return text;
    const masked = this.written(withoutColoursOfLogs(text));
    if (masked === text) unchanged?.add(text);
    return masked;
  }

  /** The same for a value: what is saved of it is what was there. */
  private written(text: string): string {
    return this.hidesAll && !harmlessWord.test(text) ? notCheckedMark : this.nameText(text);
  }

  /** The name of a field is no sentence: it repeats no secret, and two that were hidden would be one. */
  private nameText(name: string): string {
    // Most are so plain that what it takes to look for more is not even made for them.
    if (this.unchanged && (this.isClean(name) || isPlain(name))) return name;
    return withinWork(name, (work) => this.maskText(name, 0, work));
  }

  private fieldName(name: string): string {
    const names = (this.maskedNames ??= new Map<string, string>());
    const known = names.get(name);
    if (known !== undefined) return known;
    const masked = this.nameText(name);
    if (names.size < mostNames && name.length <= longestName) names.set(name, masked);
    return masked;
  }

  /** The value of a field; its name decides too. */
  named(name: string, value: Json, room?: PartsRoom): Json {
    this.values ??= new ValueMask(this.names, {
      value: (text) => this.written(text),
      name: (text) => this.fieldName(text),
      group: (text) => this.written(withinWork(text, (work) => maskGroup(text, work))),
    });
    return this.values.field(name, value, room);
  }

  private maskText(text: string, encodings: number, work: Work): string {
    if (text.length < 4) return this.patterns.mask(text);
    const masked = this.patterns.mask(this.maskUnlessHarmless(text, encodings, work));
    return masked.length < this.shortestKnown ? masked : withoutEchoes(masked, this.known, work);
  }

  private maskUnlessHarmless(text: string, encodings: number, work: Work): string {
    if (isPlain(text) || this.harmless.has(text)) return text;
    const masked = this.isClean(text) ? text : this.maskFound(text, encodings, work);
    // Deep inside, encodings are no longer looked into.
    if (masked === text && encodings === 0) this.harmless.add(text);
    return masked;
  }

  private maskFound(text: string, encodings: number, work: Work): string {
    let masked = maskCommandLines(maskTokenShapes(text));
    if (encodings < deepestEncoding) {
      masked = maskBase64Text(masked, (json) => this.maskText(json, encodings + 1, work));
    }
    masked = maskNamedText(masked, this.names, work);
    return encodings < deepestEncoding && /^\s*[[{"]/.test(masked)
      ? replaceEscapedLiterals(masked, (literal) => this.maskLiteral(literal, encodings + 1, work))
      : masked;
  }

  /** What stands in a JSON text is a text of its own: `\\n` in it ends a line. */
  private maskLiteral(literal: string, encodings: number, work: Work): string {
    const inner = parseLiteral(literal);
    if (inner === undefined) return literal;
    const masked = this.maskText(inner, encodings, work);
    return masked === inner ? literal : JSON.stringify(masked);
  }
}

/** A word, or a number: of any length, so that no expression may keep a place for each of its digits. */
function isPlain(text: string): boolean {
  return plainWord.test(text) || !/\D/.test(text);
}

/** What would take too long is hidden whole: nobody knows what is in it. */
function withinWork(text: string, mask: (work: Work) => string): string {
  try {
    return mask(createWork(text.length));
  } catch (error) {
    if (isTooCostly(error)) return notCheckedMark;
    throw error;
  }
}

function parseLiteral(literal: string): string | undefined {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
