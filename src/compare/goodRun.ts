import type { Json } from '../base/json.ts';
import type { TreeNode } from '../trace/tree.ts';
import { visibleRows } from '../trace/visibleRows.ts';
import { AttemptsIn } from './attempts.ts';
import type { ComparedRun, ItemKey, Named, Section, ValuePath, ValueWay } from './comparedRun.ts';
import { canonicalText, insideText, isList, isObject } from './jsonValues.ts';
import { ownTime } from './leafTimes.ts';
import { complaintsOf } from './logDifferences.ts';
import { ownSectionOf, sectionOf } from './sections.ts';
import { foldedText } from './shapes.ts';

/** Of lists: more values tell nothing more. */
export const mostValues = 1_000;

/** Where good runs are asked. */
export interface Place {
  /** Null: the execution itself. */
  readonly nodeId: string | null;
  readonly occurrence: number;
}

/** One that went well, with what it has at a place. */
export class GoodRun {
  readonly own;
  private readonly run: ComparedRun;
  private readonly attempts: AttemptsIn;
  private byNode: ReadonlyMap<string, readonly TreeNode[]> | undefined;
  /** The variables that were asked for last: each value of a section asks for the same ones. */
  private last: (Place & { section: Section; byName: ReadonlyMap<string, Named> }) | undefined;
  /** What its texts hold that are JSON themselves. */
  private texts = new InsideTexts();
  private readonly keyedItems = new KeyedItems();

  constructor(run: ComparedRun, attempts = new AttemptsIn(run)) {
    this.run = run;
    this.attempts = attempts;
    this.own = ownTime(run);
  }

  /** Stands for what was given there, times and IDs aside. */
  inputKey(place: Place): string {
    return this.textOf(this.section(place, 'input'));
  }

  keyOf(node: TreeNode): string {
    return this.textOf(this.sectionOf(node, 'input'));
  }

  values(place: Place, section: Section, path: ValuePath): readonly Json[] {
    const [name, ...way] = path;
    const named = this.byName(place, section).get(String(name));
    if (named === undefined) return [];
    let found: readonly Json[] = named.rounds;
    for (const step of named.isRounds && typeof way[0] === 'number' ? way.slice(1) : way) {
      found = partsOf(found, step, this.texts);
    }
    return found;
  }

  /** What it has at the very place; null where nobody can tell which of its items that is. */
  valueAt(place: Place, section: Section, way: ValueWay): Found | null {
    const [name, ...steps] = way;
    const named = this.byName(place, section).get(name);
    if (named === undefined) return { value: undefined };
    // Which round it was is told by its item.
    if (named.isRounds && typeof steps[0] !== 'object') return null;
    let value: Json | undefined = named.isRounds ? named.rounds : named.rounds[0];
    for (const [index, step] of steps.entries()) {
      const whole: Json | undefined = value === undefined ? value : this.texts.of(value);
      if (typeof step === 'string') {
        value = isObject(whole) && Object.hasOwn(whole, step) ? (whole[step] ?? null) : undefined;
        continue;
      }
      const item = step === null ? null : this.keyedItems.find(whole, step);
      // An item that it lacks has no fields that could be missing.
      if (item === null || (item.value === undefined && index + 1 < steps.length)) return null;
      ({ value } = item);
    }
    return { value };
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
  complaints(place: Place): ReadonlyMap<string, string> | undefined {
    const row = this.row(place);
    return row && complaintsOf(this.dataOf(row), this.own);
  }

  /** Undefined where it did not run. */
  row({ nodeId, occurrence }: Place): TreeNode | undefined {
    return nodeId === null ? undefined : this.rowOf(nodeId, occurrence);
  }

  /** How often a node ran. */
  timesOf(nodeId: string): number {
    return this.rowsById().get(nodeId)?.length ?? 0;
  }

  private section({ nodeId, occurrence }: Place, section: Section): readonly Named[] {
    if (nodeId === null) {
      return section === 'config' ? [] : ownSectionOf(this.run.ownData(), section);
    }
    const row = this.rowOf(nodeId, occurrence);
    return row === undefined ? [] : this.sectionOf(row, section);
  }

  private sectionOf(node: TreeNode, section: Section): readonly Named[] {
    return sectionOf(this.dataOf(node), section, this.attempts.of(node));
  }

  private rowOf(nodeId: string, occurrence: number): TreeNode | undefined {
    const rows = this.rowsById().get(nodeId);
    return rows?.[occurrence] ?? rows?.at(-1);
  }

  private rowsById(): ReadonlyMap<string, readonly TreeNode[]> {
    return (this.byNode ??= nodesById(this.run.tree));
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

/** Undefined: nothing is there. */
interface Found {
  readonly value: Json | undefined;
}

/** Finds the items of lists: to look through the list for each would take the square of their number. */
class KeyedItems {
  private readonly known = new WeakMap<
    readonly Json[],
    { readonly field: string; readonly items: ReadonlyMap<Json | undefined, Json> | null }
  >();

  /** Null where nobody can tell which one it is. */
  find(list: Json | undefined, { field, value }: ItemKey): Found | null {
    if (!isList(list)) return null;
    if (field === null) return list.length === 1 ? { value: list[0] } : null;
    let known = this.known.get(list);
    if (known?.field !== field) {
      known = { field, items: itemsBy(field, list) };
      this.known.set(list, known);
    }
    return known.items && { value: known.items.get(value) };
  }
}

/** Null where one lacks the field, or two have the same there. */
function itemsBy(field: string, list: readonly Json[]): ReadonlyMap<Json | undefined, Json> | null {
  const found = new Map<Json | undefined, Json>();
  for (const item of list) {
    if (!isObject(item) || !Object.hasOwn(item, field)) return null;
    found.set(item[field], item);
  }
  return found.size === list.length ? found : null;
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
