import type { NodeData, RunKey } from '../trace/execution.ts';
import type { ComparedRun } from './comparedRun.ts';

/** The same execution, whose data is decoded once. */
export function keepingData(run: ComparedRun): ComparedRun {
  const known = new Map<RunKey, NodeData | undefined>();
  return {
    ...run,
    dataOf: (key) => {
      if (!known.has(key)) known.set(key, run.dataOf(key));
      return known.get(key);
    },
  };
}
