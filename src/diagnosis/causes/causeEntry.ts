import type { Category } from '../category.ts';
import type { RemedyId } from '../remedyIds.ts';

/** What is known of a cause of failures. */
export interface CauseEntry {
  readonly category: Category;
  /** Messages that tell it. Empty for what is concluded from more than words. */
  readonly patterns: readonly RegExp[];
  /** What is said of it beside another cause, too: it tells only where nothing else does. */
  readonly weakPatterns?: readonly RegExp[];
  /** What can be done, most likely first. */
  readonly remedies: readonly RemedyId[];
}

/** Some causes by name, most telling first. */
export type CauseEntries = Readonly<Record<string, CauseEntry>>;
