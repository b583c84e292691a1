import type { ComparedRun } from '../compare/comparedRun.ts';
import type { Opened } from './openedExecution.ts';

/** An opened execution, to be compared. */
export function comparedRun({ summary, failing, tree, retried, record }: Opened): ComparedRun {
  return {
    ...{ summary, failing, tree, retried },
    dataOf: (run) => record.nodeData(run),
    ownData: () => record.executionData(),
    secretAt: ({ run, section, index, path }) => record.markOfValue(run, { section, index }, path),
  };
}
