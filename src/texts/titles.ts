import type { TreeRow } from '../protocol/tree.ts';
import type { ExecutionKind, NodeId } from '../trace/execution.ts';
import { nodeTypePresentation } from './nodeTypes.ts';
import { withNotChecked } from './notCheckedText.ts';
import { isRawId } from './rawId.ts';
import { msg, type Translate } from './translate.ts';

/** What something is called: by its name, else by what it is, and then its id tells it from its likes. */
export interface Title {
  readonly name: string;
  /** Empty where the name is one of its own. */
  readonly id: string;
}

/** What ran, as far as it says what it is called. */
export interface Named {
  readonly name: string;
  readonly kind: ExecutionKind;
  /** Who wrote the record. */
  readonly service: string;
}

/** What an execution is called. */
export function executionTitle({ name, kind, service }: Named, t: Translate): Title {
  return titleOf(name === service ? '' : name, () => executionWord(kind, service, t), t);
}

/** The same in one text. */
export function executionName(named: Named, t: Translate): string {
  return titleText(executionTitle(named, t));
}

/** What a flow is called where no record of it is at hand. */
export function flowTitle(
  { name, flow }: { readonly name: string; readonly flow: string },
  kind: ExecutionKind | null,
  t: Translate,
): Title {
  const word = () => (kind === null ? t('Flow') : executionWord(kind, '', t));
  return titleOf(name === '' ? flow : name, word, t);
}

/** What a node is called: without a name, its id begins with its type. */
export function nodeTitle(
  { name, nodeId }: { readonly name: string; readonly nodeId: NodeId | null },
  t: Translate,
): Title {
  const [type = '', ...rest] = (nodeId ?? '').split('::');
  const word = () => (rest.length === 0 ? t('Node') : typeText(type, t));
  if (name !== '') return titleOf(name, word, t);
  return { name: nodeId === null ? t('an unknown node') : word(), id: shown(nodeId ?? '', t) };
}

/** The same in one text, where a sentence says that something happened at a node; empty where the record names none. */
export function nameOfNode(
  node: { readonly name: string; readonly nodeId: NodeId | null },
  t: Translate,
): string {
  return node.name === '' ? '' : titleText(nodeTitle(node, t));
}

/** What a row of a tree is called: by what it does where the record names it not. */
export function rowTitle({ name, type, executionKind }: RowNamed, t: Translate): Title {
  return executionKind === undefined
    ? titleOf(name, () => typeText(type, t) || t('Step'), t)
    : executionTitle({ name, kind: executionKind, service: type }, t);
}

type RowNamed = Pick<TreeRow, 'name' | 'type' | 'executionKind'>;

/** The same in one text. */
export function rowName(row: RowNamed, t: Translate): string {
  return titleText(rowTitle(row, t));
}

/** In one text: for sentences, tooltips and what is read aloud. */
export function titleText({ name, id }: Title): string {
  return id === '' ? name : `${name} ${id}`;
}

/** The word for a node's type in the reader's language, or the type itself. */
export function typeText(type: string, t: Translate): string {
  const { text } = nodeTypePresentation(type);
  return text === '' ? shown(type, t) : t(text);
}

function titleOf(name: string, word: () => string, t: Translate): Title {
  if (name === '') return { name: word(), id: '' };
  return isRawId(name) ? { name: word(), id: shown(name, t) } : { name: shown(name, t), id: '' };
}

const shown = withNotChecked;

const words: Readonly<Record<Exclude<ExecutionKind, 'other'>, string>> = {
  workflow: msg('Workflow'),
  build: msg('Workflow build'),
  rpa: msg('RPA robot'),
  link: msg('Tool call'),
  aitools: msg('Tool call'),
  agent: msg('Agent'),
};

function executionWord(kind: ExecutionKind, service: string, t: Translate): string {
  return kind === 'other' ? typeText(service, t) || t('Execution') : t(words[kind]);
}
