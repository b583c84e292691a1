import { assertNever } from '../base/assertNever.ts';
import type { ExecutionKind, Milliseconds, Outcome } from '../trace/execution.ts';
import { isToolCall } from '../trace/execution.ts';
import { type Condition, isWithin, type Term } from './terms.ts';

/** What is asked first: it is known without reading all of an execution. */
export interface PastHead {
  readonly kind: ExecutionKind;
  readonly outcome: Outcome;
  readonly beginMs: Milliseconds | null;
  readonly durationMs: Milliseconds | null;
}

/** An execution of the past as far as a filter asks about it. */
export interface MatchedPast extends PastHead {
  readonly sid: string;
  readonly service: string;
  readonly flow: string;
  readonly name: string;
  readonly code: number;
  readonly failure: {
    readonly nodeId: string | null;
    readonly name: string;
    readonly cause: string | null;
    readonly category: string;
  } | null;
  readonly nodes: readonly { readonly nodeId: string; readonly name: string }[];
}

const ofHead: ReadonlySet<Condition['kind']> = new Set(['status', 'kind', 'duration', 'time']);

/** Whether the history can tell; inputs and outputs it doesn't have. */
export function isOfPast(terms: readonly Term[]): boolean {
  return terms.every(({ condition }) => condition.kind !== 'text');
}

/** False where an execution can't be what is looked for, whatever else is in it. */
export function headMatches(head: PastHead, terms: readonly Term[]): boolean {
  return terms.every(
    ({ condition, excludes }) =>
      !ofHead.has(condition.kind) || matchesHead(head, condition) !== excludes,
  );
}

/**
 * Whether an execution of the past is what is looked for, as the list finds those in memory. Of which problem it is
 * others know.
 */
export function pastMatches(past: MatchedPast, terms: readonly Term[]): boolean {
  return terms.every(
    ({ condition, excludes }) =>
      condition.kind === 'problem' || matches(past, condition) !== excludes,
  );
}

/** The time in which all that is looked for began; both ends may be open. */
export function spanOfTerms(terms: readonly Term[]): {
  readonly fromMs: Milliseconds;
  readonly toMs: Milliseconds;
} {
  let [fromMs, toMs] = [-Infinity, Infinity];
  for (const { condition, excludes } of terms) {
    if (condition.kind !== 'time' || excludes) continue;
    fromMs = Math.max(fromMs, condition.within.least);
    toMs = Math.min(toMs, condition.within.most);
  }
  return { fromMs, toMs };
}

function matchesHead(head: PastHead, condition: Condition): boolean {
  switch (condition.kind) {
    case 'status':
      return head.outcome === condition.outcome;
    case 'kind':
      return isToolCall(head.kind) === (condition.of === 'tool');
    case 'duration':
      return isWithin(head.durationMs, condition.within);
    case 'time':
      return isWithin(head.beginMs, condition.within);
    default:
      return false;
  }
}

function matches(
  past: MatchedPast,
  condition: Exclude<Condition, { readonly kind: 'problem' }>,
): boolean {
  const { failure, flow, name, sid, service, code } = past;
  switch (condition.kind) {
    case 'status':
    case 'kind':
    case 'duration':
    case 'time':
      return matchesHead(past, condition);
    case 'word':
      return (
        holds(condition.text, [name, flow, sid, service, past.outcome, String(code)]) ||
        hasNode(past, condition.text)
      );
    case 'node':
      return hasNode(past, condition.text);
    case 'failing':
      return failure !== null && holds(condition.text, [failure.name, failure.nodeId ?? '']);
    case 'cause':
      return failure !== null && (failure.cause ?? failure.category).toLowerCase() === condition.of;
    case 'service':
      return holds(condition.text, [service]);
    case 'sid':
      return holds(condition.text, [sid]);
    case 'flow':
      return holds(condition.text, [name, flow]);
    case 'code':
      return isWithin(code, condition.within);
    case 'text':
      return false;
    default:
      return assertNever(condition);
  }
}

function hasNode({ nodes, failure }: MatchedPast, part: string): boolean {
  return (
    holds(part, [failure?.name ?? '']) ||
    nodes.some(({ nodeId, name }) => holds(part, [nodeId, name]))
  );
}

function holds(part: string, texts: readonly string[]): boolean {
  return texts.some((text) => text.toLowerCase().includes(part));
}
