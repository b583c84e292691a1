import type { Json } from '../base/json.ts';
import { isNothing, plainText } from './jsonValues.ts';
import { isChanged, type ComparedRow } from './rowDifferences.ts';
import type { SideDifferences, ValueDifference } from './valueDifferences.ts';

/** Where a difference began: `start`: with what the execution was started with. */
export type Root =
  | { readonly kind: 'row'; readonly row: number }
  | { readonly kind: 'start'; readonly row: number }
  /** What it was given differs, and nothing before it gave that. */
  | { readonly kind: 'given'; readonly row: number; readonly value: ValueDifference }
  /** What it was given and gave is equal, and another node came next. */
  | { readonly kind: 'way'; readonly row: number; readonly to: number };

/** Texts that may have been put together of a value are looked through so often at most; one of 4 KB counts twice. */
const mostTextLooks = 5_000;
const signsOfLook = 4_096;

/** Goes from an effect back to where it began: from what a node was given to the node that gave it. */
export class CauseSearch {
  private readonly rows: readonly ComparedRow[];
  private readonly trigger: SideDifferences;
  private readonly givers = new Map<string, number[]>();
  private readonly children = new Map<number, number[]>();
  /** By the key of a run: the places of the rows that named it as what may follow. */
  private readonly linked = new Map<string, number[]>();
  /** The places of the rows that gave something else. */
  private readonly giving: number[] = [];
  /** By the row that they are in: the last row of both that came before the one that is indexed. */
  private readonly lastOfBoth = new Map<number, number>();
  /** By place: the row of both before it that is in the same row; undefined: none. */
  private readonly bothBefore: (number | undefined)[] = [];
  private readonly above = { place: -1, rows: new Set<number>() };
  private textLooks = mostTextLooks;

  constructor(rows: readonly ComparedRow[], trigger: SideDifferences) {
    this.rows = rows;
    this.trigger = trigger;
    rows.forEach((row, place) => {
      this.index(row, place);
    });
  }

  /** Where what differs in a row began: of several beginnings the first. */
  rootOf(target: number): Root {
    const todo = [target];
    const seen = new Set<number>();
    let first: Root | undefined;
    for (let place = todo.pop(); place !== undefined; place = todo.pop()) {
      if (seen.has(place)) continue;
      seen.add(place);
      const step = this.step(place);
      if (!Array.isArray(step)) first = earlier(first, step);
      else todo.push(...step);
    }
    return first ?? { kind: 'row', row: target };
  }

  /** The row from which this one was reached; -1 where the record doesn't tell. */
  predecessor(place: number): number {
    const row = this.rows[place];
    const run = row?.after?.run ?? row?.before?.run;
    const side = row?.after == null ? 'before' : 'after';
    const linked = run == null ? undefined : this.linked.get(`${side} ${run.key}`);
    const before = linked?.[countBelow(linked, place) - 1];
    return before ?? this.bothBefore[place] ?? row?.parent ?? -1;
  }

  /** Further rows to look at, or where it began. */
  private step(place: number): number[] | Root {
    const row = this.rows[place];
    if (row === undefined) return [];
    const { differences } = row;
    if (differences === null) return this.stepOfWay(place);
    const given = differences.input.differences;
    if (given.length > 0) {
      const inside = given.every(({ change }) => change === 'moved')
        ? this.givenTheSame(place)
        : [];
      return inside.length > 0 ? inside : this.stepOfInput(place, given);
    }
    const body = this.bodyOf(place);
    const isOwn = differences.config.differences.length > 0;
    return body.length > 0 && !isOwn ? body : { kind: 'row', row: place };
  }

  /** Of a container that was given the same, what differs in it; what failed first. */
  private bodyOf(place: number): number[] {
    const inside = (this.children.get(place) ?? []).filter((child) => {
      const { before, after, differences } = this.rows[child] ?? {};
      if ((after ?? before)?.subExecution != null) return false;
      return differences == null || isChanged(differences);
    });
    const failed = inside.find((child) => this.rows[child]?.differences?.status != null);
    return failed === undefined ? inside.slice(0, 1) : [failed];
  }

  /** Of a container that was given the same in another order, what differs for an item that is the same. */
  private givenTheSame(place: number): number[] {
    return this.bodyOf(place).filter((child) => {
      return this.rows[child]?.differences?.input.differences.length === 0;
    });
  }

  private stepOfWay(place: number): number[] | Root {
    const before = this.predecessor(place);
    const row = this.rows[before];
    if (row === undefined) return { kind: 'row', row: place };
    if (row.differences === null || isChanged(row.differences)) return [before];
    return { kind: 'way', row: before, to: place };
  }

  private stepOfInput(place: number, given: readonly ValueDifference[]): number[] | Root {
    const row = this.rows[place];
    const givers = given.flatMap((value) => this.giverOf(place, value));
    if (givers.length > 0) return givers;
    const parent = row?.parent ?? -1;
    if (this.rows[parent]?.differences?.input.differences.length) return [parent];
    if (this.trigger.differences.length > 0 && this.isOfTrigger(place, given)) {
      return { kind: 'start', row: place };
    }
    const [value] = given;
    const nearest = this.nearestGiver(place);
    if (nearest !== -1) return [nearest];
    return value === undefined ? { kind: 'row', row: place } : { kind: 'given', row: place, value };
  }

  private isOfTrigger(place: number, given: readonly ValueDifference[]): boolean {
    if (place === 0 || isStart(this.rows[place])) return true;
    const keys = new Set(this.trigger.differences.map(keyOf));
    return given.some((value) => keys.has(keyOf(value)) || this.isMadeOfTrigger(value));
  }

  private isMadeOfTrigger(value: ValueDifference): boolean {
    return this.trigger.differences.some((part) => isMadeOf(value, part));
  }

  /** The last row before it that gave the same value before, and the same now; else of which the text is made. */
  private giverOf(place: number, value: ValueDifference): number[] {
    for (const last of this.before(place, this.givers.get(keyOf(value)) ?? [])) return [last];
    if (typeof value.before !== 'string' && typeof value.after !== 'string') return [];
    for (const other of this.before(place, this.giving)) {
      for (const part of this.rows[other]?.differences?.output.differences ?? []) {
        if (this.textLooks <= 0) return [];
        this.textLooks -= 1 + (signsOf(value) + signsOf(part)) / signsOfLook;
        if (isMadeOf(value, part)) return [other];
      }
    }
    return [];
  }

  /** The nearest row before that gave something else: what it gave may have been changed on the way. */
  private nearestGiver(place: number): number {
    for (const other of this.before(place, this.giving)) return other;
    return -1;
  }

  /** Of places in order those before another, the nearest first; no row that it is in: that one ends later. */
  private *before(place: number, places: readonly number[]): Generator<number> {
    for (let index = countBelow(places, place) - 1; index >= 0; index--) {
      const other = places[index];
      if (other !== undefined && !this.rowsAbove(place).has(other)) yield other;
    }
  }

  /** The rows that a row is in; asked of one row many times. */
  private rowsAbove(place: number): ReadonlySet<number> {
    const { above, rows } = this;
    if (above.place === place) return above.rows;
    above.place = place;
    above.rows = new Set();
    for (let at = rows[place]?.parent ?? -1; at !== -1; at = rows[at]?.parent ?? -1) {
      above.rows.add(at);
    }
    return above.rows;
  }

  private index(row: ComparedRow, place: number): void {
    add(this.children, row.parent, place);
    this.bothBefore.push(this.lastOfBoth.get(row.parent));
    if (row.before !== null && row.after !== null) this.lastOfBoth.set(row.parent, place);
    if (row.differences !== null && row.differences.output.differences.length > 0) {
      this.giving.push(place);
    }
    for (const [side, node] of [
      ['before', row.before],
      ['after', row.after],
    ] as const) {
      for (const next of node?.run?.next ?? []) add(this.linked, `${side} ${next}`, place);
    }
    for (const value of row.differences?.output.differences ?? []) {
      add(this.givers, keyOf(value), place);
    }
    // A start hands on what it was given.
    if (nodeTypeOf(row).endsWith('-node-start') || isStart(row)) {
      for (const value of row.differences?.input.differences ?? []) {
        add(this.givers, keyOf(value), place);
      }
    }
  }
}

/** Whether a row is where an execution begins. */
export function isStart(row: ComparedRow | undefined): boolean {
  return nodeTypeOf(row) === 'node-start';
}

function nodeTypeOf(row: ComparedRow | undefined): string {
  return (row?.after ?? row?.before)?.type ?? '';
}

function add<K>(map: Map<K, number[]>, key: K, place: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [place]);
  else known.push(place);
}

function earlier(one: Root | undefined, other: Root): Root {
  return one === undefined || other.row < one.row ? other : one;
}

function keyOf({ change, before, after }: ValueDifference): string {
  return change === 'moved' ? change : `${textOf(before)} → ${textOf(after)}`;
}

function textOf(value: Json | undefined): string {
  return value === undefined || isNothing(value) ? '' : plainText(value);
}

/** How many of numbers in order are less. */
function countBelow(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Infinity) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function signsOf({ before, after }: ValueDifference): number {
  return textOf(before).length + textOf(after).length;
}

/** Whether a text holds what the other value was, and what it is. */
function isMadeOf(whole: ValueDifference, part: ValueDifference): boolean {
  const [before, after] = [textOf(part.before), textOf(part.after)];
  if (before.length + after.length < 2) return false;
  return (
    textOf(whole.before).includes(before) &&
    textOf(whole.after).includes(after) &&
    (before !== '' || !textOf(whole.before).includes(after)) &&
    (after !== '' || !textOf(whole.after).includes(before))
  );
}
