import type { FlowNode, FlowReading, NodePart, NodeSetting, OffsetRange } from './flowDocument.ts';
import type { SourceTree } from './sourceTree.ts';

/** By which keys tools keep what a remedy is about; the first of a node counts. */
const keys: Readonly<Record<NodePart, RegExp>> = {
  timeout: /time_?out/i,
  retry: /retr(?:y|ies)/i,
  selector: /selector|x_?path|locator|css_?path|^_?element_?$/i,
  code: /^(?:js_?|python_?|function_?)?(?:code|script|func)$/i,
};
const parts = Object.keys(keys) as readonly NodePart[];
/** The value of a limit; a longer one is none. */
const longestValue = 100;
/** Of a longer program the place is its begin. */
const mostLines = 2_000;

/** Adds to the nodes of a flow where their settings stand in its text. One walk over the tree. */
export function withSettings(flow: FlowReading, root: SourceTree, text: string): FlowReading {
  const nodes = new Map(flow.nodes.map((node) => [placeOf(node.range), node]));
  const found = new Map<FlowNode, Partial<Record<NodePart, NodeSetting>>>();
  const take = (node: FlowNode, name: string, keyRange: OffsetRange, value: SourceTree) => {
    const part = parts.find((one) => keys[one].test(name));
    if (part === undefined) return;
    const settings = found.get(node) ?? {};
    settings[part] ??= settingOf(part, keyRange, value, text, unitOf(name, flow.format));
    found.set(node, settings);
  };
  // A tree that aliases share is walked once: each anew, a text of ten lines would be billions of values.
  const seen = new Set<SourceTree>();
  const walk = (tree: SourceTree, within: FlowNode | undefined): void => {
    if (seen.has(tree)) return;
    seen.add(tree);
    const node = tree.kind === 'scalar' ? within : (nodes.get(placeOf(tree.range)) ?? within);
    if (tree.kind === 'list') for (const item of tree.items) walk(item, node);
    if (tree.kind !== 'map') return;
    if (node !== undefined) takePair(tree, (...pair) => take(node, ...pair));
    for (const { key, keyRange, value } of tree.entries) {
      if (node !== undefined) take(node, key, keyRange, value);
      walk(value, node);
    }
  };
  walk(root, undefined);
  if (found.size === 0) return flow;
  return {
    ...flow,
    nodes: flow.nodes.map((node) => {
      const settings = found.get(node);
      return settings === undefined ? node : { ...node, settings };
    }),
  };
}

/** Lists of `{ key: 'element_timeout', value: … }` name their settings in a value. */
function takePair(
  tree: Extract<SourceTree, { kind: 'map' }>,
  take: (name: string, keyRange: OffsetRange, value: SourceTree) => void,
): void {
  const of = (name: string) => tree.entries.findLast(({ key }) => key === name)?.value;
  const [key, value] = [of('key'), of('value')];
  if (key?.kind !== 'scalar' || typeof key.value !== 'string' || value === undefined) return;
  take(key.value, key.range, value);
}

function settingOf(
  part: NodePart,
  keyRange: OffsetRange,
  value: SourceTree,
  text: string,
  unit: NodeSetting['unit'],
): NodeSetting {
  // A group of settings is shown from its name to its end.
  const range =
    value.kind === 'scalar' && value.range.end > value.range.start
      ? value.range
      : { start: keyRange.start, end: keyRange.end };
  const told = value.kind === 'scalar' && value.value !== null ? String(value.value) : '';
  const written = valueOf(part, value, told);
  const isBare = part === 'timeout' && unit !== undefined && /^\d+(?:\.\d+)?$/.test(written);
  return {
    ...{ range, value: written },
    ...(isBare ? { unit } : {}),
    ...(part === 'code' ? { lines: lineStarts(range, told, text) } : {}),
  };
}

/** By its name, else by what the product counts in. */
function unitOf(name: string, format: FlowReading['format']): NodeSetting['unit'] {
  if (/(?:ms|millis|milliseconds)$/i.test(name)) return 'ms';
  if (/(?:sec|secs|seconds|_s)$/i.test(name)) return 's';
  if (format === 'n8n') return 'ms';
  return format === 'astronYaml' || format === 'astronJson' || format === 'astronRpa'
    ? 's'
    : undefined;
}

/** How often is tried again is a number, or stands in a group of settings by names of its own. */
function valueOf(part: NodePart, value: SourceTree, told: string): string {
  const text = part === 'retry' && value.kind === 'map' ? retriesIn(value.entries) : told;
  return (part === 'timeout' || part === 'retry') && text.length <= longestValue ? text : '';
}

function retriesIn(entries: Extract<SourceTree, { kind: 'map' }>['entries']): string {
  return entries
    .flatMap(({ key, value }) =>
      value.kind === 'scalar' && keys.retry.test(key) ? `${key}: ${String(value.value)}` : [],
    )
    .join(', ');
}

/**
 * Where each line of a program begins: it stands in the file line by line, or in quotes with its line ends escaped.
 * Empty where that can't be told, as of a text within a text.
 */
function lineStarts({ start, end }: OffsetRange, program: string, text: string): readonly number[] {
  const raw = text.slice(start, end);
  const count = program.trimEnd().split('\n').length;
  // A backslash before it: what stands for a backslash and an n.
  const isEscaped = text[start - 1] === '"';
  // Folded over other lines than its own.
  if (!isEscaped && raw.trimEnd().split('\n').length !== count) return [];
  const breaks = isEscaped ? /\\\\|(\\n)/g : /(\n)/g;
  const starts = [start];
  for (const { index, 0: whole, 1: isBreak } of raw.matchAll(breaks)) {
    if (starts.length >= Math.min(count, mostLines)) break;
    if (isBreak !== undefined) starts.push(start + index + whole.length);
  }
  return starts.length === Math.min(count, mostLines) ? starts : [];
}

function placeOf({ start, end }: OffsetRange): string {
  return `${String(start)} ${String(end)}`;
}
