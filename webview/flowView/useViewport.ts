import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import {
  type Area,
  type Extent2d,
  fitted,
  holds,
  panned,
  placeOfSheet,
  seenArea,
  type Sheet,
  sheetOf,
  showing,
  type Viewport,
  zoomed,
} from '../../src/view/graphViewport.ts';
import { type ReadGraph, reading } from '../../src/view/graphReading.ts';

/** How what is seen is moved, and what has to be drawn for it. */
export interface ViewportControl {
  readonly sheet: Sheet;
  readonly now: () => { readonly viewport: Viewport; readonly screen: Extent2d };
  readonly pan: (dx: number, dy: number) => void;
  readonly zoom: (factor: number, x?: number, y?: number) => void;
  readonly fit: () => void;
  /** As one begins to read it, at areas of which the first matters most. */
  readonly read: (areas: readonly Area[]) => void;
  readonly show: (area: Area) => void;
}

/** Drawn anew where it would be seen this much larger or smaller: it is not sharp meanwhile. */
const mostRescaled = 2;
/** A pause between two turns of a wheel is shorter. */
const restMs = 120;

/**
 * What part of the graph is seen. What is drawn is a sheet that the compositor moves, so that a frame paints nothing; it is
 * drawn anew, sharp and with room on all sides, where it is left and once it rests.
 */
export function useViewport(
  graph: ReadGraph,
  screen: RefObject<HTMLElement | null>,
  layer: RefObject<SVGSVGElement | null>,
  onMove: (viewport: Viewport, screen: Extent2d) => void,
): ViewportControl {
  const at = useRef<Viewport>({ scale: 1, x: 0, y: 0 });
  const size = useRef<Extent2d>({ width: 1, height: 1 });
  const frame = useRef(0);
  /** What it shows, as long as nobody moves it: where the room changes it is shown anew. */
  const shown = useRef<'whole' | readonly Area[] | null>('whole');
  const rest = useRef(0);
  const [sheet, setSheet] = useState<Sheet>({
    area: { x: 0, y: 0, width: 0, height: 0 },
    scale: 1,
  });
  /** The one that was asked for last, and the one that is on the page. */
  const asked = useRef(sheet);
  const onPage = useRef(sheet);
  const place = useCallback(() => {
    const { x, y, by } = placeOfSheet(onPage.current, at.current);
    const style = layer.current?.style;
    if (style !== undefined) style.transform = `translate(${x}px, ${y}px) scale(${by})`;
  }, []);
  useLayoutEffect(() => {
    onPage.current = sheet;
    place();
  }, [sheet]);
  /** What was seen in the frame before, while it is moved. */
  const before = useRef(at.current);
  const draw = useCallback(() => {
    const { devicePixelRatio } = window;
    asked.current = sheetOf(at.current, size.current, devicePixelRatio, before.current);
    setSheet(asked.current);
  }, []);
  const paint = useCallback(() => {
    frame.current = 0;
    place();
    onMove(at.current, size.current);
    const by = at.current.scale / asked.current.scale;
    const isDrawn = holds(asked.current.area, seenArea(at.current, size.current));
    if (!isDrawn || by > mostRescaled || by < 1 / mostRescaled) draw();
    before.current = at.current;
    clearTimeout(rest.current);
    rest.current = window.setTimeout(draw, restMs);
  }, [onMove]);
  const move = useCallback(
    (next: Viewport) => {
      at.current = next;
      if (frame.current === 0) frame.current = requestAnimationFrame(paint);
    },
    [paint],
  );
  const fit = useCallback(() => {
    shown.current = 'whole';
    move(fitted(graph, size.current));
  }, [graph, move]);
  useLayoutEffect(() => {
    const element = screen.current;
    if (element === null) return;
    const measure = () => {
      const before = size.current;
      const { clientWidth: width, clientHeight: height } = element;
      size.current = { width, height };
      // What is in the middle stays there.
      const [dx, dy] = [(width - before.width) / 2, (height - before.height) / 2];
      if (shown.current === 'whole') fit();
      else if (shown.current !== null) move(reading(graph, shown.current, size.current));
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
      clearTimeout(rest.current);
    },
    [],
  );
  return {
    sheet,
    now: () => ({ viewport: at.current, screen: size.current }),
    pan: (dx, dy) => {
      shown.current = null;
      move(panned(at.current, dx, dy, graph, size.current));
    },
    zoom: (factor, x = size.current.width / 2, y = size.current.height / 2) => {
      shown.current = null;
      move(panned(zoomed(at.current, factor, x, y), 0, 0, graph, size.current));
    },
    fit,
    read: (areas) => {
      if (shown.current === null) return;
      shown.current = areas;
      move(reading(graph, areas, size.current));
    },
    show: (area) => {
      const next = showing(at.current, area, size.current);
      if (next === at.current) return;
      shown.current = null;
      move(next);
    },
  };
}
