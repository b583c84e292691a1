import type { Json } from '../base/json.ts';
import { childPath, isBranch, partsOf } from '../find/jsonPath.ts';
import type { TreeNode } from '../trace/tree.ts';
import { type LineageRun, type Spot, valueAt, valuesOf } from './lineage.ts';
import { isStart } from './references.ts';
import { isEqual, isMasked, isTellingPart } from './telling.ts';

/** So much of a node is looked through: a value that is asked for again stands near the outside. */
const mostSpots = 20_000;

/** Whether the same stands at two spots; null where it can't be told. What is masked is compared by what stands for it. */
export function isSame(run: LineageRun, one: Spot, other: Spot): boolean | null {
  const [a, b] = [valueAt(run, one), valueAt(run, other)];
  if (a === undefined || b === undefined) return null;
  if (!isMasked(a) && !isMasked(b)) return isEqual(a, b);
  const [markOfOne, markOfOther] = [run.markAt(one), run.markAt(other)];
  return markOfOne === undefined || markOfOther === undefined ? null : markOfOne === markOfOther;
}

/** Where in a section of a node the same stands, the outermost of each. */
export function spotsOf(
  run: LineageRun,
  node: TreeNode,
  section: Spot['section'],
  wanted: Spot,
): Spot[] {
  const value = valueAt(run, wanted);
  if (value === undefined) return [];
  return spotsWhere(run, node, section, (other, spot) => {
    if (!isAlike(value, other)) return false;
    return isMasked(value) || isMasked(other)
      ? isSame(run, wanted, spot()) === true
      : isEqual(value, other);
  });
}

/** Where the same stands in what a node gave; of those that an execution begins with, in what they were given. */
export function givenSpotsOf(run: LineageRun, node: TreeNode, wanted: Spot): Spot[] {
  const given = spotsOf(run, node, 'output', wanted);
  const isFirst = run.nodes[0] === node || isStart(node);
  return given.length > 0 || !isFirst ? given : spotsOf(run, node, 'input', wanted);
}

/** How many signs of a long text are still looked through for shorter ones, each of which is looked for in all of it. */
export interface PartBudget {
  signs: number;
}

/** Where in a section of a node a text stands that is a part of the wanted one, or has it as a part. */
export function partSpotsOf(
  run: LineageRun,
  node: TreeNode,
  section: Spot['section'],
  text: string,
  budget: PartBudget,
): Spot[] {
  return spotsWhere(
    run,
    node,
    section,
    (other) =>
      typeof other === 'string' &&
      !isMasked(other) &&
      ((isTellingPart(text) && other.includes(text)) ||
        (isTellingPart(other) && isPart(other, text, budget))),
  );
}

function isPart(part: string, text: string, budget: PartBudget): boolean {
  if (part.length > text.length || budget.signs < text.length) return false;
  budget.signs -= text.length;
  return text.includes(part);
}

/** Only what has the same form can be the same: nothing else is written out. */
function isAlike(one: Json, other: Json): boolean {
  return isBranch(one)
    ? isBranch(other) && Array.isArray(one) === Array.isArray(other)
    : !isBranch(other);
}

/** Where in a section of a node something fits, the outermost of each. */
export function spotsWhere(
  run: LineageRun,
  node: TreeNode,
  section: Spot['section'],
  fits: (value: Json, spot: () => Spot) => boolean,
): Spot[] {
  const data = run.dataOf(node);
  if (data === undefined) return [];
  const found: Spot[] = [];
  let looked = 0;
  for (const [index, { value: whole }] of valuesOf(data, section).entries()) {
    const todo: { path: string; value: Json }[] = [{ path: '', value: whole }];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      const { path, value } = next;
      const spot = (): Spot => ({ node, section, index, path });
      if (looked++ >= mostSpots) return found;
      if (fits(value, spot)) found.push(spot());
      else if (isBranch(value)) {
        for (const part of partsOf(value).reverse()) {
          todo.push({ path: childPath(path, part.key), value: part.value });
        }
      }
    }
  }
  return found;
}
