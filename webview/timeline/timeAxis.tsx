import type { JSX, RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { timeTicks, type Extent, type TimeTick } from '../../src/view/timelineBars.ts';

/** So wide must be the room between two marks, for `1 min 30 s` to fit. */
const tickRoom = 62;
/** Of a label's 11 pixels high letters, roughly. */
const letterWidth = 6;

/** A label needs no finer measure, and not each pixel draws the tree again. */
const widthStep = 8;
/** Until it is measured; no label is turned round at that. */
const firstWidth = 400;

/** An axis, how wide it is and the marks that fit on it. */
export interface TimeScale {
  readonly axis: RefObject<HTMLDivElement | null>;
  readonly width: number;
  readonly ticks: readonly TimeTick[];
}

/** The scale of an axis, which is measured. */
export function useTimeTicks(extent: Extent | null): TimeScale {
  const axis = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(firstWidth);
  useLayoutEffect(() => {
    if (axis.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      setWidth(Math.floor((entry?.contentRect.width ?? 0) / widthStep) * widthStep);
    });
    observer.observe(axis.current);
    return () => observer.disconnect();
  }, []);
  // Narrow as it is, an axis has a scale; one that isn't shown has none.
  const most = width === 0 ? 0 : Math.max(1, Math.floor(width / tickRoom));
  return { axis, width, ticks: timeTicks(extent, most) };
}

/** The marks of the shared time axis. */
export function TimeAxis({ axis, width, ticks }: TimeScale): JSX.Element {
  return (
    <div ref={axis} class="tree-axis">
      {ticks.map(({ at, label }, index) => {
        const isAtEnd = at > 0 && roomAfter(at, width) < roomFor(label);
        const before = ticks[index - 1];
        // Written before its mark it would run into the one before; where there is no third mark, it is the scale.
        const isInWay =
          isAtEnd &&
          before !== undefined &&
          ticks.length > 2 &&
          roomAfter(before.at, width) - roomAfter(at, width) <
            roomFor(before.label) + roomFor(label);
        return (
          <span
            key={label}
            class={isAtEnd ? 'tree-tick tree-tick-last' : 'tree-tick'}
            style={{ left: `${at}%` }}
          >
            {isInWay ? '' : label}
          </span>
        );
      })}
    </div>
  );
}

const roomAfter = (at: number, width: number) => (width * (100 - at)) / 100;
const roomFor = (label: string) => label.length * letterWidth + 8;
