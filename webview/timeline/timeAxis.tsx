import type { JSX, RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { timeTicks, type Extent, type TimeTick } from '../../src/view/timelineBars.ts';

/** So wide must be the room between two marks, for `1 min 30 s` to fit. */
const tickRoom = 62;

/** The marks that fit on the axis, which is measured. */
export function useTimeTicks(extent: Extent | null): {
  readonly axis: RefObject<HTMLDivElement | null>;
  readonly ticks: readonly TimeTick[];
} {
  const axis = useRef<HTMLDivElement>(null);
  const [most, setMost] = useState(5);
  useLayoutEffect(() => {
    if (axis.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      setMost(Math.floor((entry?.contentRect.width ?? 0) / tickRoom));
    });
    observer.observe(axis.current);
    return () => observer.disconnect();
  }, []);
  return { axis, ticks: timeTicks(extent, most) };
}

/** The marks of the shared time axis. */
export function TimeAxis({
  axis,
  ticks,
}: {
  readonly axis: RefObject<HTMLDivElement | null>;
  readonly ticks: readonly TimeTick[];
}): JSX.Element {
  return (
    <div ref={axis} class="tree-axis">
      {ticks.map(({ at, label }) => (
        <span
          key={label}
          class={at > 86 ? 'tree-tick tree-tick-last' : 'tree-tick'}
          style={{ left: `${at}%` }}
        >
          {label}
        </span>
      ))}
    </div>
  );
}
