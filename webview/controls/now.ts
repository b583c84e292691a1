import { useEffect, useState } from 'preact/hooks';
import type { Milliseconds } from '../../src/trace/execution.ts';

/** The time, anew each second while somebody counts. */
export function useNow(counts: boolean): Milliseconds {
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
