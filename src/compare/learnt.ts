import type { Json } from '../base/json.ts';
import type { Steps } from '../base/steps.ts';
import type { TreeNode } from '../trace/tree.ts';
import { AttemptsIn } from './attempts.ts';
import type { ComparedRun, Section, ValuePath } from './comparedRun.ts';
import { GoodRun, mostValues } from './goodRun.ts';
import { areSame, canonicalText, isList, isObject } from './jsonValues.ts';
import { leastRuns, rangeOf, UsualValues } from './usualValues.ts';
import type { LeafPlaces } from './valueDifferences.ts';

/** What the good runs tell of a place: another value in each of them, the same one, or too little. */
export type LearntVerdict = 'volatile' | 'stable' | 'unknown';

/** How many good runs have a value. */
export interface Having {
  /** Null where too few are known, or some of them don't tell. */
  readonly count: number | null;
  /** Whether most of them have it. */
  readonly areMost: boolean;
  /** Whether it is like theirs, of which so many are of one run alone that the next one would hardly be one of them. */
  readonly isOneMore: boolean;
  /** Whether they differ there from each other, and it is like what they have: two of them tell that. */
  readonly isVaried: boolean;
}

const nobodyTells: Having = { count: null, areMost: false, isOneMore: false, isVaried: false };
/** So many differ from each other. */
const leastVarying = 2;
/** Of the good runs: as large a share as have a value of their own, as likely is a new one. */
const leastVaried = 1 / 4;

/** What good runs have at the places of one row. */
export interface Learnt {
  /** Looks at a variable for the first time: then each good run may have to be decoded and read. */
  readonly firstLook: (at: LeafPlaces) => Steps<void> | undefined;
  readonly verdict: (at: LeafPlaces, after: Json) => LearntVerdict;
  /** How many good runs have this value at the very place. */
  readonly having: (at: LeafPlaces, after: Json | undefined) => Steps<Having>;
  /** Whether any good run had this very value there, at whichever item of a list, or had none. */
  readonly hasBeen: (section: Section, path: ValuePath, after: Json | undefined) => boolean;
  /** What each of them said there that something went wrong with. */
  readonly complaints: () => readonly ReadonlyMap<string, string>[];
  /** Their rows at the place; null where too few are known. */
  readonly rows: () => readonly TreeNode[] | null;
  /** Whether one item more or less of a list, which has so many now, is nothing that good runs don't have. */
  readonly isUsualItem: (at: LeafPlaces, item: Json, change: 'added' | 'removed') => boolean;
}

type IsAt = (section: Section, path: ValuePath, value: Json) => boolean;

/** Nothing is known. */
export const nothingLearnt: Learnt = {
  ...{ firstLook: () => undefined, verdict: () => 'unknown', isUsualItem: () => false },
  ...{ hasBeen: () => false, complaints: () => [], rows: () => null },
  *having() {
    return nobodyTells;
  },
};

/** More tell hardly more, and each is decoded. */
export const mostGoodRuns = 10;
/** Deeper nobody reads. */
const mostDeep = 8;

/** Several good runs of one flow: what differs in all of them is no difference. */
export class GoodRuns {
  private readonly runs: readonly GoodRun[];
  /** Of the one that is asked for, row by row. */
  private readonly attempts = new Map<ComparedRun, AttemptsIn>();

  /** How many tell; 0 where they are too few. */
  get count(): number {
    return this.runs.length < leastRuns ? 0 : this.runs.length;
  }

  constructor(runs: readonly ComparedRun[]) {
    this.runs = runs.slice(0, mostGoodRuns).map((run) => new GoodRun(run));
  }

  /** How many of them ran a node so often at least. */
  havingRun(nodeId: string, times: number): number {
    return this.runs.filter((run) => run.timesOf(nodeId) >= times).length;
  }

  private attemptsIn(run: ComparedRun): AttemptsIn {
    const found = this.attempts.get(run) ?? new AttemptsIn(run);
    this.attempts.set(run, found);
    return found;
  }

  /** What they tell of the row of `of`; of the execution itself with null. */
  learnt(of: ComparedRun, node: TreeNode | null, occurrence: number): Learnt {
    if (this.runs.length < leastVarying) return nothingLearnt;
    const areEnough = this.runs.length >= leastRuns;
    const own = new GoodRun(of, this.attemptsIn(of));
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
      return new UsualValues(found);
    });
    const usual = oncePerPath((section, path) => {
      const all = this.runs.map((run) => ({ run, values: run.values(place, section, path) }));
      return new UsualValues(all);
    });
    const isLike: IsAt = (section, path, value) => usual(section, path).has(value, own.own);
    const isUsual: IsAt = (section, path, value) =>
      usual(section, path).areOthers && isLike(section, path, value);
    const known = oncePerPath((section, path) =>
      this.runs.map((run) => {
        const values = run.values(place, section, path);
        const texts = new Set(values.map((value) => canonicalText(value)));
        return { texts, areAll: values.length < mostValues };
      }),
    );
    const hasBeen = (section: Section, path: ValuePath, value: Json | undefined) => {
      const text = canonicalText(value);
      return known(section, path).some(({ texts }) => {
        return value === undefined ? texts.size === 0 : texts.has(text);
      });
    };
    const areVaried = oncePerPath((section, path) => {
      const all = known(section, path).map(({ texts }) => [...texts].sort().join('\n'));
      return new Set(all).size > 1;
    });
    /** Then none has it at the very place either, wherever that is in it. */
    const isNowhere = ({ path, after: { section } }: LeafPlaces, value: Json | undefined) =>
      value !== undefined &&
      !(isList(value) || isObject(value) || hasBeen(section, path, value)) &&
      known(section, path).every(({ areAll }) => areAll);
    /** What each of them has is missing where it isn't there. */
    const hasEach = (section: Section, path: ValuePath, item: Json) => {
      const text = canonicalText(item);
      return known(section, path).every(({ texts }) => texts.has(text));
    };
    const lengths = oncePerPath((section, path) =>
      this.runs.flatMap((run) =>
        run.values(place, section, path).flatMap((list) => (isList(list) ? list.length : [])),
      ),
    );
    /** Whether each leaf of a value has been there, or `is` says yes to it. */
    const isMadeOf = (
      is: IsAt,
      ...[section, path, value, depth]: readonly [...Parameters<IsAt>, depth: number]
    ): boolean => {
      if (depth > mostDeep) return false;
      if (isList(value)) {
        return value.every((one, at) => isMadeOf(is, section, [...path, at], one, depth + 1));
      }
      if (isObject(value)) {
        return Object.entries(value).every(([name, one]) =>
          isMadeOf(is, section, [...path, name], one ?? null, depth + 1),
        );
      }
      return hasBeen(section, path, value) || is(section, path, value);
    };
    const { runs } = this;
    const looked = new Set<string>();
    const look = function* ({ way, after: { section } }: LeafPlaces): Steps<void> {
      for (const run of runs) {
        run.valueAt(place, section, way);
        yield;
      }
    };
    const learnt: Learnt = {
      hasBeen,
      firstLook: (at) => {
        const name = `${at.after.section} ${at.way[0]}`;
        if (looked.has(name)) return undefined;
        looked.add(name);
        return look(at);
      },
      rows: () => runs.flatMap((run) => run.row(place) ?? []),
      complaints: () => runs.flatMap((run) => run.complaints(place) ?? []),
      *having(at, value) {
        let [count, untold] = [0, 0];
        const times = new Map<string, number>();
        for (const run of runs) {
          const found = run.valueAt(place, at.after.section, at.way);
          if (found === null) untold++;
          else if (areSame(found.value, value)) count++;
          else {
            const text = canonicalText(found.value);
            times.set(text, (times.get(text) ?? 0) + 1);
          }
          // Those with parts may be large.
          if ([value, found?.value].some((one) => isList(one) || isObject(one))) yield;
        }
        const isTold = areEnough && (untold === 0 || (count === 0 && isNowhere(at, value)));
        const single = [...times.values()].filter((one) => one === 1).length;
        const { path, after } = at;
        const isMoreOf = () =>
          value !== undefined &&
          isLike(after.section, path, value) &&
          isMadeOf(isLike, after.section, path, value, 0);
        const isOneMore =
          areEnough && count === 0 && single >= leastVaried * runs.length && isMoreOf();
        const isUsual = () =>
          count > 0 ||
          isOneMore ||
          (!isTold && (hasBeen(after.section, path, value) || isMoreOf()));
        return {
          ...{
            count: isTold ? count : null,
            areMost: areEnough && 2 * count > runs.length,
            isOneMore,
          },
          isVaried: areVaried(after.section, path) && isUsual(),
        };
      },
      isUsualItem: ({ path, after: { section }, items }, item, change) => {
        const count = items?.after ?? 0;
        if (change === 'removed' && hasEach(section, path, item)) return false;
        const before = lengths(section, path.slice(0, -1));
        const { least, most } = rangeOf(before);
        const isAsLong = count >= least && count <= most;
        return isAsLong && isMadeOf(isUsual, section, path, item, 0);
      },
      verdict: ({ path, after: { section } }, after) => {
        const ofEqual = told(section, path);
        if (ofEqual === 'stable') return ofEqual;
        if (ofEqual !== 'unknown' && ofEqual.areAlike && ofEqual.has(after, own.own)) {
          return 'volatile';
        }
        // What each run was given is its own, and so is what it made of that.
        return isUsual(section, path, after) ? 'volatile' : 'unknown';
      },
    };
    // Two tell that they differ, and nothing else.
    if (areEnough) return learnt;
    return { ...nothingLearnt, firstLook: learnt.firstLook, having: learnt.having };
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
