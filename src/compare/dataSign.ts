import type { RunKey } from '../trace/execution.ts';
import type { ValuePath } from './comparedRun.ts';
import type { ValueType } from './valueType.ts';

/** What stands out in the data of an execution, with the place that shows it; what is missing, at the way to it. */
export interface DataSign {
  /** `errorResult`: the step went well, and gave an error; `cutAnswer`: its model was at the end of what it may say. */
  readonly kind: 'missing' | 'empty' | 'otherType' | 'errorResult' | 'cutAnswer';
  readonly section: 'input' | 'output';
  /** The run in which it stands; null: what the execution gave. */
  readonly run: RunKey | null;
  readonly name: string;
  /** Which of the section's values; null for one that is missing. */
  readonly index: number | null;
  /** Within the value. */
  readonly path: ValuePath;
  /** Of which type it is, where it should be of another. */
  readonly type: ValueType | null;
  /** What the flow file declares, or what it was in good runs; null where it is only told that it is not as it was. */
  readonly expected: ValueType | null;
  /** Whether the flow file says so; else the good runs do. */
  readonly isDeclared: boolean;
  /** How many good runs had it otherwise. */
  readonly goodRuns: number;
  /** What an error says, masked, in short. */
  readonly text: string;
}

/** One of which nothing more is known. */
export const noSign = {
  ...{ path: [], type: null, expected: null, isDeclared: false, goodRuns: 0, text: '' },
} as const;
