import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import {
  type Area,
  type Extent2d,
  fitted,
  holds,
  panned,
  seenArea,
  showing,
  type Viewport,
  zoomed,
} from '../../src/view/graphViewport.ts';

/** What is drawn: more than is seen, so that moving a little draws nothing. */
export interface Drawn {
  readonly area: Area;
  readonly scale: number;
}

/** How what is seen is moved, and what has to be drawn for it. */
export interface ViewportControl {
  readonly drawn: Drawn;
  readonly now: () => { readonly viewport: Viewport; readonly screen: Extent2d };
  readonly pan: (dx: number, dy: number) => void;
  readonly zoom: (factor: number, x?: number, y?: number) => void;
  readonly fit: () => void;
  readonly show: (area: Area) => void;
}

/** Around what is seen, in shares of the screen. */
const around = 0.4;
/** Drawn anew where it would be seen this much larger or smaller. */
const mostRescaled = 1.5;

/**
 * What part of the graph is seen. Moving it writes one attribute in the next frame and has nothing drawn anew until what
 * was drawn is left.
 */
export function useViewport(
  graph: Extent2d,
  screen: RefObject<HTMLElement | null>,
  layer: RefObject<SVGGElement | null>,
  onMove: (viewport: Viewport, screen: Extent2d) => void,
): ViewportControl {
  const at = useRef<Viewport>({ scale: 1, x: 0, y: 0 });
  const size = useRef<Extent2d>({ width: 1, height: 1 });
  const frame = useRef(0);
  /** Nobody has moved it: it goes on showing all where there is more room. */
  const isFitted = useRef(true);
  const [drawn, setDrawn] = useState<Drawn>({
    area: { x: 0, y: 0, width: 0, height: 0 },
    scale: 1,
  });
  const shown = useRef(drawn);
  const paint = useCallback(() => {
    frame.current = 0;
    const { scale, x, y } = at.current;
    layer.current?.setAttribute('transform', `translate(${x} ${y}) scale(${scale})`);
    onMove(at.current, size.current);
    const by = scale / shown.current.scale;
    const isDrawn = holds(shown.current.area, seenArea(at.current, size.current));
    if (isDrawn && by < mostRescaled && by > 1 / mostRescaled) return;
    shown.current = { area: seenArea(at.current, size.current, around), scale };
    setDrawn(shown.current);
  }, [onMove]);
  const move = useCallback(
    (next: Viewport) => {
      at.current = next;
      if (frame.current === 0) frame.current = requestAnimationFrame(paint);
    },
    [paint],
  );
  const fit = useCallback(() => {
    isFitted.current = true;
    move(fitted(graph, size.current));
  }, [graph.width, graph.height, move]);
  useLayoutEffect(() => {
    const element = screen.current;
    if (element === null) return;
    const measure = () => {
      const before = size.current;
      const { clientWidth: width, clientHeight: height } = element;
      size.current = { width, height };
      // What is in the middle stays there.
      const [dx, dy] = [(width - before.width) / 2, (height - before.height) / 2];
      if (isFitted.current) fit();
      else move(panned(at.current, dx, dy, graph, size.current));
      paint();
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [fit]);
  useEffect(
    () => () => {
      cancelAnimationFrame(frame.current);
    },
    [],
  );
  return {
    drawn,
    now: () => ({ viewport: at.current, screen: size.current }),
    pan: (dx, dy) => {
      isFitted.current = false;
      move(panned(at.current, dx, dy, graph, size.current));
    },
    zoom: (factor, x = size.current.width / 2, y = size.current.height / 2) => {
      isFitted.current = false;
      move(panned(zoomed(at.current, factor, x, y), 0, 0, graph, size.current));
    },
    fit,
    show: (area) => {
      const next = showing(at.current, area, size.current);
      if (next === at.current) return;
      isFitted.current = false;
      move(next);
    },
  };
}
