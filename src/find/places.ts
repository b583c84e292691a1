import type {
  LogLine,
  LogStream,
  NamedValue,
  NodeData,
  ExecutionData,
} from '../trace/execution.ts';
import { isStoredText } from '../trace/storedText.ts';
import type { JsonPath } from './jsonPath.ts';

/** The parts of the inspector, in their order. */
export type SectionId = 'input' | 'output' | 'logs' | 'config' | 'timing' | 'other';

/** What stands in a part of the inspector. */
export interface SectionContent {
  readonly id: SectionId;
  readonly values: readonly NamedValue[];
  readonly logs: readonly LogLine[];
  /** Texts that stand in pieces in the log. */
  readonly streams: readonly LogStream[];
}

/** A text of the inspector that can be found: a value's name, a key, a leaf, a log message. */
export interface SearchPlace {
  readonly section: SectionId;
  /** The value's id, or the number of the log line. */
  readonly entry: string;
  readonly path: JsonPath;
  readonly part: 'name' | 'key' | 'value';
}

/** One occurrence of what is looked for. */
export interface SearchMatch extends SearchPlace {
  /** Where in that text it begins. */
  readonly offset: number;
  readonly length: number;
}

/** Where what a model thought stands beside what it answered. */
export const reasoningPath = 'reasoning';

/** A text put together, as the reader's choices and searches know it. */
export const streamEntry = (nth: number): string => `stream:${String(nth)}`;

/** Which stream each of the lines belongs to that belong to one. */
export function streamsByLine(streams: readonly LogStream[]): ReadonlyMap<number, number> {
  return new Map(streams.flatMap(({ lines }, nth) => lines.map((line) => [line, nth] as const)));
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
export function placedValues({ id, values }: Pick<SectionContent, 'id' | 'values'>): PlacedValue[] {
  const seen = new Map<string, number>();
  return values.map((value, index) => {
    const base = `${id}:${value.name}:${value.round ?? ''}`;
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    return { value, id: count === 0 ? base : `${base}:${count}`, index };
  });
}

/** Names a text, to find what is drawn of it. */
export function placeKey({ section, entry, path, part }: SearchPlace): string {
  return `${section}|${entry}|${path}|${part}`;
}

/** A leaf as it is drawn. */
export function leafText(value: null | boolean | number | string): string {
  return typeof value === 'string' ? value : String(value);
}

/** What a node got, gave and said, part by part. */
export function nodeSections(data: NodeData): readonly SectionContent[] {
  const { llmOutput } = data;
  const ofModel: NamedValue[] =
    llmOutput === ''
      ? []
      : [{ name: 'llm_output', value: llmOutput, form: formOf(llmOutput), round: null }];
  return [
    valuesOnly('input', data.input),
    valuesOnly('output', [...data.output, ...ofModel]),
    { id: 'logs', values: [], logs: data.logs, streams: data.streams },
    valuesOnly('config', data.config),
    valuesOnly('other', data.other),
  ];
}

/** The same of an execution itself; `message`: what its record says of how it ended. */
export function executionSections(
  { question, answer, fields }: ExecutionData,
  message: string,
): readonly SectionContent[] {
  const given = (value: NamedValue) => (value.value === '' || value.value === null ? [] : [value]);
  const ended: NamedValue = { name: 'status.message', value: message, form: 'text', round: null };
  return [
    valuesOnly('input', given(question)),
    valuesOnly('output', given(answer)),
    valuesOnly('other', [...fields, ...given(ended)]),
  ];
}

function formOf(text: string): NamedValue['form'] {
  return isStoredText(text) ? 'link' : 'text';
}

function valuesOnly(id: SectionId, values: readonly NamedValue[]): SectionContent {
  return { id, values, logs: [], streams: [] };
}
