import type { Json } from '../base/json.ts';
import type { TreeNode } from '../trace/tree.ts';
import type { ComparedRun, Section, ValuePath } from './comparedRun.ts';
import { GoodRun } from './goodRun.ts';
import { canonicalText, isList, isObject } from './jsonValues.ts';
import { roughShape } from './shapes.ts';
import { leastRuns, rangeOf, UsualValues } from './usualValues.ts';
import type { LeafPlaces } from './valueDifferences.ts';

/** What the good runs tell of a place: another value in each of them, the same one, or too little. */
export type LearntVerdict = 'volatile' | 'stable' | 'unknown';

/** What good runs have at the places of one row. */
export interface Learnt {
  readonly verdict: (at: LeafPlaces, after: Json) => LearntVerdict;
  /** How many good runs had this value there; null where too few are known to tell. */
  readonly having: (section: Section, path: ValuePath, after: Json | undefined) => number | null;
  /** Whether any good run had this very value there, or had none. */
  readonly hasBeen: (section: Section, path: ValuePath, after: Json | undefined) => boolean;
  /** Whether most good runs differ there in the same: they have the value of now, or not that of before, and some have it. */
  readonly isCommon: (at: LeafPlaces, before: Json | undefined, after: Json | undefined) => boolean;
  /** What each of them said there that something went wrong with. */
  readonly complaints: () => readonly ReadonlyMap<string, string>[];
  /** Whether one item more or less of a list, which has so many now, is nothing that good runs don't have. */
  readonly isUsualItem: (at: LeafPlaces, item: Json, change: 'added' | 'removed') => boolean;
}

/** Nothing is known. */
export const nothingLearnt: Learnt = {
  ...{ verdict: () => 'unknown', having: () => null, isUsualItem: () => false },
  ...{ hasBeen: () => false, isCommon: () => false, complaints: () => [] },
};

/** More tell hardly more, and each is decoded. */
export const mostGoodRuns = 10;
/** Deeper nobody reads. */
const mostDeep = 8;

/** Several good runs of one flow: what differs in all of them is no difference. */
export class GoodRuns {
  private readonly runs: readonly GoodRun[];

  /** How many tell; 0 where they are too few. */
  get count(): number {
    return this.runs.length < leastRuns ? 0 : this.runs.length;
  }

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
      return UsualValues.of(
        this.runs.map((run) => ({ run, values: run.values(place, section, path) })),
      );
    });
    const known = oncePerPath((section, path) =>
      this.runs.map((run) => {
        const values = run.values(place, section, path);
        return new Set(values.map((value) => canonicalText(value)));
      }),
    );
    const hasIt = (texts: ReadonlySet<string>, value: Json | undefined) =>
      value === undefined ? texts.size === 0 : texts.has(canonicalText(value));
    const having = (section: Section, path: ValuePath, value: Json | undefined) =>
      known(section, path).filter((texts) => hasIt(texts, value)).length;
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
      if (having(section, path, value) > 0) return true;
      return usual(section, path)?.has(value, own.own) === true;
    };
    return {
      having,
      complaints: () => this.runs.flatMap((run) => run.complaints(place) ?? []),
      hasBeen: (section, path, after) => having(section, path, after) > 0,
      isCommon: ({ path, after: { section } }, from, to) => {
        const all = known(section, path);
        const others = all.filter((texts) => hasIt(texts, to) || !hasIt(texts, from));
        return 2 * others.length > all.length && others.some((texts) => hasIt(texts, to));
      },
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

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
