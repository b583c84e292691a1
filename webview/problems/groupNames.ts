import type { ProblemGroup } from '../../src/protocol/problems.ts';
import { msg } from '../../src/texts/translate.ts';

/** What the groups are called. */
export const groupNames: Readonly<Record<ProblemGroup, string>> = {
  unresolved: msg('Unresolved'),
  resolved: msg('Resolved'),
  ignored: msg('Ignored'),
};
