import type { Json, JsonObject } from '../base/json.ts';
import type { NodeData } from '../trace/execution.ts';
import type { Tried } from './attempts.ts';
import { sectionOf } from './sections.ts';
import { type WrittenPart, writtenValues } from './writtenValue.ts';

/** What of a node run is shown side by side. */
export const sideSections = ['input', 'output', 'config', 'logs'] as const;

/** A part of a node run that is shown side by side. */
export type SideSection = (typeof sideSections)[number];

/** What a node got, gave and logged; `tried`: which of its entries are attempts, of which the last one counts. */
export interface SideData {
  readonly data: NodeData | undefined;
  readonly tried: Tried | null;
}

/** A part of both runs of a node as lines, fields of both in one order and items of lists beside each other. */
export function sideParts(
  before: SideData,
  after: SideData,
  section: SideSection,
): readonly WrittenPart[] {
  if (section !== 'logs') return writtenValues(valuesOf(before, section), valuesOf(after, section));
  return [{ before: logLines(before.data), after: logLines(after.data) }];
}

/** A text for VS Code's editor crosses two borders. */
const longestText = 4 * 1024 * 1024;
/** The diff editor never ends where lines are longer. */
const longestLine = 1_000;
const longestPart = 900;
/** What ends a line within a text, a sentence, a word. Each hangs on what stands there alone: one sign more parts no other. */
const partEnds = [/(?<=\\n)/, /(?<=[.;!?] |[。；！？])/, /(?<=[,:] |[，：、])/, /(?<= )/];

/** Two texts for VS Code's diff editor; null where they are too long to be sent. */
export function editorTexts(parts: readonly WrittenPart[]): readonly [string, string] | null {
  const [before, after] = wholeTexts(parts);
  if (before.length + after.length > longestText) return null;
  return [withShortLines(before), withShortLines(after)];
}

/** Both sides whole. */
export function wholeTexts(parts: readonly WrittenPart[]): readonly [string, string] {
  const text = (side: keyof WrittenPart) => parts.flatMap((part) => part[side]).join('\n');
  return [text('before'), text('after')];
}

/** Long lines in parts, each as far in as its line. */
export function withShortLines(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => {
      if (line.length <= longestLine) return [line];
      const [indent = ''] = /^ {0,100}/.exec(line) ?? [];
      return shortParts(line.slice(indent.length), partEnds).map((part) => indent + part);
    })
    .join('\n');
}

/** With its indent no part is longer than a line may be. */
function shortParts(part: string, [end, ...others]: readonly RegExp[]): readonly string[] {
  if (part.length <= longestPart) return [part];
  if (end !== undefined) return part.split(end).flatMap((one) => shortParts(one, others));
  return part.match(/[^]{1,899}[^\ud800-\udbff]|[^]/g) ?? [];
}

function logLines(data: NodeData | undefined): readonly string[] {
  // When a line was written differs in every run.
  const lines = data?.logs.map(({ level, message }) => `${level} ${message}`.trim()) ?? [];
  return lines.flatMap((line) => line.split('\n'));
}

function valuesOf({ data, tried }: SideData, section: Exclude<SideSection, 'logs'>): JsonObject {
  if (data === undefined) return {};
  const { llmOutput } = data;
  const found = new Map<string, Json>();
  for (const { name, rounds } of sectionOf({ ...data, llmOutput: '' }, section, tried)) {
    found.set(name, rounds.length === 1 ? (rounds[0] ?? null) : rounds);
  }
  if (section === 'output' && llmOutput !== '') found.set('llm_output', llmOutput);
  return Object.fromEntries(found);
}
