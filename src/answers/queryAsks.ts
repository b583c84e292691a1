import type { Condition, Query } from '../query/terms.ts';
import type { SummaryCondition } from './matcher.ts';

/** What an execution is found by where what it called is so. */
export const ofSubExecutions: ReadonlySet<SummaryCondition['kind']> = new Set([
  ...(['word', 'code', 'problem'] as const),
]);
/** For which texts are looked through. */
export const ofWords: ReadonlySet<SummaryCondition['kind']> = new Set([
  ...(['word', 'node', 'failing', 'service', 'sid', 'flow'] as const),
]);

const ofPlaces: ReadonlySet<Condition['kind']> = new Set([
  ...(['word', 'node', 'failing'] as const),
]);

/** Whether what it finds changes as time goes on. */
export function asksTimes({ terms }: Query): boolean {
  return terms.some(({ condition }) => condition.kind === 'time');
}

/** For what somebody has to look into records. */
export function asksCauses(query: Query): boolean {
  return asks('cause', query) || asks('problem', query);
}

/**
 * For what somebody has to look into all that failed in a node that left no entry. A word is most often meant for
 * something else: it finds what is known.
 */
export function wantsPlaces({ terms }: Query): boolean {
  return terms.some(({ condition: { kind } }) => kind === 'node' || kind === 'failing');
}

/** Whether it finds others once it is known in which node more of them failed. */
export function asksPlaces({ terms }: Query): boolean {
  return terms.some(({ condition }) => ofPlaces.has(condition.kind));
}

/** Whether it has a condition of this kind. */
export function asks(kind: Condition['kind'], { terms }: Query): boolean {
  return terms.some(({ condition }) => condition.kind === kind);
}

/** Which texts it looks for in payloads. */
export function textsOf({ terms }: Query): readonly string[] {
  const texts = terms.flatMap(({ condition }) =>
    condition.kind === 'text' ? [condition.text] : [],
  );
  return [...new Set(texts)].sort();
}
