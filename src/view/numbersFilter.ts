import type { Span } from '../analysis/spans.ts';
import type { NumbersAnswer } from '../protocol/numbers.ts';
import { written } from '../query/completion.ts';
import type { Milliseconds } from '../trace/execution.ts';

/** Terms of the filter, each once, the empty ones left out. */
export function filterOf(...terms: readonly string[]): string {
  return [...new Set(terms)].filter((term) => term !== '').join(' ');
}

/**
 * What all executions behind numbers have in common: when they began, what they were narrowed to and, where calls of tools
 * and builds are counted apart, that they are none; unless what is looked for, such as a node, tells so.
 */
export function scopeTerms(
  answer: NumbersAnswer,
  of: 'runs' | 'runs and calls' = 'runs',
  span: Span = answer.span,
): readonly string[] {
  const { toolCalls, builds } = answer.figures;
  const isApart = of === 'runs' && toolCalls + builds > 0;
  return [timeTerm(span), isApart ? 'kind:run' : '', narrowingTerm(answer)];
}

/** What of a service stands in the name that its records have. */
function narrowingTerm({ query: { only }, choices }: NumbersAnswer): string {
  if (only === undefined) return '';
  // One that we don't know may be called anything.
  if (only.kind === 'service') return only.of === 'other' ? '' : `service:${only.of}`;
  const { flow } = only;
  return flowTerm(
    choices.flows.find((one) => one.flow === flow) ?? { flow, name: '' },
    choices.flows,
  );
}

/** Those that began in a time; its end is no part of it. */
export function timeTerm({ fromMs, toMs }: Span): string {
  return `time:${localTime(fromMs)}..<${localTime(toMs)}`;
}

/** Those that took so long. */
export function durationTerm(fromMs: Milliseconds, toMs: Milliseconds): string {
  if (toMs === Number.MAX_SAFE_INTEGER) return `duration:>=${inUnit(fromMs)}`;
  return `duration:${inUnit(fromMs)}..<${inUnit(toMs)}`;
}

/** Those of a flow, by its name where it alone has it. */
export function flowTerm({ flow, name }: Named, all: readonly Named[]): string {
  return `flow:${written(
    telling(
      name,
      flow,
      all.map((one) => [one.name, one.flow]),
    ),
  )}`;
}

/** Those that failed at a node, or came to it. */
export function nodeTerm(
  field: 'node' | 'failing',
  { nodeId, name }: NamedNode,
  all: readonly NamedNode[],
): string {
  const names = all.map((one) => [one.name, one.nodeId ?? ''] as const);
  return `${field}:${written(telling(name, nodeId ?? '', names))}`;
}

interface Named {
  readonly flow: string;
  readonly name: string;
}

interface NamedNode {
  readonly nodeId: string | null;
  readonly name: string;
}

/** The name, unless it is a part of what others are called: the filter looks for parts. */
function telling(name: string, id: string, all: readonly (readonly [string, string])[]): string {
  if (name === '' || id === '') return name === '' ? id : name;
  const part = name.toLowerCase();
  const others = all.filter(([, otherId]) => otherId !== id);
  const isAlone = others.every(
    ([other, otherId]) =>
      !other.toLowerCase().includes(part) && !otherId.toLowerCase().includes(part),
  );
  return isAlone ? name : id;
}

/** `2026-11-24T10:00`, to the second where it isn't a whole minute. */
function localTime(atMs: Milliseconds): string {
  const at = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [String(at.getFullYear()), two(at.getMonth() + 1), two(at.getDate())].join('-');
  const clock = [two(at.getHours()), two(at.getMinutes())].join(':');
  const seconds = at.getSeconds();
  return `${day}T${clock}${seconds === 0 ? '' : `:${two(seconds)}`}`;
}

function inUnit(ms: Milliseconds): string {
  return ms >= 1_000 && ms % 100 === 0 ? `${String(ms / 1_000)}s` : `${String(ms)}ms`;
}
