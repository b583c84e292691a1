import type { JSX } from 'preact';
import { shownSigns } from '../../src/base/shownSigns.ts';
import { formatTime } from '../../src/texts/format.ts';
import type { LogClock } from '../../src/view/logClock.ts';
import { useInspector } from './inspectorContext.ts';

/** When a line was logged: by the reader's clock where that can be told, else as the service wrote it. */
export function LogTime({
  time,
  clock,
}: {
  readonly time: string;
  readonly clock: LogClock;
}): JSX.Element {
  const { t, language } = useInspector();
  const moment = clock(time);
  return (
    <time
      class="inspector-log-time"
      title={moment === null ? shownSigns(time) : t('{0} by the service’s clock', time)}
    >
      {moment === null ? shownSigns(clockOf(time)) : formatTime(moment, language)}
    </time>
  );
}

/** The day stands in the head of the inspector. */
function clockOf(time: string): string {
  return /\d{2}:\d{2}:\d{2}(?:[.,]\d+)?/.exec(time)?.[0] ?? time;
}
