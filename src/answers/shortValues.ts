import type { Json } from '../base/json.ts';
import type { ShortValue } from '../protocol/marks.ts';
import type { NodeData } from '../trace/execution.ts';

/** The end of a line holds a glance. */
const mostValues = 3;
const mostText = 40;

/** What a node gave, as much as the end of a line holds: the first values, each cut. */
export function shortValues({ output, llmOutput }: NodeData): readonly ShortValue[] {
  const given = llmOutput === '' ? output : [...output, { name: '', value: llmOutput }];
  return given
    .slice(0, mostValues)
    .map(({ name, value }) => ({ name: cut(name), text: shortText(value) }));
}

/** Never the whole of a value: it may have megabytes. */
function shortText(value: Json): string {
  if (typeof value === 'string') return cut(value);
  if (Array.isArray(value)) return `[${String(value.length)}]`;
  if (typeof value === 'object' && value !== null) return `{${String(Object.keys(value).length)}}`;
  return String(value);
}

function cut(text: string): string {
  const line = text
    .slice(0, 4 * mostText)
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (line.length <= mostText) return line;
  return `${line.slice(0, mostText - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
