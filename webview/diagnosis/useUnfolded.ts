import { useReducer } from 'preact/hooks';
import type { ExecutionKey } from '../../src/trace/execution.ts';
import { usePanel } from '../panelContext.ts';

/** Whether a part of an execution’s reasons is unfolded: still so when the reader comes back to it. */
export function useUnfolded(
  key: ExecutionKey,
  part: string,
): readonly [boolean, (isUnfolded: boolean) => void] {
  const { state } = usePanel();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const { unfolded } = state.treeMemory.of(key);
  const unfold = (isUnfolded: boolean) => {
    if (isUnfolded) unfolded.add(part);
    else unfolded.delete(part);
    redraw(0);
  };
  return [unfolded.has(part), unfold];
}
