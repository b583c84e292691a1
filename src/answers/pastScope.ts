import { flowOf } from '../analysis/asPast.ts';
import type { Scope } from '../protocol/list.ts';
import type { ListView } from './listView.ts';

/** The flows of the executions of a scope: of what left memory nothing else is known. */
export function flowsOfScope(list: Pick<ListView, 'ofScope'>, scope: Scope): ReadonlySet<string> {
  return new Set(list.ofScope(scope).map(({ summary }) => flowOf(summary)));
}
