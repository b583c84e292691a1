import { createHarmlessTexts, type HarmlessTexts } from './harmlessTexts.ts';
import { createNameJudge, type NameJudge } from './secretNames.ts';
import { createUserPatterns, type PatternProblem, type UserPatterns } from './userPatterns.ts';

/** What the reader asks to be masked beside all that always is. */
export interface AskedRedaction {
  /** Regular expressions. */
  readonly patterns: readonly string[];
  /** Field names. */
  readonly names: readonly string[];
}

/** By which rules secrets are found; made once, given to every decode. */
export interface RedactionRules {
  readonly names: NameJudge;
  readonly patterns: UserPatterns;
  /** Those that names and shapes find nothing in; patterns are tried on them each time. */
  readonly harmless: HarmlessTexts;
}

const nothingMore: AskedRedaction = { patterns: [], names: [] };

/** Makes the rules; `onProblem` hears of patterns that are not applied, now or later. */
export function createRedactionRules(
  asked = nothingMore,
  onProblem: (problem: PatternProblem) => void = () => undefined,
): RedactionRules {
  return {
    names: createNameJudge(asked.names),
    patterns: createUserPatterns(asked.patterns, onProblem),
    harmless: createHarmlessTexts(),
  };
}
