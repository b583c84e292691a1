import type { Json } from '../base/json.ts';
import type { TreeNode } from '../trace/tree.ts';
import { visibleRows } from '../trace/visibleRows.ts';
import type { ComparedRun, Named, Section, ValuePath } from './comparedRun.ts';
import { canonicalText, insideText, isList, isObject } from './jsonValues.ts';
import { ownTime } from './leafTimes.ts';
import { complaintsOf } from './logDifferences.ts';
import { ownSectionOf, sectionOf } from './sections.ts';
import { foldedText, type OwnTime, roughShape } from './shapes.ts';
import type { LeafPlaces } from './valueDifferences.ts';

/** What the good runs tell of a place: another value in each of them, the same one, or too little. */
export type LearntVerdict = 'volatile' | 'stable' | 'unknown';

/** What good runs have at the places of one row. */
export interface Learnt {
  readonly verdict: (at: LeafPlaces, after: Json) => LearntVerdict;
  /** Whether no good run ever had this value there; false where too few are known to tell. */
  readonly isNew: (section: Section, path: ValuePath, after: Json | undefined) => boolean;
  /** Whether any good run had this very value there, or had none. */
  readonly hasBeen: (section: Section, path: ValuePath, after: Json | undefined) => boolean;
  /** What each of them said there that something went wrong with. */
  readonly complaints: () => readonly ReadonlyMap<string, string>[];
  /** Whether one item more or less of a list, which has so many now, is nothing that good runs don't have. */
  readonly isUsualItem: (at: LeafPlaces, item: Json, change: 'added' | 'removed') => boolean;
}

/** Nothing is known. */
export const nothingLearnt: Learnt = {
  ...{ verdict: () => 'unknown', isNew: () => false, isUsualItem: () => false },
  ...{ hasBeen: () => false, complaints: () => [] },
};

/** So many have to differ, and so many good runs have to be known. */
const leastRuns = 3;
/** More tell hardly more, and each is decoded. */
export const mostGoodRuns = 10;
/** Deeper nobody reads. */
const mostDeep = 8;
/** Of lists: more values tell nothing more. */
const mostValues = 1_000;

/** Several good runs of one flow: what differs in all of them is no difference. */
export class GoodRuns {
  private readonly runs: readonly GoodRun[];

  constructor(runs: readonly ComparedRun[]) {
    this.runs = runs.slice(0, mostGoodRuns).map((run) => new GoodRun(run));
  }

  /** What they tell of the row of `of`; of the execution itself with null. */
  learnt(of: ComparedRun, node: TreeNode | null, occurrence: number): Learnt {
    if (this.runs.length < leastRuns) return nothingLearnt;
    const own = new GoodRun(of);
    const place = { nodeId: node?.nodeId ?? null, occurrence };
    const withEqual = lazily(() => {
      const wanted = node === null ? own.inputKey(place) : own.keyOf(node);
      return this.runs.filter((run) => run.inputKey(place) === wanted);
    });
    // What a node is given hangs on what the execution was given.
    const start = { nodeId: null, occurrence: 0 };
    const startedEqually = lazily(() => {
      const wanted = own.inputKey(start);
      return this.runs.filter((run) => run.inputKey(start) === wanted);
    });
    const told = oncePerPath((section, path) => {
      const fitting = section === 'input' ? startedEqually() : withEqual();
      if (fitting.length < leastRuns) return 'unknown';
      const found = fitting.map((run) => ({ run, values: run.values(place, section, path) }));
      const texts = new Set(found.map(({ values }) => canonicalText(values)));
      if (texts.size === 1) return 'stable';
      if (texts.size < leastRuns) return 'unknown';
      return new Set(
        found.flatMap(({ run, values }) => values.map((value) => roughShape(value, run.own))),
      );
    });
    const usual = oncePerPath((section, path) => {
      if (this.runs.length < leastRuns) return null;
      return Usual.of(this.runs.map((run) => ({ run, values: run.values(place, section, path) })));
    });
    const known = oncePerPath((section, path) =>
      this.runs.map((run) => {
        const values = run.values(place, section, path);
        return new Set(values.map((value) => canonicalText(value)));
      }),
    );
    const isNew = (section: Section, path: ValuePath, after: Json | undefined) => {
      const text = canonicalText(after ?? null);
      return known(section, path).every((texts) =>
        texts.size === 0 ? after !== undefined : !texts.has(text),
      );
    };
    /** What each of them has is missing where it isn't there. */
    const hasEach = (section: Section, path: ValuePath, item: Json) => {
      const text = canonicalText(item);
      return known(section, path).every((texts) => texts.has(text));
    };
    const lengths = oncePerPath((section, path) =>
      this.runs.flatMap((run) =>
        run.values(place, section, path).flatMap((list) => (isList(list) ? list.length : [])),
      ),
    );
    const isOrdinary = (section: Section, path: ValuePath, value: Json, depth: number): boolean => {
      if (depth > mostDeep) return false;
      if (isList(value)) {
        return value.every((one, at) => isOrdinary(section, [...path, at], one, depth + 1));
      }
      if (isObject(value)) {
        return Object.entries(value).every(([name, one]) =>
          isOrdinary(section, [...path, name], one ?? null, depth + 1),
        );
      }
      if (!isNew(section, path, value)) return true;
      return usual(section, path)?.has(value, own.own) === true;
    };
    return {
      isNew,
      complaints: () => this.runs.flatMap((run) => run.complaints(place) ?? []),
      hasBeen: (section, path, after) =>
        known(section, path).some((texts) =>
          after === undefined ? texts.size === 0 : texts.has(canonicalText(after)),
        ),
      isUsualItem: ({ path, after: { section }, itemsAfter = 0 }, item, change) => {
        if (change === 'removed' && hasEach(section, path, item)) return false;
        const before = lengths(section, path.slice(0, -1));
        const { least, most } = rangeOf(before);
        const isAsLong = itemsAfter >= least && itemsAfter <= most;
        return isAsLong && isOrdinary(section, path, item, 0);
      },
      verdict: ({ path, after: { section } }, after) => {
        const shapes = told(section, path);
        if (shapes === 'stable') return shapes;
        const isShaped =
          shapes !== 'unknown' && shapes.size === 1 && shapes.has(roughShape(after, own.own));
        if (isShaped) return 'volatile';
        // What each run was given is its own, and so is what it made of that.
        return usual(section, path)?.has(after, own.own) === true ? 'volatile' : 'unknown';
      },
    };
  }
}

/** How much less or more, as a share of the distance between the least and the most, numbers may be than they were. */
const mostBeyond = 1;
/** The same for amounts and counts, which differ by times. */
const mostTimes = 4;
/** Texts that are so many times as long, or a part of it, are others in more than their words. */
const mostLonger = 4;

interface OfRun {
  readonly run: GoodRun;
  readonly values: readonly Json[];
}

/** What good runs have at a place where nearly each of them has another value, whatever it was given. */
class Usual {
  private readonly shapes: ReadonlySet<string>;
  private readonly numbers: Range;
  private readonly areWhole: boolean;
  private readonly lengths: Range;
  /** What all long texts begin and end with: the words around what is put in. */
  private readonly around: readonly [string, string];

  private constructor(all: readonly OfRun[]) {
    const values = all.flatMap((one) => one.values);
    this.shapes = new Set(all.flatMap((one) => one.values.map((v) => roughShape(v, one.run.own))));
    const numbers = values.filter((value) => typeof value === 'number');
    const texts = values.filter((value) => typeof value === 'string');
    this.numbers = rangeOf(numbers);
    this.areWhole = numbers.every(Number.isInteger);
    this.lengths = rangeOf(texts.map(({ length }) => length));
    this.around = aroundOf(texts);
  }

  /** Null where the value is the same in some of them, or they are too few. */
  static of(all: readonly OfRun[]): Usual | null {
    if (all.some(({ values }) => values.length === 0)) return null;
    const different = new Set(all.map(({ values }) => canonicalText(values))).size;
    return different >= Math.max(leastRuns, all.length - 1) ? new Usual(all) : null;
  }

  /** Whether a value is one more of them. */
  has(value: Json, own: OwnTime): boolean {
    if (!this.shapes.has(roughShape(value, own))) return false;
    if (typeof value === 'number') return this.hasNumber(value);
    return typeof value !== 'string' || this.hasText(value);
  }

  private hasNumber(value: number): boolean {
    const { least, most } = this.numbers;
    const beyond = mostBeyond * (most - least);
    if (!Number.isInteger(value) && this.areWhole) return false;
    // None of them was nothing, or less: then this one is what is odd.
    if (value <= 0 && least > 0) return false;
    const isTimes = least > 0 && value * mostTimes >= least && value <= mostTimes * most;
    return isTimes || (value >= least - beyond && value <= most + beyond);
  }

  private hasText(value: string): boolean {
    const { least, most } = this.lengths;
    const isAsLong = value.length * mostLonger >= least && value.length <= mostLonger * most;
    const [begin, end] = this.around;
    return isAsLong && value.startsWith(begin) && value.endsWith(end);
  }
}

interface Range {
  readonly least: number;
  readonly most: number;
}

/** Of none: nothing is within. A loop: a list of a record may be longer than a call takes arguments. */
function rangeOf(numbers: readonly number[]): Range {
  let [least, most] = [Infinity, -Infinity];
  for (const one of numbers) {
    if (one < least) least = one;
    if (one > most) most = one;
  }
  return { least, most };
}

/** Shorter texts are values as a whole. */
const leastAround = 40;

function aroundOf(texts: readonly string[]): readonly [string, string] {
  const [first = '', ...others] = texts;
  if (texts.some(({ length }) => length < leastAround)) return ['', ''];
  let [begin, end] = [first.length, first.length];
  for (const other of others) {
    const most = Math.min(begin, other.length);
    begin = 0;
    while (begin < most && first[begin] === other[begin]) begin++;
    const last = Math.min(end, other.length);
    end = 0;
    while (end < last && first.at(-1 - end) === other.at(-1 - end)) end++;
  }
  // Where a word or a number is only begun, the next one may begin otherwise.
  return [
    first.slice(0, wordBegin(first, begin)),
    first.slice(first.length - Math.min(end, first.length - begin)).replace(/^[\p{L}\p{N}]+/u, ''),
  ];
}

/** Where the word begins that ends there. A loop: an expression would look on from each sign of a text without an end. */
function wordBegin(text: string, end: number): number {
  let at = end;
  while (at > 0) {
    const one = text.charCodeAt(at - 1);
    // The second half of a sign that is two.
    const size = at > 1 && one >= 0xdc00 && one <= 0xdfff ? 2 : 1;
    if (!/^[\p{L}\p{N}]/u.test(text.slice(at - size, at))) break;
    at -= size;
  }
  return at;
}

interface Place {
  /** Null: the execution itself. */
  readonly nodeId: string | null;
  readonly occurrence: number;
}

class GoodRun {
  readonly own;
  private readonly run: ComparedRun;
  private byNode: ReadonlyMap<string, readonly TreeNode[]> | undefined;
  /** The variables that were asked for last: each value of a section asks for the same ones. */
  private last: (Place & { section: Section; byName: ReadonlyMap<string, Named> }) | undefined;
  /** What its texts hold that are JSON themselves. */
  private texts = new InsideTexts();

  constructor(run: ComparedRun) {
    this.run = run;
    this.own = ownTime(run);
  }

  /** Stands for what was given there, times and IDs aside. */
  inputKey(place: Place): string {
    return this.textOf(this.section(place, 'input'));
  }

  keyOf(node: TreeNode): string {
    return this.textOf(sectionOf(this.dataOf(node), 'input'));
  }

  values(place: Place, section: Section, path: ValuePath): readonly Json[] {
    const [name, ...way] = path;
    const named = this.byName(place, section).get(String(name));
    if (named === undefined) return [];
    let found: readonly Json[] = named.rounds;
    for (const step of named.isRounds ? way.slice(1) : way) {
      found = partsOf(found, step, this.texts);
    }
    return found;
  }

  private byName(place: Place, section: Section): ReadonlyMap<string, Named> {
    const { nodeId, occurrence } = place;
    const { last } = this;
    const isLast =
      last?.section === section && last.nodeId === nodeId && last.occurrence === occurrence;
    if (isLast) return last.byName;
    const byName = new Map(this.section(place, section).map((one) => [one.name, one]));
    this.last = { nodeId, occurrence, section, byName };
    this.texts = new InsideTexts();
    return byName;
  }

  /** Undefined where it did not run. */
  complaints({ nodeId, occurrence }: Place): ReadonlyMap<string, string> | undefined {
    const row = nodeId === null ? undefined : this.rowOf(nodeId, occurrence);
    return row && complaintsOf(this.dataOf(row), this.own);
  }

  private section({ nodeId, occurrence }: Place, section: Section): readonly Named[] {
    if (nodeId === null) {
      return section === 'config' ? [] : ownSectionOf(this.run.ownData(), section);
    }
    const row = this.rowOf(nodeId, occurrence);
    return row === undefined ? [] : sectionOf(this.dataOf(row), section);
  }

  private rowOf(nodeId: string, occurrence: number): TreeNode | undefined {
    this.byNode ??= nodesById(this.run.tree);
    const rows = this.byNode.get(nodeId);
    return rows?.[occurrence] ?? rows?.at(-1);
  }

  private dataOf({ run }: TreeNode) {
    return run === null ? undefined : this.run.dataOf(run.key);
  }

  private textOf(values: readonly Named[]): string {
    const leaf = (value: Json) => (typeof value === 'string' ? foldedText(value, this.own) : value);
    return canonicalText(
      Object.fromEntries(values.map(({ name, rounds }) => [name, rounds])),
      leaf,
    );
  }
}

/** Of a section: so many signs are parsed once for all that is asked of it, those beyond each time. */
const mostParsed = 4_000_000;

/** Each leaf of a text asks for the whole of it again: to parse it each time would take the square of their number. */
class InsideTexts {
  private readonly known = new Map<string, Json>();
  private signs = 0;

  /** What a text holds; any other value itself. */
  of(value: Json): Json {
    if (typeof value !== 'string') return value;
    const known = this.known.get(value);
    if (known !== undefined) return known;
    const inside = insideText(value) ?? value;
    if (this.signs + value.length <= mostParsed) {
      this.signs += value.length;
      this.known.set(value, inside);
    }
    return inside;
  }
}

function partsOf(
  values: readonly Json[],
  step: string | number,
  texts: InsideTexts,
): readonly Json[] {
  const found: Json[] = [];
  for (const value of values) {
    for (const part of partsAt(texts.of(value), step)) {
      if (found.push(part) === mostValues) return found;
    }
  }
  return found;
}

/**
 * Looks once for what all items of a list share, since which of them it was says nothing: to look for each would take
 * the square of their number.
 */
function oncePerPath<T>(
  find: (section: Section, path: ValuePath) => T,
): (section: Section, path: ValuePath) => T {
  const found = new Map<string, { readonly value: T }>();
  return (section, path) => {
    const key = JSON.stringify([
      section,
      ...path.map((step) => (typeof step === 'number' ? 0 : step)),
    ]);
    const known = found.get(key) ?? { value: find(section, path) };
    found.set(key, known);
    return known.value;
  };
}

/** Of a list all items: which of them it was differs from run to run. */
function partsAt(value: Json, step: string | number): readonly Json[] {
  if (typeof step === 'number') return isList(value) ? value : [];
  return isObject(value) && Object.hasOwn(value, step) ? [value[step] ?? null] : [];
}

function nodesById(tree: readonly TreeNode[]): ReadonlyMap<string, readonly TreeNode[]> {
  const found = new Map<string, TreeNode[]>();
  for (const { node } of visibleRows(tree, new Set())) {
    if (node.run === null) continue;
    const rows = found.get(node.nodeId);
    if (rows === undefined) found.set(node.nodeId, [node]);
    else rows.push(node);
  }
  return found;
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
