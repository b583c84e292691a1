import { inTurns } from '../base/steps.ts';
import type { ComparedRun } from '../compare/comparedRun.ts';
import type { DataSign } from '../compare/dataSign.ts';
import { judgeData, lookAtData } from '../compare/dataSigns.ts';
import { childPath } from '../find/jsonPath.ts';
import { placedValues, type SearchMatch } from '../find/places.ts';
import { valuePath } from '../find/valuePath.ts';
import type { FlowDocument } from '../flow/flowDocument.ts';
import type { FoundPlace } from '../protocol/find.ts';
import type { SignsAnswer, ToldSign } from '../protocol/signs.ts';
import type { NamedValue, RunKey } from '../trace/execution.ts';
import { withItems } from '../trace/itemFailures.ts';
import type { ItemFailures } from '../trace/iterationItems.ts';
import type { TreeNode } from '../trace/tree.ts';
import { placeOf } from './placeOf.ts';

/** An execution whose data is looked at. */
export interface SignsWorld {
  readonly run: ComparedRun;
  readonly flow: FlowDocument | null;
  readonly itemFailures: ItemFailures;
  /** Good runs of its flow, one by one; none is read where they would tell nothing. */
  readonly good: () => AsyncIterable<ComparedRun>;
  readonly turn: () => Promise<void>;
}

/**
 * What stands out in the data of an execution: against its flow file, and against good runs. A bundle of its own, which the
 * engine reads when somebody looks at one that failed.
 */
export async function dataSigns(world: SignsWorld): Promise<Omit<SignsAnswer, 'query'>> {
  const { run, flow, turn } = world;
  const looked = await inTurns(
    lookAtData(run, (nodeId) => flow?.nodesById.get(nodeId)?.[0]?.ports?.inputs),
    turn,
  );
  if (!looked.isWorthAsking) return { signs: [], goodRuns: 0 };
  const good: ComparedRun[] = [];
  for await (const one of world.good()) good.push(one);
  const signs = await inTurns(judgeData(looked, good), turn);
  const nodes = nodesByKey(run.tree, new Set(signs.flatMap(({ run: key }) => key ?? [])));
  return { signs: signs.map((sign) => told(sign, nodes, world)), goodRuns: good.length };
}

function nodesByKey(tree: readonly TreeNode[], wanted: ReadonlySet<RunKey>) {
  const found = new Map<RunKey, TreeNode>();
  const todo = [...tree];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (wanted.has(node.key)) found.set(node.key, node);
    for (const child of node.children) todo.push(child);
  }
  return found;
}

function told(
  sign: DataSign,
  nodes: ReadonlyMap<RunKey, TreeNode>,
  { run, itemFailures }: SignsWorld,
): ToldSign {
  const { run: key, index, path, ...told } = sign;
  // A field is called by the way to it.
  const way = path.reduce<string>((above, step) => childPath(above, String(step)), '');
  const isField = sign.kind !== 'errorResult' && path.length > 0;
  const rest = isField ? { ...told, name: valuePath(sign.name, way) } : told;
  const place = placeOf(key === null ? null : (nodes.get(key) ?? null));
  if (index === null) return { ...rest, place };
  const data = key === null ? undefined : run.dataOf(key);
  const values =
    data === undefined || key === null ? [] : withItems(data, key, itemFailures)[sign.section];
  return { ...rest, place: { ...place, ...matchIn(sign, index, ownValues(key, values, run)) } };
}

/** Of an execution that gave nothing nothing is shown. */
function ownValues(key: RunKey | null, values: readonly NamedValue[], run: ComparedRun) {
  if (key !== null) return values;
  const answer = run.ownData()?.answer;
  return answer === undefined || answer.value === '' || answer.value === null ? [] : [answer];
}

function matchIn(
  { kind, section, name, path: whole }: DataSign,
  index: number,
  values: readonly NamedValue[],
): Pick<FoundPlace, 'match' | 'path'> {
  const entry = placedValues({ id: section, values })[index]?.id;
  // What is missing is shown by what lacks it.
  const path = kind === 'missing' ? whole.slice(0, -1) : whole;
  const way = path.reduce<string>((above, key) => childPath(above, String(key)), '');
  const last = path.at(-1);
  if (entry === undefined) return { match: null, path: name };
  const match: SearchMatch =
    last === undefined
      ? { section, entry, path: '', part: 'name', offset: 0, length: name.length }
      : { section, entry, path: way, part: 'key', offset: 0, length: String(last).length };
  return { match, path: valuePath(name, way) };
}
