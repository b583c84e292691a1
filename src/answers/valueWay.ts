import { AttemptsIn } from '../compare/attempts.ts';
import { RawNeedle, rawTextOf } from '../decode/bytes/rawNeedle.ts';
import type { OpenedRecord } from '../decode/decodeExecution.ts';
import { excerpt } from '../find/excerpt.ts';
import { ancestors, isBranch } from '../find/jsonPath.ts';
import { leafText, placedValues, type SearchMatch, type SectionId } from '../find/places.ts';
import { valuePath } from '../find/valuePath.ts';
import { comeFrom } from '../lineage/comeFrom.ts';
import {
  type LineageRun,
  type LinkedSpot,
  type Spot,
  valueAt,
  valuesOf,
} from '../lineage/lineage.ts';
import { usedBy } from '../lineage/usedBy.ts';
import type { LineageAnswer, LineageQuery, LineageStep } from '../protocol/lineage.ts';
import type { Milliseconds, NodeData, NodeId } from '../trace/execution.ts';
import { withItems } from '../trace/itemFailures.ts';
import type { TreeNode } from '../trace/tree.ts';
import { gone, type Opened, shownRows } from './openedExecution.ts';
import { placeOf } from './placeOf.ts';

/** The way of a value of an opened execution. Throws a `notFound` request error when it is gone. */
export function valueWay(opened: Opened, record: OpenedRecord, query: LineageQuery): LineageAnswer {
  const run = runOf(opened, record);
  const node = run.nodes.find(({ key }) => key === query.row);
  const data = node === undefined ? undefined : run.dataOf(node);
  const { section, index, path } = query;
  if (node === undefined || data === undefined || valuesOf(data, section)[index] === undefined) {
    throw gone('This value is not in the execution any more');
  }
  const asked: Spot = { node, section, index, path };
  const begun = opened.summary.beginMs;
  const { tree, retried } = opened;
  const attempts = new AttemptsIn({ tree, retried, dataOf: (key) => record.nodeData(key) });
  const told = (spots: readonly LinkedSpot[]) =>
    spots.map((spot) => {
      const when = whenOf(run, spot, begun);
      const isEntry = when.round !== null && attempts.of(spot.node) !== null;
      return { ...stepOf(run, spot, query), when: isEntry ? { ...when, isEntry } : when };
    });
  if (query.direction === 'to') {
    const { users, more } = usedBy(run, asked);
    const steps = told([{ ...asked, link: null }, ...users]);
    return { query, steps, candidates: [], end: 'users', more };
  }
  const { steps, candidates, end } = comeFrom(run, asked);
  return { query, steps: told(steps), candidates: told(candidates), end, more: 0 };
}

/** As many as one way leads through, and the values around it. */
const mostDecoded = 2_000;

function runOf(opened: Opened, record: OpenedRecord): LineageRun {
  const { flow, itemFailures } = opened;
  const nodes: TreeNode[] = [];
  const parents = new Map<TreeNode, TreeNode>();
  const byNode = new Map<NodeId, TreeNode[]>();
  for (const { node } of shownRows(opened, [])) {
    for (const child of node.children) parents.set(child, node);
    if (node.run !== null) nodes.push(node);
  }
  nodes.sort((a, b) => (a.run?.order ?? 0) - (b.run?.order ?? 0));
  for (const node of nodes) {
    const same = byNode.get(node.nodeId);
    if (same === undefined) byNode.set(node.nodeId, [node]);
    else same.push(node);
  }
  const users = new Map<NodeId, NodeId[]>();
  for (const { id, ports } of flow?.nodes ?? []) {
    for (const { source } of ports?.references ?? []) {
      const known = users.get(source);
      if (known === undefined) users.set(source, [id]);
      else known.push(id);
    }
  }
  const decoded = new Map<TreeNode, NodeData | undefined>();
  const dataOf = (node: TreeNode): NodeData | undefined => {
    if (node.run === null) return undefined;
    if (decoded.has(node)) return decoded.get(node);
    const data = record.nodeData(node.run.key);
    const placed = data === undefined ? undefined : withItems(data, node.key, itemFailures);
    if (decoded.size >= mostDecoded) decoded.clear();
    decoded.set(node, placed);
    return placed;
  };
  return {
    nodes,
    dataOf,
    runsOf: (nodeId) => byNode.get(nodeId) ?? [],
    parentOf: (node) => parents.get(node),
    portsOf: (nodeId) => flow?.nodesById.get(nodeId)?.[0]?.ports,
    usersOf: (nodeId) => users.get(nodeId) ?? [],
    holding: (text) => {
      const needle = new RawNeedle(text);
      return nodes.filter(({ run }) => {
        const bytes = run === null ? undefined : record.bytesOf(run.key);
        return bytes === undefined || bytes.some((part) => needle.stands(rawTextOf(part)));
      });
    },
    markAt: ({ node, section, index, path }) =>
      node.run === null
        ? undefined
        : record.markOfValue(
            node.run.key,
            { section, index },
            ancestors(path).map(({ key }) => key),
          ),
  };
}

/** Which of several of one name it is. */
function whenOf(
  run: LineageRun,
  { node, section, index }: Spot,
  begunMs: Milliseconds | null,
): NonNullable<LineageStep['when']> {
  const data = run.dataOf(node);
  const round = data === undefined ? null : (valuesOf(data, section)[index]?.round ?? null);
  return {
    round: round ?? node.run?.iterationIndex ?? null,
    sinceMs: node.beginMs === null || begunMs === null ? null : node.beginMs - begunMs,
  };
}

/** A value in a line. */
const mostShown = 160;

function stepOf(run: LineageRun, spot: LinkedSpot, { key }: LineageQuery): LineageStep {
  const { node, section, index, path, link } = spot;
  const data = run.dataOf(node);
  const values = data === undefined ? [] : valuesOf(data, section);
  const name = values[index]?.name ?? '';
  const id = placedValues({ id: section, values })[index]?.id;
  const value = valueAt(run, spot);
  const text =
    value === undefined ? null : isBranch(value) ? JSON.stringify(value) : leafText(value);
  return {
    ...{ ...placeOf(node), ...(section === 'input' ? placeInFlow(run, node.nodeId, name) : {}) },
    match:
      id === undefined
        ? null
        : matchOf(section, id, path, text, value !== undefined && isBranch(value), name),
    path: valuePath(name, path),
    value:
      text === null
        ? null
        : excerpt(text, { offset: 0, length: Math.min(mostShown, text.length) }).found,
    link,
    asked: {
      ...{ key, row: node.key, section, index, path },
      direction: section === 'input' ? 'from' : 'to',
    },
  };
}

/** Where the flow file says of an input what it is. */
function placeInFlow(run: LineageRun, nodeId: NodeId, input: string): Pick<LineageStep, 'place'> {
  const references = run.portsOf(nodeId)?.references ?? [];
  const isSaid = references.some((one) => one.input === input && one.range !== undefined);
  return isSaid ? { place: { part: 'input', input } } : {};
}

/** What is marked of it: a text whole; of what has parts its name. */
export function matchOf(
  section: SectionId,
  entry: string,
  path: string,
  text: string | null,
  hasParts: boolean,
  name: string,
): SearchMatch {
  const key = ancestors(path).at(-1)?.key;
  if (text !== null && !hasParts) {
    return { section, entry, path, part: 'value', offset: 0, length: text.length };
  }
  return key === undefined
    ? { section, entry, path: '', part: 'name', offset: 0, length: name.length }
    : { section, entry, path, part: 'key', offset: 0, length: key.length };
}
