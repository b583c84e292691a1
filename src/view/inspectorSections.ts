import { assertNever } from '../base/assertNever.ts';
import type { InspectorContent } from '../protocol/inspector.ts';
import type { TreeRow } from '../protocol/tree.ts';
import {
  executionSections,
  nodeSections,
  type SectionContent,
  type SectionId,
} from '../find/places.ts';
import type { RunKey } from '../trace/execution.ts';
import { isErrorLevel } from '../trace/logLevel.ts';
import { msg } from '../texts/translate.ts';

/** A part of the inspector: values, log lines or facts. */
export interface InspectorSection extends SectionContent {
  /** English text, the key of its translation. */
  readonly title: string;
  /** What is said when there is nothing in it. */
  readonly empty: string;
}

/** A tab over one section, or two side by side. */
export interface InspectorTab {
  readonly id: SectionId;
  readonly title: string;
  readonly sections: readonly InspectorSection[];
  /** How many values or lines; null where counting says nothing. */
  readonly count: number | null;
}

/** The sections of what is inspected; none for a node that never ran. */
export function inspectorSections(
  content: InspectorContent,
  isSummaryOnly = false,
): InspectorSection[] {
  const sections = sectionsOf(content);
  if (!isSummaryOnly) return sections;
  // Whether there was any nobody knows.
  const empty = msg('The history doesn’t have it.');
  return sections.map((section) => (section.empty === '' ? section : { ...section, empty }));
}

function sectionsOf(content: InspectorContent): InspectorSection[] {
  switch (content.kind) {
    case 'node':
      return sectionsOfNode(content);
    case 'execution':
      return sectionsOfExecution(content);
    case 'notRun':
      return [];
    default:
      return assertNever(content);
  }
}

/** The tabs: where there is width, input and output share one. */
export function inspectorTabs(
  sections: readonly InspectorSection[],
  wide: boolean,
): InspectorTab[] {
  const [input, output, ...others] = sections;
  if (!wide || input === undefined || output === undefined) return sections.map(tabOf);
  const title =
    input.title === nodeTitles.input ? msg('Input and output') : msg('Question and answer');
  const count = input.values.length + output.values.length;
  return [{ id: 'input', title, sections: [input, output], count }, ...others.map(tabOf)];
}

/** The tab that shows a section; the first when none does. */
export function tabWith(tabs: readonly InspectorTab[], id: SectionId): InspectorTab | undefined {
  return tabs.find((tab) => tab.sections.some((section) => section.id === id)) ?? tabs[0];
}

/** Where the error of a failed node stands: its log, or else, with no output, what it got. Null of others. */
export function sectionOfError(
  content: InspectorContent,
  sections: readonly InspectorSection[],
): SectionId | null {
  if (content.kind !== 'node' || content.row.status !== 'failed') return null;
  if (content.data.logs.some((line) => isErrorLevel(line.level))) return 'logs';
  const output = sections.find(({ id }) => id === 'output');
  return output?.values.length === 0 ? 'input' : null;
}

/** How many rounds the values tell of: 0 when they tell of none. */
export function roundCount(sections: readonly InspectorSection[]): number {
  let count = 0;
  for (const { values } of sections) {
    for (const { round } of values) count = Math.max(count, (round ?? -1) + 1);
  }
  return count;
}

/** Names what is inspected, so that the reader's choices can be kept for it. */
export function contentKey(content: InspectorContent): RunKey {
  return content.kind === 'execution' ? `execution:${content.summary.key}` : content.row.key;
}

const nodeTitles = {
  input: msg('Input'),
  output: msg('Output'),
  logs: msg('Logs'),
  config: msg('Config'),
  timing: msg('Timing & usage'),
  other: msg('Other'),
} as const;

/** Nothing was given yet, and may still be. */
const goesOn = msg('Nothing so far: it is still running.');

const isOver = ({ status }: TreeRow): boolean => status !== 'running' && status !== 'stalled';

function sectionsOfNode({
  data,
  row,
}: Extract<InspectorContent, { kind: 'node' }>): InspectorSection[] {
  const empty: Readonly<Record<SectionId, string>> = {
    input: msg('This node had no input.'),
    output: isOver(row) ? msg('This node returned no output.') : goesOn,
    logs: isOver(row) ? msg('This node wrote no logs.') : goesOn,
    config: msg('The record contains no config of this node.'),
    timing: '',
    other: msg('The record contains no other fields of this node.'),
  };
  return withTiming(nodeSections(data)).map((content) => ({
    ...content,
    title: nodeTitles[content.id],
    empty: empty[content.id],
  }));
}

function sectionsOfExecution({
  data,
  summary: { message, outcome },
}: Extract<InspectorContent, { kind: 'execution' }>): InspectorSection[] {
  const goesOnStill = outcome === 'running' || outcome === 'stalled';
  const texts: Readonly<Partial<Record<SectionId, readonly [title: string, empty: string]>>> = {
    input: [msg('Question'), msg('The record contains no question.')],
    output: [msg('Answer'), goesOnStill ? goesOn : msg('The execution returned no answer.')],
    timing: [nodeTitles.timing, ''],
    other: [msg('Record'), msg('The record contains no other fields.')],
  };
  return withTiming(executionSections(data, message)).map((content) => {
    const [title, empty] = texts[content.id] ?? [nodeTitles[content.id], ''];
    return { ...content, title, empty };
  });
}

/** Facts, which hold no values, stand before the last part. */
function withTiming(contents: readonly SectionContent[]): SectionContent[] {
  const timing: SectionContent = { id: 'timing', values: [], logs: [], streams: [] };
  return [...contents.slice(0, -1), timing, ...contents.slice(-1)];
}

function tabOf(only: InspectorSection): InspectorTab {
  const { id, title, values, logs } = only;
  const count = id === 'timing' ? null : id === 'logs' ? logs.length : values.length;
  return { id, title, sections: [only], count };
}
