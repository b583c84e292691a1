import type { Json } from '../base/json.ts';
import { digestLength } from './digest.ts';
import type { LazyLists } from './lazyLists.ts';
import type { MaskRoom } from './maskRoom.ts';
import { maskMark } from './maskSecret.ts';
import type { RedactionRules } from './redactionRules.ts';
import { TextMask } from './textMask.ts';
import { maskTokenShapes, mayBeKey } from './tokenShapes.ts';
import { isUsualId } from './usualId.ts';
import { isTooCostly } from './work.ts';

/** The `::` of a node id or the `@` of a sid between words. */
const plainId = /^[\w-]+(?:(?:::|@)[\w-]+){1,3}$/;

/** Masks secrets; everything that leaves `decode/` went through one of these. */
export interface Redactor {
  /** A text of any kind: a sentence, code, SQL, JSON in text, an address; without the colours of a terminal. */
  text(text: string): string;
  /** The value of a field; its name decides too. */
  named(name: string, value: Json): Json;
  /** The same redactor, whose values end where there is no more room, or whose long lists are masked later. */
  within(room: MaskRoom | LazyLists): Redactor;
  /** For parts of values; undefined where all of them are masked. */
  readonly room?: MaskRoom | LazyLists;
  /**
   * An id that may be a token, or an address with one in it: masked, with a mark behind it by which it is told apart
   * from others. The same id always gives the same, and two never do.
   */
  id(id: string): string;
  /** `masked` with that mark, for an id that was masked for another reason, such as its name. */
  marked(masked: string, id: string): string;
}

/** Makes a redactor. `known` are secrets found elsewhere in the same record: hidden wherever they are echoed. */
export function createRedactor(known: readonly string[], rules: RedactionRules): Redactor {
  return new RecordRedactor(known, rules);
}

/**
 * The same with what `find` knows of the record, or `plain` where that is nothing; where it takes too long, a
 * redactor that hides all sentences.
 */
export function createKnowingRedactor(
  find: () => readonly string[],
  rules: RedactionRules,
  plain?: Redactor,
): Redactor {
  try {
    const known = find();
    return plain !== undefined && known.length === 0 ? plain : new RecordRedactor(known, rules);
  } catch (error) {
    if (isTooCostly(error)) return new RecordRedactor([], rules, true);
    throw error;
  }
}

class RecordRedactor extends TextMask implements Redactor {
  /** An address is the id of each of its many entries. It lives as long as its record is read. */
  private maskedIds: Map<string, string> | undefined;
  private readonly markOf: (id: string) => string;

  constructor(known: readonly string[], rules: RedactionRules, hidesAll = false) {
    super(known, rules, hidesAll);
    this.markOf = rules.markOf;
  }

  id(id: string): string {
    if (!this.patterns.any && isUsualId(id)) return id;
    const isPlain = !/[:=?@\s]/.test(id) || plainId.test(id);
    if (isPlain && !this.patterns.any && !mayBeKey(id)) return id;
    const seen = (this.maskedIds ??= new Map<string, string>());
    let marked = seen.get(id);
    if (marked === undefined) {
      const before = withoutMark(id);
      const masked = isPlain ? this.patterns.mask(maskTokenShapes(before)) : this.text(before);
      marked = masked === before ? id : this.marked(masked, id);
      seen.set(id, marked);
    }
    return marked;
  }

  marked(masked: string, id: string): string {
    return `${masked}~${this.markOf(id)}`;
  }

  within(room: MaskRoom | LazyLists): Redactor {
    return {
      room,
      text: (text) => this.text(text),
      named: (name, value) => this.named(name, value, room),
      within: (other) => this.within(other),
      id: (id) => this.id(id),
      marked: (masked, id) => this.marked(masked, id),
    };
  }
}

/** An id that went through here before, because it is kept without its record or was saved, as it was then masked. */
function withoutMark(id: string): string {
  const isMarked = id.includes(maskMark) && id.at(-digestLength - 1) === '~';
  return isMarked ? id.slice(0, -digestLength - 1) : id;
}
