import { digest } from './digest.ts';
import { createHarmlessTexts } from './harmlessTexts.ts';
import { noPatterns } from './noPatterns.ts';
import type { RedactionRules } from './redactionRules.ts';
import { createNameJudge, type NameOptions } from './secretNames.ts';

/** What may be added to the names that always are secret. */
export interface AskedNames {
  /** Field names. */
  readonly names: readonly string[];
  readonly nameOptions?: NameOptions;
}

/** Rules without patterns of the reader's own: for robots, which have none, and carry no code for them. */
export function createPlainRules({ names, nameOptions }: AskedNames, salt = ''): RedactionRules {
  return {
    names: createNameJudge(names, nameOptions),
    patterns: noPatterns,
    harmless: createHarmlessTexts(),
    unchanged: createHarmlessTexts(),
    markOf: (id) => digest(id, salt),
  };
}
