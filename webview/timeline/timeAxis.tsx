import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { timeTicks, type Extent } from '../../src/view/timelineBars.ts';

/** So wide must be the room between two marks, for `1 min 30 s` to fit. */
const tickRoom = 76;

/** The marks of the shared time axis. */
export function TimeAxis({ extent }: { readonly extent: Extent | null }): JSX.Element {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={element} class="tree-axis">
      {timeTicks(extent, Math.floor(width / tickRoom)).map(({ at, label }) => (
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
