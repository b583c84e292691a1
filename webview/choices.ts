import type { PanelSizes } from '../src/protocol/hostProtocol.ts';
import type { ProblemGroup } from '../src/protocol/problems.ts';
import type { Range, Span } from '../src/analysis/spans.ts';
import type { ExecutionKey, ExecutionKind, RunKey } from '../src/trace/execution.ts';

/** What the reader chose, kept over a reload of the page. */
export interface Choices {
  /** What fills the room below the header where no other page is open. */
  readonly page: 'executions' | 'problems' | 'numbers';
  /** The time that numbers are of; empty: what suits the source. */
  readonly range: Range | '';
  /** Which problems are listed, and the one of them that is chosen. */
  readonly problemGroup: ProblemGroup;
  readonly problem: string | null;
  /** What the range `own` stands for. */
  readonly own: Span;
  /** Of what ran alone: a flow, or a service; both empty for all. */
  readonly only: { readonly flow: string; readonly service: ExecutionKind | '' };
  /** `flow`: the executions of the open flow file, where there is one. */
  readonly scope: 'flow' | 'all';
  readonly filter: string;
  readonly selected: ExecutionKey | null;
  /** Whose executions they are: what is selected is of no other source. */
  readonly source: string | null;
  readonly row: RunKey | null;
  /** How the steps of an execution are shown. */
  readonly stepsAs: 'tree' | 'flow';
  /** Closed rows by execution, the one used last at the end. */
  readonly collapsed: readonly (readonly [ExecutionKey, readonly RunKey[]])[];
  /** First row of the list that is seen, and the execution it counts from. */
  readonly list: { readonly anchor: ExecutionKey | null; readonly row: number };
  /** Width of the list in pixels; height of the inspector as a share of its column, from 0, closed, to 1, alone. */
  readonly split: { readonly list: number; readonly inspector: number };
  /** Who says how high the inspector is: the rows of the tree, which leave it the rest, or the reader. */
  readonly inspectorBy: 'content' | 'reader';
  /** Whether it says at length why an execution failed; `auto`: until it was read, where there is room for it. */
  readonly why: 'auto' | 'open' | 'closed';
  /** Executions that were left again since it said at length why they failed, the one left last at the end. */
  readonly reasonsRead: readonly ExecutionKey[];
  /** Whether the evidence of a failure is unfolded. */
  readonly evidenceOpen: boolean;
  /** Whether the steps of a diagnosis are. */
  readonly stepsOpen: boolean;
}

const pages: readonly Choices['page'][] = ['executions', 'problems', 'numbers'];
/** In the order in which they are offered. */
export const ranges: readonly Range[] = [
  ...(['hour', 'today', 'day', 'week', 'month', 'all', 'own'] as const),
];

const services: readonly Choices['only']['service'][] = [
  ...(['', 'workflow', 'build', 'rpa', 'link', 'aitools', 'agent', 'other'] as const),
];

export const problemGroups: readonly ProblemGroup[] = ['unresolved', 'resolved', 'ignored'];

/** What a panel starts with. */
export const firstChoices: Choices = {
  page: 'executions',
  range: '',
  problemGroup: 'unresolved',
  problem: null,
  own: { fromMs: 0, toMs: 0 },
  only: { flow: '', service: '' },
  scope: 'flow',
  filter: '',
  selected: null,
  source: null,
  row: null,
  stepsAs: 'tree',
  collapsed: [],
  list: { anchor: null, row: 0 },
  split: { list: 320, inspector: 0.42 },
  inspectorBy: 'content',
  why: 'auto',
  reasonsRead: [],
  evidenceOpen: false,
  stepsOpen: false,
};

/** Enough to come back to what one compares; a row key is some 40 bytes. */
const maxCollapsed = 20;

/** More than anybody comes back to; a key is some 50 bytes. */
const maxReasonsRead = 50;

/**
 * Reads choices that an older version may have written: what doesn't fit is replaced by the first ones. A new panel is
 * divided as the reader divided the one before.
 */
export function readChoices(saved: unknown, sizes: PanelSizes | null): Choices {
  if (typeof saved !== 'object' || saved === null) return { ...firstChoices, ...divided(sizes) };
  const known = saved as Partial<Record<keyof Choices, unknown>>;
  const fits = (key: keyof Choices) => sameShape(known[key], firstChoices[key]);
  const keys = Object.keys(firstChoices) as (keyof Choices)[];
  const fitting = Object.fromEntries(keys.filter(fits).map((key) => [key, known[key]]));
  const choices = { ...firstChoices, ...fitting };
  const { range, own } = choices;
  // One that ends before it begins asks for nothing.
  const isRange = ranges.some((one) => one === range) && (range !== 'own' || own.fromMs < own.toMs);
  const isGroup = problemGroups.includes(choices.problemGroup);
  return {
    ...choices,
    only: services.includes(choices.only.service) ? choices.only : firstChoices.only,
    range: isRange ? range : '',
    problemGroup: isGroup ? choices.problemGroup : 'unresolved',
    page: pages.includes(choices.page) ? choices.page : 'executions',
    stepsAs: choices.stepsAs === 'flow' ? 'flow' : 'tree',
  };
}

/** The closed rows of an execution. */
export function collapsedOf(choices: Choices, key: ExecutionKey): readonly RunKey[] {
  return choices.collapsed.find(([execution]) => execution === key)?.[1] ?? [];
}

/** The choices after the rows of an execution were closed or opened. */
export function withCollapsed(
  choices: Choices,
  key: ExecutionKey,
  rows: readonly RunKey[],
): Choices['collapsed'] {
  const others = choices.collapsed.filter(([execution]) => execution !== key);
  return rows.length === 0 ? others : [...others, [key, rows] as const].slice(-maxCollapsed);
}

/** The choices after the reasons of an execution were read. */
export function withReasonsRead(choices: Choices, key: ExecutionKey): Choices['reasonsRead'] {
  const others = choices.reasonsRead.filter((read) => read !== key);
  return [...others, key].slice(-maxReasonsRead);
}

/** How the panel is divided, for the next one. */
export function sizesOf({ split, inspectorBy }: Choices): PanelSizes {
  const inspector = inspectorBy === 'content' ? null : Math.round(split.inspector * 1000);
  return { list: split.list, inspector };
}

function divided(sizes: PanelSizes | null): Partial<Choices> {
  if (sizes === null) return {};
  const { list, inspector } = sizes;
  return inspector === null
    ? { split: { ...firstChoices.split, list } }
    : { split: { list, inspector: inspector / 1000 }, inspectorBy: 'reader' };
}

function sameShape(value: unknown, model: unknown): boolean {
  if (model === null) return value === null || typeof value === 'string';
  if (Array.isArray(model)) return Array.isArray(value);
  if (typeof model !== 'object') return typeof value === typeof model;
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Record<string, unknown>;
  return Object.entries(model).every(([key, part]) => sameShape(record[key], part));
}
