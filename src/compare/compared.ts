import type { Json } from '../base/json.ts';
import type { ComparedRun, Section, ValuePath } from './comparedRun.ts';
import type { ComparedRow } from './rowDifferences.ts';
import type { SideDifferences } from './valueDifferences.ts';

/** Two executions, row by row, and what differs of them as wholes. */
export interface Compared {
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  readonly rows: readonly ComparedRow[];
  readonly trigger: SideDifferences;
  readonly answer: SideDifferences;
  /** In how many good runs the node of a row that one of the two lacks ran as it did after; null where too few are known. */
  readonly havingRan: (row: ComparedRow) => number | null;
  /** Whether any good run had a value at a place of a row, by its place; of the execution itself at -1. */
  readonly hadBefore: (
    row: number,
    section: Section,
    path: ValuePath,
    before: Json | undefined,
  ) => boolean;
}
