import type { Json } from '../base/json.ts';
import type { Steps } from '../base/steps.ts';
import { canonicalText, isList, isNothing, isObject } from './jsonValues.ts';
import { keyField, keyText } from './keyField.ts';
import { workOfValue } from './pace.ts';
import { type LikenessRoom, type Matches, matchSequences } from './sequence.ts';

/** Which item of one list belongs to which of the other. */
export interface AlignedItems extends Matches {
  /** The field by which they are told apart; null: by what they hold. */
  readonly keyed: string | null;
}

/**
 * The one way in which items of lists are paired, wherever two are compared: by what tells them apart, else by what they
 * hold; of what is left between those, the ones that have most in common. `room` is one for all lists of a value.
 */
export function* alignItems(
  before: readonly Json[],
  after: readonly Json[],
  room: LikenessRoom,
): Steps<AlignedItems> {
  const keyed = keyField(before, after);
  const text = (items: readonly Json[]) => {
    const texts: (string | undefined)[] = [];
    return (index: number) => (texts[index] ??= canonicalText(items[index]));
  };
  const keyOf = (items: readonly Json[]) => (index: number) => {
    const item = items[index];
    return keyed !== null && isObject(item) ? keyText(item[keyed]) : null;
  };
  const by = keyed === null ? text : keyOf;
  const likeness = new Likeness(before, after, room);
  const matches = yield* matchSequences(
    { before: before.length, after: after.length },
    [{ before: by(before), after: by(after), work: workOfValue }],
    (from, to) => keyed === null && areAlike(before[from], after[to]),
    keyed === null ? likeness : undefined,
  );
  return { ...matches, keyed };
}

/** Whether it can be the same item, changed. */
function areAlike(before: Json | undefined, after: Json | undefined): boolean {
  if (isNothing(before) || isNothing(after)) return true;
  if (isList(before) || isList(after)) return isList(before) && isList(after);
  return isObject(before) === isObject(after);
}

/** More of an item nobody needs to know it again. */
const mostParts = 16;
const longestText = 2_000;

/** How much two items have in common. */
class Likeness {
  readonly room: LikenessRoom;
  private readonly sides: readonly [readonly Json[], readonly Json[]];
  private readonly known: readonly [
    Map<number, ReadonlySet<string>>,
    Map<number, ReadonlySet<string>>,
  ];

  constructor(before: readonly Json[], after: readonly Json[], room: LikenessRoom) {
    this.room = room;
    this.sides = [before, after];
    this.known = [new Map(), new Map()];
  }

  /** From 0 to 1. */
  of(from: number, to: number): number {
    const [old, now] = [this.parts(0, from), this.parts(1, to)];
    if (old.size === 0 || now.size === 0) return 0;
    let shared = 0;
    for (const part of old) if (now.has(part)) shared++;
    return shared / Math.max(old.size, now.size);
  }

  private parts(side: 0 | 1, index: number): ReadonlySet<string> {
    const known = this.known[side];
    const found = known.get(index) ?? new Set(partsOf(this.sides[side][index]).slice(0, mostParts));
    known.set(index, found);
    return found;
  }
}

function partsOf(item: Json | undefined): readonly string[] {
  if (isList(item)) return item.slice(0, mostParts).map((part) => canonicalText(part));
  if (isObject(item)) {
    const names = Object.keys(item).slice(0, mostParts);
    return names.map((name) => JSON.stringify([name, canonicalText(item[name])]));
  }
  if (typeof item !== 'string' || item.length > longestText) return [];
  return item.match(/[\p{L}\p{N}]+/gu) ?? [];
}
