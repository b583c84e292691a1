import { traitsOf } from '../../src/sources/table.ts';
import { formatDuration, formatSeconds } from '../../src/texts/format.ts';
import type { Milliseconds } from '../../src/trace/execution.ts';
import { usePanel } from '../panelContext.ts';
import { Known } from './known.tsx';
import { useNow } from './now.ts';

/** How long something took; while it runs the seconds since it began, counted up. */
export function Duration(props: {
  readonly of: { readonly beginMs: Milliseconds | null; readonly durationMs: Milliseconds | null };
  readonly isRunning: boolean;
}) {
  const { beginMs, durationMs } = props.of;
  const { isRunning } = props;
  const isLive = useIsLive();
  const counts = isRunning && isLive && durationMs === null && beginMs !== null;
  const now = useNow(counts);
  return <Known text={counts ? formatSeconds(now - beginMs) : formatDuration(durationMs)} />;
}

/** Whether the source goes on: what a file holds doesn't. */
export function useIsLive(): boolean {
  const { state } = usePanel();
  return traitsOf(state.status.value?.source.kind ?? 'none')?.isLive === true;
}
