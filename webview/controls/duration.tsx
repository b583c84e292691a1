import { useEffect, useState } from 'preact/hooks';
import { traitsOf } from '../../src/sources/table.ts';
import { formatDuration, formatSeconds } from '../../src/texts/format.ts';
import type { Milliseconds } from '../../src/trace/execution.ts';
import { usePanel } from '../panelContext.ts';
import { Known } from './known.tsx';

/** How long something took; while it runs the seconds since it began, counted up. */
export function Duration(props: {
  readonly of: { readonly beginMs: Milliseconds | null; readonly durationMs: Milliseconds | null };
  readonly isRunning: boolean;
}) {
  const { beginMs, durationMs } = props.of;
  const { isRunning } = props;
  const { state } = usePanel();
  // What a file holds doesn't go on.
  const isLive = traitsOf(state.status.value?.source.kind ?? 'none')?.isLive === true;
  const counts = isRunning && isLive && durationMs === null && beginMs !== null;
  const now = useNow(counts);
  return <Known text={counts ? formatSeconds(now - beginMs) : formatDuration(durationMs)} />;
}

/** The time, anew each second while somebody counts. */
function useNow(counts: boolean): Milliseconds {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!counts) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => {
      clearInterval(timer);
    };
  }, [counts]);
  return now;
}
