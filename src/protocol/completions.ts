import type { QueryField, TextRange } from '../query/terms.ts';

/** What can be written at a place of the filter. */
export interface Completions {
  /** What of the filter each of them replaces. */
  readonly range: TextRange;
  readonly items: readonly Completion[];
}

/** Something that can be written: a field, or a value of one. */
export interface Completion {
  readonly kind: 'field' | 'value';
  readonly field: QueryField;
  /** What is put into the filter: `status:`, `failed`, `"Click save"`. */
  readonly insert: string;
  /** How many executions have this value; null where it isn't counted. */
  readonly count: number | null;
}
