import { traitsOf } from '../../src/sources/table.ts';
import { formatDuration } from '../../src/texts/format.ts';
import { runningFor } from '../../src/texts/treeRowTexts.ts';
import { usePanel } from '../panelContext.ts';
import { Known } from './known.tsx';
import { useNow } from './now.ts';

/** How long something took; while it runs the seconds since it began, counted up. */
export function Duration(props: {
  readonly of: Omit<Parameters<typeof runningFor>[0], 'isRunning'>;
  readonly isRunning: boolean;
}) {
  const { of, isRunning } = props;
  const isLive = useIsLive();
  const counts = isRunning && isLive;
  const now = useNow(counts && of.durationMs === null && of.beginMs !== null);
  const running = runningFor({ ...of, isRunning }, counts ? now : null);
  return <Known text={running ?? formatDuration(of.durationMs)} />;
}

/** Whether the source goes on: what a file holds doesn't. */
export function useIsLive(): boolean {
  const { state } = usePanel();
  return traitsOf(state.status.value?.source.kind ?? 'none')?.isLive === true;
}

/** Whether what is shown was read from files, in which nothing goes on; false where nothing is read yet. */
export function useIsOfFile(): boolean {
  const { state } = usePanel();
  return traitsOf(state.status.value?.source.kind ?? 'none')?.isLive === false;
}
