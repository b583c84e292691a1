import type { Json } from '../base/json.ts';
import type { NamedValue, NodeData } from '../trace/execution.ts';
import { isObject } from './jsonValues.ts';

/** What of a node run is shown side by side. */
export const sideSections = ['input', 'output', 'config', 'logs'] as const;

/** A part of a node run that is shown side by side. */
export type SideSection = (typeof sideSections)[number];

/** A part of both runs of a node as text, pretty-printed, fields of both in one order: what stands elsewhere only is none. */
export function sideTexts(
  before: NodeData | undefined,
  after: NodeData | undefined,
  section: SideSection,
): readonly [string, string] {
  if (section === 'logs') return [logText(before), logText(after)];
  const [old, now] = [valuesOf(before, section), valuesOf(after, section)];
  return [printed(inOrderOf(old, now)), printed(now)];
}

/** A text for VS Code's editor crosses two borders. */
const longestText = 4 * 1024 * 1024;
/** The diff editor never ends where lines are longer. */
const longestLine = 1_000;
/** What ends a line within a text, a sentence, a word. Each hangs on what stands there alone: one sign more parts no other. */
const partEnds = [/(?<=\\n)/, /(?<=[.;!?] |[。；！？])/, /(?<=[,:] |[，：、])/, /(?<= )/];

/** Two texts for VS Code's diff editor; null where they are too long to be sent. */
export function editorTexts([before, after]: readonly [string, string]):
  readonly [string, string] | null {
  if (before.length + after.length > longestText) return null;
  return [withShortLines(before), withShortLines(after)];
}

/** Long lines in parts. */
export function withShortLines(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => shortParts(line, partEnds))
    .join('\n');
}

function shortParts(line: string, [end, ...others]: readonly RegExp[]): readonly string[] {
  if (line.length <= longestLine) return [line];
  if (end !== undefined) return line.split(end).flatMap((part) => shortParts(part, others));
  return line.match(/[^]{1,999}[^\ud800-\udbff]|[^]/g) ?? [];
}

function logText(data: NodeData | undefined): string {
  // When a line was written differs in every run.
  const lines = data?.logs.map(({ level, message }) => `${level} ${message}`.trim()) ?? [];
  return lines.reduce((text, line) => (text === '' ? line : `${text}\n${line}`), '');
}

function valuesOf(data: NodeData | undefined, section: Exclude<SideSection, 'logs'>): Json {
  if (data === undefined) return {};
  const found = new Map<string, Json[]>();
  const add = ({ name, value }: Pick<NamedValue, 'name' | 'value'>) => {
    const known = found.get(name);
    if (known === undefined) found.set(name, [value]);
    else known.push(value);
  };
  data[section].forEach(add);
  if (section === 'output' && data.llmOutput !== '')
    add({ name: 'llm_output', value: data.llmOutput });
  return Object.fromEntries(
    [...found].map(([name, rounds]) => [name, rounds.length === 1 ? (rounds[0] ?? null) : rounds]),
  );
}

/** The fields in the order of the other, then its own. */
function inOrderOf(value: Json, other: Json): Json {
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    const others = Array.isArray(other) ? (other as readonly Json[]) : [];
    return items.map((item, index) => inOrderOf(item, others[index] ?? null));
  }
  if (!isObject(value) || !isObject(other)) return value;
  const names = [
    ...Object.keys(other).filter((name) => Object.hasOwn(value, name)),
    ...Object.keys(value).filter((name) => !Object.hasOwn(other, name)),
  ];
  return Object.fromEntries(
    names.map((name) => [name, inOrderOf(value[name] ?? null, other[name] ?? null)]),
  );
}

function printed(value: Json): string {
  return isObject(value) && Object.keys(value).length === 0 ? '' : JSON.stringify(value, null, 2);
}
