import type { FlowNode, FlowReading } from './flowDocument.ts';
import { at, itemsOf, scalarAt, type SourceTree, textAt } from './sourceTree.ts';
import { VariablePorts } from './variablePorts.ts';

/** What opens a block, and of which kind it is: what ends it says only the kind. */
const openers: ReadonlyMap<string, string> = new Map([
  ...['Code.If', 'CV.is_image_exist', 'File.file_exist', 'Folder.folder_exist', 'Window.exist'].map(
    (key) => [key, 'If'] as const,
  ),
  ...[
    ...['Code.ForStep', 'Code.ForList', 'Code.ForDict', 'Code.While'],
    ...['Excel.loop_excel_content', 'BrowserElement.loop_similar'],
  ].map((key) => [key, 'For'] as const),
  ['Code.Try', 'Try'],
  ['Code.Group', 'Group'],
]);
/** What begins another part of a block. */
const parts: ReadonlyMap<string, string> = new Map([
  ...[['Code.ElseIf', 'If'] as const, ['Code.Else', 'If'] as const],
  ...[['Code.Catch', 'Try'] as const, ['Code.Finally', 'Try'] as const],
]);
const enders: ReadonlyMap<string, string> = new Map(
  ['If', 'For', 'Try', 'Group'].map((kind) => [`Code.${kind}End`, kind]),
);

/** How earlier versions of the designer called an atom; the id of a component stood behind its name. */
const formerKeys: readonly (readonly [RegExp, string])[] = [
  [/^Code\.Process$/, 'Script.process'],
  [/^(?:Code\.Component|Script\.component)\..*$/s, 'Script.component'],
  [/^Smart\.run_code\..*$/s, 'Smart.run_code'],
];

/**
 * A process of the robot's designer: a flat list of atoms, whose nesting is told by those that open and end a block.
 * Undefined for any other file.
 */
export function readAstronRpaFlow(root: SourceTree): FlowReading | undefined {
  if (!itemsOf(root).some(isAtom)) return undefined;
  const blocks = new Blocks();
  const variables = new VariablePorts();
  const nodes = itemsOf(root).flatMap((atom) => {
    readVariables(atom, variables);
    return readAtom(atom, blocks);
  });
  return {
    ...{ format: 'astronRpa', name: '', flowId: '', edges: [] },
    nodes: variables.addTo(nodes),
  };
}

/** Of the process, of the robot and of all: each has names of its own, and `python` is code that may name any. */
const variableTypes = /^(?:var|p_var|g_var|gv_var)$/;
const identifier = /[\p{ID_Start}_][\p{ID_Continue}]*/gu;
/** Of one setting. */
const mostNames = 50;
const mostCode = 10_000;

function readVariables(atom: SourceTree, variables: VariablePorts): void {
  const node = textAt(atom, 'id');
  for (const { setting, type, value } of partsOf(at(atom, 'inputList'))) {
    const code = String(value.value);
    const named = type === 'python' ? (code.slice(0, mostCode).match(identifier) ?? []) : [code];
    if (type !== 'python' && !variableTypes.test(type)) continue;
    for (const variable of new Set(named.slice(0, mostNames))) {
      const names = [...new Set([setting, variable])];
      variables.read({ node, variable, names, path: '', range: value.range });
    }
  }
  for (const { setting, type, value } of partsOf(at(atom, 'outputList'))) {
    const variable = String(value.value);
    if (variableTypes.test(type)) {
      variables.set({ node, variable, names: [...new Set([variable, setting])] });
    }
  }
}

/** The parts of the values of a list of settings; what is no list has no variables. */
function partsOf(list: SourceTree | undefined) {
  return itemsOf(list).flatMap((item) =>
    itemsOf(at(item, 'value')).flatMap((part) => {
      const value = scalarAt(part, 'value');
      if (value === undefined) return [];
      return [{ setting: textAt(item, 'key'), type: textAt(part, 'type'), value }];
    }),
  );
}

function isAtom(tree: SourceTree): boolean {
  const hasLists =
    at(tree, 'inputList')?.kind === 'list' || at(tree, 'outputList')?.kind === 'list';
  return hasLists && textAt(tree, 'key') !== '';
}

function readAtom(atom: SourceTree, blocks: Blocks): FlowNode[] {
  const id = scalarAt(atom, 'id');
  const key = textAt(atom, 'key');
  if (typeof id?.value !== 'string' || id.value === '' || key === '') return [];
  const alias = textAt(atom, 'alias') || textAt(atom, 'anotherName');
  const title = textAt(atom, 'title');
  return [
    {
      ...{ id: id.value, name: alias || title, otherName: title, type: atomType(key) },
      ...{ parentId: blocks.parentOf(id.value, key), idRange: id.range, range: atom.range },
    },
  ];
}

/** The type of an atom as the versions of today call it. */
export function atomType(key: string): string {
  return formerKeys.find(([former]) => former.test(key))?.[1] ?? key;
}

interface OpenBlock {
  readonly kind: string;
  /** What the block stands in. */
  readonly outer: string | null;
  /** What opened it, or its last part. */
  inside: string;
}

/** The blocks that are open, the innermost last. */
class Blocks {
  private readonly open: OpenBlock[] = [];
  /** How many are open of each kind: none is looked for in vain among thousands that lack their end. */
  private readonly counts = new Map<string, number>();

  /** In which block an atom stands. Parts and ends of a block stand beside what opened it, as the designer shows them. */
  parentOf(id: string, key: string): string | null {
    const part = parts.get(key);
    const ended = part ?? enders.get(key);
    const block = ended === undefined ? undefined : this.blockOf(ended);
    if (block !== undefined) {
      if (part === undefined) this.pop();
      else block.inside = id;
      return block.outer;
    }
    const outer = this.open.at(-1)?.inside ?? null;
    const kind = openers.get(key);
    if (kind !== undefined) {
      this.open.push({ kind, outer, inside: id });
      this.count(kind, 1);
    }
    return outer;
  }

  /** The innermost block of a kind; those in it that were not ended end with it. */
  private blockOf(kind: string): OpenBlock | undefined {
    if ((this.counts.get(kind) ?? 0) === 0) return undefined;
    while (this.open.at(-1)?.kind !== kind) this.pop();
    return this.open.at(-1);
  }

  private pop(): void {
    const block = this.open.pop();
    if (block !== undefined) this.count(block.kind, -1);
  }

  private count(kind: string, change: number): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + change);
  }
}
