import type { Json, JsonObject } from '../base/json.ts';
import type { Steps } from '../base/steps.ts';
import type { RunKey } from '../trace/execution.ts';
import type { ItemKey, Named, Section, ValueAt, ValuePath, ValueWay } from './comparedRun.ts';
import { alignItems } from './alignItems.ts';
import { insideText, isList, isMasked, isNothing, isObject, surelySame } from './jsonValues.ts';
import { Pace, workOfValue } from './pace.ts';
import { LikenessRoom } from './sequence.ts';
import type { VolatileShape } from './shapes.ts';

/**
 * How a value differs. `retyped`: the same as a text and as a number; `secret`: masked, and another one; `otherPlace`:
 * an ID that differs in each run, and no longer the one of the same other places.
 */
export type Change =
  'changed' | 'added' | 'removed' | 'moved' | 'retyped' | 'secret' | 'otherPlace';

/** How many items a list had and has. */
export interface Items {
  readonly before: number;
  readonly after: number;
}

/** A value that differs; undefined: it isn't there. */
export interface ValueDifference {
  readonly path: ValuePath;
  /** Where it stood before, if elsewhere: as another item of a list. */
  readonly pathBefore?: ValuePath;
  readonly change: Change;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** How many good runs have what is there now; missing where nothing tells. */
  readonly having?: number;
  /** Of an item that one of two lists of other lengths lacks. */
  readonly items?: Items;
  /** Of a list in which more stand elsewhere than anybody reads one by one: how many. The place is that of the first. */
  readonly movedItems?: number;
  /** None of them has it, and so many have one of their own that another one is nothing odd. */
  readonly isOneMore?: true;
  /** Good runs differ there from each other, and it is like what they have. */
  readonly isVaried?: true;
}

/** A value that is another in every run. */
export interface FoldedValue {
  readonly path: ValuePath;
  readonly shape: VolatileShape | 'learnt';
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/**
 * What can't be compared. `stored`: the record holds an address only; `hidden`: not checked for secrets; `cut`: too deep;
 * `rounds`: all but the last of an item.
 */
export type Unknown = 'stored' | 'hidden' | 'masked' | 'cut' | 'rounds';

/** What two leaves, or a leaf and something else, are to each other. */
export type Verdict =
  | { readonly kind: 'same' }
  | ({ readonly kind: 'different' } & Pick<
      ValueDifference,
      'change' | 'having' | 'isOneMore' | 'isVaried'
    >)
  | { readonly kind: 'folded'; readonly shape: FoldedValue['shape'] }
  | { readonly kind: 'unknown'; readonly why: Unknown };

/** Where two leaves stand. */
export interface LeafPlaces {
  readonly path: ValuePath;
  readonly way: ValueWay;
  readonly before: ValueAt;
  readonly after: ValueAt;
  /** Where one of them is an item that the other list lacks: how many the lists have. */
  readonly items?: Items;
}

/** Judges what isn't the same for sure; undefined: nothing is there. */
export type LeafJudge = (
  before: Json | undefined,
  after: Json | undefined,
  places: LeafPlaces,
) => Steps<Verdict>;

/** What differs in a section of two runs. */
export interface SideDifferences {
  readonly differences: readonly ValueDifference[];
  /** How many differ beside those. */
  readonly more: number;
  readonly folded: readonly FoldedValue[];
  readonly unknown: readonly { readonly path: ValuePath; readonly why: Unknown }[];
}

/** Where nothing differs. */
export const noDifferences: SideDifferences = { differences: [], more: 0, folded: [], unknown: [] };

/** Of a section nobody reads more one by one; the rest is counted. */
const mostKept = 100;

/** So many items of a list are told one by one when they stand elsewhere. */
const mostMoved = 20;

/** A section of a node run, or with `run` null of the execution itself. */
export interface ComparedSide {
  readonly run: RunKey | null;
  readonly values: readonly Named[];
  /** How often it ran. */
  readonly count: number;
}

/** Compares two sections, variable by variable. */
export function* compareSides(
  section: Section,
  before: ComparedSide,
  after: ComparedSide,
  judge: LeafJudge,
): Steps<SideDifferences> {
  if (haveSame(before.values, after.values)) return noDifferences;
  return yield* new SideComparison(section, [before, after], judge).compare();
}

function haveSame(before: readonly Named[], after: readonly Named[]): boolean {
  if (before.length !== after.length) return false;
  return before.every((one, index) => {
    const other = after[index];
    return one.name === other?.name && surelySame(one.rounds, other.rounds);
  });
}

/** Where the walk is. */
interface At {
  readonly path: ValuePath;
  readonly way: ValueWay;
  readonly before: { readonly index: number; readonly path: ValuePath };
  readonly after: { readonly index: number; readonly path: ValuePath };
  /** Within a text of a value: the place is that of the text. */
  readonly isText?: true;
}

class SideComparison {
  private readonly section: Section;
  private readonly sides: readonly [ComparedSide, ComparedSide];
  private readonly judge: LeafJudge;
  private readonly differences: ValueDifference[] = [];
  private more = 0;
  private readonly folded: FoldedValue[] = [];
  private readonly unknown: { path: ValuePath; why: Unknown }[] = [];
  private readonly pace = new Pace();
  private readonly room = new LikenessRoom();

  constructor(section: Section, sides: readonly [ComparedSide, ComparedSide], judge: LeafJudge) {
    this.section = section;
    this.sides = sides;
    this.judge = judge;
  }

  *compare(): Steps<SideDifferences> {
    const [{ values: before }, { values: after }] = this.sides;
    const byName = new Map(before.map((one) => [one.name, one]));
    for (const one of after) {
      const other = byName.get(one.name);
      byName.delete(one.name);
      if (other === undefined) yield* this.leaf(undefined, one.rounds[0], atOf(one, one));
      else yield* this.variable(other, one);
      if (this.pace.isDue(workOfValue)) yield;
    }
    for (const other of byName.values()) {
      yield* this.leaf(other.rounds[0], undefined, atOf(other, other));
    }
    const { differences, more, folded, unknown } = this;
    return { differences, more, folded, unknown };
  }

  private *variable(before: Named, after: Named): Steps<void> {
    if (!before.isRounds && !after.isRounds) {
      yield* this.walk(before.rounds[0], after.rounds[0], atOf(before, after)) ?? [];
      return;
    }
    // A record that keeps one round only keeps the last.
    if (before.isRounds !== after.isRounds) {
      const single = this.sides[before.isRounds ? 1 : 0];
      if (single.count > 1) this.addUnknown([after.name], 'rounds');
      yield* this.walk(before.rounds.at(-1), after.rounds.at(-1), atOf(before, after, -1)) ?? [];
      return;
    }
    yield* this.list(before.rounds, after.rounds, (from, to, key) => ({
      ...{ path: [after.name, to ?? from ?? 0], way: [after.name, key] },
      before: { index: before.places[from ?? 0] ?? before.index, path: [] },
      after: { index: after.places[to ?? 0] ?? after.index, path: [] },
    }));
  }

  /** The steps that are left to do; undefined for what is the same, as most values are: steps for each would take longer. */
  private walk(before: Json | undefined, after: Json | undefined, at: At): Steps<void> | undefined {
    if (surelySame(before, after)) return undefined;
    if (isList(before) && isList(after) && before.length > 0 && after.length > 0) {
      return this.list(before, after, (from, to, key) =>
        within(at, from ?? to ?? 0, to ?? from ?? 0, key),
      );
    }
    // What an execution was started with as a whole has no name that anybody knows.
    const hasName = at.path.length > 1 || this.sides[1].run !== null;
    if (isObject(before) && isObject(after) && !(hasName && isEmptied(before, after))) {
      return this.object(before, after, at);
    }
    if (mayHoldJson(before) && mayHoldJson(after)) return this.insideTexts(before, after, at);
    return this.leaf(before, after, at);
  }

  /** JSON within texts: how it is written is no difference. What is masked is known by the place of the whole text. */
  private *insideTexts(before: string, after: string, at: At): Steps<void> {
    const old = insideText(before);
    if (this.pace.isDue(before.length)) yield;
    const now = insideText(after);
    if (this.pace.isDue(after.length)) yield;
    const haveParts = (isList(old) && isList(now)) || (isObject(old) && isObject(now));
    if (haveParts) yield* this.walk(old, now, { ...at, isText: true }) ?? [];
    else yield* this.leaf(before, after, at);
  }

  private *object(before: JsonObject, after: JsonObject, at: At): Steps<void> {
    for (const name of Object.keys(after)) {
      const other = Object.hasOwn(before, name) ? before[name] : undefined;
      const steps = this.walk(other, after[name], within(at, name, name, name));
      if (steps !== undefined) yield* steps;
      if (this.pace.isDue(workOfValue)) yield;
    }
    for (const name of Object.keys(before)) {
      if (!Object.hasOwn(after, name)) {
        yield* this.leaf(before[name], undefined, within(at, name, name, name));
      }
      if (this.pace.isDue(workOfValue)) yield;
    }
  }

  private *list(
    before: readonly Json[],
    after: readonly Json[],
    place: (from: number | undefined, to: number | undefined, key: ItemKey | null) => At,
  ): Steps<void> {
    const { partners, moved, left, keyed } = yield* alignItems(before, after, this.room);
    const items = { before: before.length, after: after.length };
    const isOnly = before.length === 1 && after.length === 1;
    const itemKey = (item: Json | undefined): ItemKey | null => {
      if (keyed !== null && isObject(item)) return { field: keyed, value: item[keyed] };
      return isOnly ? { field: null, value: undefined } : null;
    };
    let areMany = false;
    for (const [to, from] of partners.entries()) {
      if (this.pace.isDue(workOfValue)) yield;
      const here = place(from === -1 ? undefined : from, to, itemKey(after[to]));
      if (from === -1) {
        yield* this.leaf(undefined, after[to], here, items);
        continue;
      }
      if (moved.has(to) && !areMany) {
        const isFirstOfMany = moved.size > mostMoved;
        areMany ||= isFirstOfMany;
        this.add({
          ...{ path: here.path, change: 'moved', before: from, after: to },
          ...(isFirstOfMany && { movedItems: moved.size }),
        });
      }
      const steps = this.walk(before[from], after[to], here);
      if (steps !== undefined) yield* steps;
    }
    for (const from of left) {
      if (this.pace.isDue(workOfValue)) yield;
      const here = place(from, undefined, itemKey(before[from]));
      yield* this.leaf(before[from], undefined, here, items);
    }
  }

  private *leaf(
    before: Json | undefined,
    after: Json | undefined,
    at: At,
    items?: Items,
  ): Steps<void> {
    const places = this.placesOf(at);
    const verdict = yield* this.judge(
      before,
      after,
      items === undefined ? places : { ...places, items },
    );
    switch (verdict.kind) {
      case 'same':
        return;
      case 'different': {
        const { kind: _, ...how } = verdict;
        const isOfLength = items !== undefined && items.before !== items.after;
        const isInBoth = before !== undefined && after !== undefined;
        this.add({
          ...{ path: at.path, before, after, ...how },
          ...(isOfLength && { items }),
          ...(isInBoth && otherPath(at)),
        });
        return;
      }
      case 'folded':
        if (this.folded.length < mostKept) {
          this.folded.push({ path: at.path, shape: verdict.shape, before, after });
        }
        return;
      case 'unknown':
        this.addUnknown(at.path, verdict.why);
    }
  }

  private addUnknown(path: ValuePath, why: Unknown): void {
    if (this.unknown.length < mostKept) this.unknown.push({ path, why });
  }

  private placesOf({ path, way, before, after }: At): LeafPlaces {
    const [{ run: runBefore }, { run: runAfter }] = this.sides;
    const { section } = this;
    return {
      ...{ path, way },
      before: { run: runBefore, section, ...before },
      after: { run: runAfter, section, ...after },
    };
  }

  private add(found: ValueDifference): void {
    if (this.differences.length === mostKept) this.more++;
    else this.differences.push(found);
  }
}

/** Within a text only its own place is known, and of rounds none. */
function otherPath({ path, before, isText }: At): Pick<ValueDifference, 'pathBefore'> {
  const [name] = path;
  if (isText === true || name === undefined || path.length !== before.path.length + 1) return {};
  const isSame = before.path.every((step, index) => step === path[index + 1]);
  return isSame ? {} : { pathBefore: [name, ...before.path] };
}

function atOf(before: Named, after: Named, round = 0): At {
  return {
    ...{ path: [after.name], way: [after.name] },
    before: { index: before.places.at(round) ?? before.index, path: [] },
    after: { index: after.places.at(round) ?? after.index, path: [] },
  };
}

function within(
  at: At,
  from: string | number,
  to: string | number,
  step: string | ItemKey | null,
): At {
  const { path, before, after, isText } = at;
  const [name, ...steps] = at.way;
  const here = { path: [...path, to], way: [name, ...steps, step] as const };
  if (isText === true) return { ...at, ...here };
  return {
    ...here,
    before: { index: before.index, path: [...before.path, from] },
    after: { index: after.index, path: [...after.path, to] },
  };
}

/** The names of its fields may be others in each run; that there are none is what differs then. */
function isEmptied(before: JsonObject, after: JsonObject): boolean {
  return isNothing(after) && Object.values(before).some((value) => !isNothing(value));
}

/** A text that is masked is judged as a whole. */
function mayHoldJson(value: Json | undefined): value is string {
  return typeof value === 'string' && /^\s*[[{]/.test(value) && !isMasked(value);
}
