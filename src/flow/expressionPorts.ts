import type { FlowPorts, FlowReference, OffsetRange } from './flowDocument.ts';
import type { SourceTree } from './sourceTree.ts';

/** What a text names of another node. */
export type NamedOutput = Pick<FlowReference, 'source' | 'path'>;

/** So many of a node: a form of a hundred fields is a long one. */
const mostReferences = 200;
/** A program within a setting may have pages. */
const mostText = 100_000;

/**
 * What a node is given by expressions in its settings: under the name of the setting, and of the field in it where it has
 * any. Undefined where no expression names another node.
 */
export function expressionPorts(
  settings: SourceTree | undefined,
  read: (text: string) => readonly NamedOutput[],
): FlowPorts | undefined {
  if (settings?.kind !== 'map') return undefined;
  const references: FlowReference[] = [];
  for (const { key: setting, value } of settings.entries) {
    for (const { field, text, range } of textsOf(setting, value)) {
      const inputs = new Set([setting, field]);
      for (const named of read(text)) {
        for (const input of inputs) references.push({ input, outputId: '', ...named, range });
      }
      if (references.length >= mostReferences) break;
    }
  }
  if (references.length === 0) return undefined;
  return { references: references.slice(0, mostReferences), outputs: [], inTexts: [] };
}

/** A text of a setting, under the name of its field. */
export interface SettingText {
  readonly field: string;
  readonly text: string;
  readonly range: OffsetRange;
}

/** The texts of a setting in their order. */
export function* textsOf(setting: string, value: SourceTree): Generator<SettingText> {
  const todo: { readonly field: string; readonly tree: SourceTree }[] = [
    { field: setting, tree: value },
  ];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { field, tree } = next;
    if (tree.kind === 'list') {
      for (const item of tree.items.toReversed()) todo.push({ field, tree: item });
    } else if (tree.kind === 'map') {
      for (const { key, value: of } of tree.entries.toReversed())
        todo.push({ field: key, tree: of });
    } else if (typeof tree.value === 'string') {
      yield { field, text: tree.value.slice(0, mostText), range: tree.range };
    }
  }
}

const step = /\[\s*(?:"([^"]*)"|'([^']*)'|(\d+))\s*\]|([^.?[\]\s]+)/g;

/** `?.rows[0]["net total"]` and `?['body/total']` as they are named elsewhere: `rows[0].net total`, `body.total`. */
export function pathOf(written: string): string {
  return [...written.matchAll(step)]
    .map(([, double, single, index, name]) => {
      return index === undefined
        ? (double ?? single ?? name ?? '').replaceAll('/', '.')
        : `[${index}]`;
    })
    .reduce(
      (path, next) => (path === '' || next.startsWith('[') ? path + next : `${path}.${next}`),
      '',
    );
}
