import type { HarmlessTexts } from './harmlessTexts.ts';
import { noLinearForm } from './linearForm.ts';
import { type AskedNames, createPlainRules } from './plainRules.ts';
import type { NameJudge } from './secretNames.ts';
import { createUserPatterns, type PatternProblem, type UserPatterns } from './userPatterns.ts';

/** What the reader asks to be masked beside all that always is. */
export interface AskedRedaction extends AskedNames {
  /** Regular expressions. */
  readonly patterns: readonly string[];
}

/** By which rules secrets are found; made once, given to every decode. */
export interface RedactionRules {
  readonly names: NameJudge;
  readonly patterns: UserPatterns;
  /** Those that names and shapes find nothing in; patterns are tried on them each time. */
  readonly harmless: HarmlessTexts;
  /** Those that are shown as they are, where no secret is known and no pattern asked for: their colours are looked for too. */
  readonly unchanged: HarmlessTexts;
  /** What tells one masked id from another; it tells nothing else of it. */
  readonly markOf: (id: string) => string;
}

/** Whoever knows by which rules is masked now: settings change them. */
export interface RulesOfNow {
  readonly rules: RedactionRules;
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
    ...createPlainRules(asked, salt),
    patterns: createUserPatterns(asked.patterns, onProblem, linearForm),
  };
}
