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

/** Of which executions that failed in a node without an entry it has to be told which that was. */
export type PlacesWanted = 'all' | 'newest' | 'shown';

/** A word is most often meant for something else: it finds what is known of the newest ones. */
export function placesWanted({ terms }: Query): PlacesWanted {
  const kinds = new Set(terms.map(({ condition }) => condition.kind));
  if (kinds.has('node') || kinds.has('failing')) return 'all';
  return kinds.has('word') ? 'newest' : 'shown';
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
