import { createCleanJudge, type CleanJudge } from './cleanText.ts';
import { digest } from './digest.ts';
import { createHarmlessTexts, type HarmlessTexts } from './harmlessTexts.ts';
import { noPatterns, type UserPatterns } from './noPatterns.ts';
import { createNameJudge, type NameJudge, type NameOptions } from './secretNames.ts';

/** By which rules secrets are found; made once, given to every decode. */
export interface RedactionRules {
  readonly names: NameJudge;
  readonly isClean: CleanJudge;
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

/** What may be added to the names that always are secret. */
export interface AskedNames {
  /** Field names. */
  readonly names: readonly string[];
  readonly nameOptions?: NameOptions;
}

/** Rules without patterns of the reader's own: for robots, which have none, and carry no code for them. */
export function createPlainRules({ names, nameOptions }: AskedNames, salt = ''): RedactionRules {
  const judge = createNameJudge(names, nameOptions);
  return {
    names: judge,
    isClean: createCleanJudge(judge),
    patterns: noPatterns,
    harmless: createHarmlessTexts(),
    unchanged: createHarmlessTexts(),
    markOf: (id) => digest(id, salt),
  };
}
