import type { ShortValue } from '../protocol/marks.ts';
import type { NamedValue, NodeData } from '../trace/execution.ts';

/** The end of a line holds a glance. */
const mostValues = 3;
const mostText = 40;

/** What a node gave, as much as the end of a line holds: the first values, each cut. */
export function shortValues({ output, llmOutput }: NodeData): readonly ShortValue[] {
  const given: readonly Given[] =
    llmOutput === '' ? output : [...output, { name: '', value: llmOutput }];
  return given
    .slice(0, mostValues)
    .map((value) => ({ name: cut(value.name), text: shortText(value) }));
}

/** Never the whole of a value: it may have megabytes. */
function shortText({ value, leftOut }: Given): string {
  if (typeof value === 'string') return cut(value);
  if (typeof value === 'number') return String(rounded(value));
  if (typeof value !== 'object' || value === null) return String(value);
  const whole = leftOut?.find(({ path }) => path.length === 0)?.size;
  const size = String(whole ?? Object.keys(value).length);
  return Array.isArray(value) ? `[${size}]` : `{${size}}`;
}

/** A glance has no use for more: two places, or of what is below one three digits. */
function rounded(value: number): number {
  if (Number.isInteger(value)) return value;
  return Math.abs(value) < 1 ? Number(value.toPrecision(3)) : Math.round(value * 100) / 100;
}

type Given = Pick<NamedValue, 'name' | 'value' | 'leftOut'>;

function cut(text: string): string {
  const line = text
    .slice(0, 4 * mostText)
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (line.length <= mostText) return line;
  return `${line.slice(0, mostText - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
