import { useEffect } from 'preact/hooks';
import { formatDuration } from '../../src/texts/format.ts';
import type { Milliseconds } from '../../src/trace/execution.ts';
import { nextMoment } from '../../src/view/graphMoment.ts';
import { IconButton } from '../controls/iconButton.tsx';
import { usePanel } from '../panelContext.ts';

/** Steps of the slider: finer than pixels. */
const steps = 1_000;

/** The moment whose states are shown: by hand, or played from the begin to the end. */
export function TimeCursor(props: {
  readonly extent: { readonly beginMs: Milliseconds; readonly endMs: Milliseconds };
  /** Null: the end. */
  readonly moment: Milliseconds | null;
  readonly isPlaying: boolean;
  readonly onMoment: (moment: Milliseconds | null) => void;
  readonly onPlaying: (isPlaying: boolean) => void;
}) {
  const { t } = usePanel();
  const { extent, moment, isPlaying, onMoment, onPlaying } = props;
  const { beginMs, endMs } = extent;
  useEffect(() => {
    if (!isPlaying) return;
    let at = moment ?? beginMs;
    let before = performance.now();
    let frame = requestAnimationFrame(function tick(now) {
      const next = nextMoment(at, now - before, extent);
      before = now;
      onMoment(next);
      if (next === null) {
        onPlaying(false);
        return;
      }
      at = next;
      frame = requestAnimationFrame(tick);
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [isPlaying]);
  const share = moment === null ? steps : ((moment - beginMs) / (endMs - beginMs)) * steps;
  const time = formatDuration((moment ?? endMs) - beginMs);
  return (
    <div class="flow-time">
      <IconButton
        icon={isPlaying ? 'debug-pause' : 'play'}
        label={isPlaying ? t('Pause') : t('Play Run')}
        onClick={() => {
          onPlaying(!isPlaying);
        }}
      />
      <input
        type="range"
        min={0}
        max={steps}
        value={share}
        aria-label={t('Time in the run')}
        aria-valuetext={time}
        onInput={({ currentTarget }) => {
          onPlaying(false);
          const wanted = Number(currentTarget.value);
          onMoment(wanted >= steps ? null : beginMs + ((endMs - beginMs) * wanted) / steps);
        }}
      />
      <span class="flow-time-text">{time}</span>
    </div>
  );
}
