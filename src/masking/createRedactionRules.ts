import { furtherParts } from './furtherParts.ts';
import { noLinearForm } from './linearForm.ts';
import { type AskedNames, createPlainRules, type RedactionRules } from './redactionRules.ts';
import { createUserPatterns, type PatternProblem } from './userPatterns.ts';

/** What the reader asks to be masked beside all that always is. */
export interface AskedRedaction extends AskedNames {
  /** Regular expressions. */
  readonly patterns: readonly string[];
}

const nothingMore: AskedRedaction = { patterns: [], names: [] };

/**
 * Makes the rules; `onProblem` hears of patterns that are not applied, now or later. With a `salt` that nobody
 * knows, ids that are masked can't be found out by trying, few as there may be.
 */
export function createRedactionRules(
  asked = nothingMore,
  onProblem: (problem: PatternProblem) => void = () => undefined,
  salt = '',
  linearForm = noLinearForm,
): RedactionRules {
  return {
    ...createPlainRules({ ...asked, nameOptions: { ...asked.nameOptions, furtherParts } }, salt),
    patterns: createUserPatterns(asked.patterns, onProblem, linearForm),
  };
}
