import { assertNever } from '../base/assertNever.ts';
import type { InspectorContent } from '../protocol/inspector.ts';
import type { TreeRow } from '../protocol/tree.ts';
import type { LogLine, LogStream, NamedValue, RunKey } from '../trace/execution.ts';
import { isStoredText } from '../trace/storedText.ts';
import { isErrorLevel } from '../trace/logLevel.ts';
import { msg } from '../texts/translate.ts';

/** The parts of the inspector, in their order. */
export type SectionId = 'input' | 'output' | 'logs' | 'config' | 'timing' | 'other';

/** A part of the inspector: values, log lines or facts. */
export interface InspectorSection {
  readonly id: SectionId;
  /** English text, the key of its translation. */
  readonly title: string;
  /** What is said when there is nothing in it. */
  readonly empty: string;
  readonly values: readonly NamedValue[];
  readonly logs: readonly LogLine[];
  /** Texts that stand in pieces in the log. */
  readonly streams: readonly LogStream[];
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
export function inspectorSections(content: InspectorContent): InspectorSection[] {
  switch (content.kind) {
    case 'node':
      return nodeSections(content);
    case 'execution':
      return executionSections(content);
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

/** A value with its place among those of its section, which names it while it is refreshed. */
export interface PlacedValue {
  readonly value: NamedValue;
  /** `output:total:2`: section, name, and round or the how-manieth of that name. */
  readonly id: string;
  /** Among those of its section, from 0. */
  readonly index: number;
}

/** All values of a section under ids that stay the same when the content is refreshed. */
export function placedValues({ id, values }: InspectorSection): PlacedValue[] {
  const seen = new Map<string, number>();
  return values.map((value, index) => {
    const base = `${id}:${value.name}:${value.round ?? ''}`;
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    return { value, id: count === 0 ? base : `${base}:${count}`, index };
  });
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

function nodeSections({
  data,
  row,
}: Extract<InspectorContent, { kind: 'node' }>): InspectorSection[] {
  const modelOutput: NamedValue[] =
    data.llmOutput === ''
      ? []
      : [{ name: 'llm_output', value: data.llmOutput, form: formOf(data.llmOutput), round: null }];
  return [
    section('input', nodeTitles.input, msg('This node got no input.'), data.input),
    section('output', nodeTitles.output, isOver(row) ? msg('This node gave no output.') : goesOn, [
      ...data.output,
      ...modelOutput,
    ]),
    {
      ...section(
        'logs',
        nodeTitles.logs,
        isOver(row) ? msg('This node wrote no log.') : goesOn,
        [],
      ),
      ...{ logs: data.logs, streams: data.streams },
    },
    section(
      'config',
      nodeTitles.config,
      msg('The record holds no config of this node.'),
      data.config,
    ),
    section('timing', nodeTitles.timing, '', []),
    section(
      'other',
      nodeTitles.other,
      msg('The record holds no other fields of this node.'),
      data.other,
    ),
  ];
}

function formOf(text: string): NamedValue['form'] {
  return isStoredText(text) ? 'link' : 'text';
}

function executionSections({
  data,
  summary: { message, outcome },
}: Extract<InspectorContent, { kind: 'execution' }>): InspectorSection[] {
  const given = (value: NamedValue) => (value.value === '' || value.value === null ? [] : [value]);
  return [
    section('input', msg('Question'), msg('The record holds no question.'), given(data.question)),
    section(
      'output',
      msg('Answer'),
      outcome === 'running' || outcome === 'stalled'
        ? goesOn
        : msg('The execution gave no answer.'),
      given(data.answer),
    ),
    section('timing', nodeTitles.timing, '', []),
    section('other', msg('Record'), msg('The record holds no other fields.'), [
      ...data.fields,
      ...given({ name: 'status.message', value: message, form: 'text', round: null }),
    ]),
  ];
}

function section(
  id: SectionId,
  title: string,
  empty: string,
  values: readonly NamedValue[],
): InspectorSection {
  return { id, title, empty, values, logs: [], streams: [] };
}

function tabOf(only: InspectorSection): InspectorTab {
  const { id, title, values, logs } = only;
  const count = id === 'timing' ? null : id === 'logs' ? logs.length : values.length;
  return { id, title, sections: [only], count };
}
