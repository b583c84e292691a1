import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ViewportControl } from './useViewport.ts';

/** Less than this is a click with a shaking hand. */
const dragFrom = 4;

/** Drags and wheels over the graph: dragging moves it, the wheel scrolls, with Ctrl it zooms, as a pinch does. */
export function usePointers(
  screen: RefObject<HTMLElement | null>,
  viewport: ViewportControl,
): void {
  const { pan, zoom } = viewport;
  useEffect(() => {
    const element = screen.current;
    if (element === null) return;
    let from: { x: number; y: number; moved: boolean } | null = null;
    const onDown = (event: PointerEvent) => {
      if (event.button === 0 || event.button === 1) {
        from = { x: event.clientX, y: event.clientY, moved: false };
      }
    };
    const onMove = (event: PointerEvent) => {
      if (from === null) return;
      const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
      if (!from.moved && Math.hypot(dx, dy) < dragFrom) return;
      if (!from.moved) element.setPointerCapture(event.pointerId);
      from = { x: event.clientX, y: event.clientY, moved: true };
      element.classList.add('flow-dragged');
      pan(dx, dy);
    };
    const onUp = () => {
      if (from?.moved === true) {
        // The click that ends a drag chooses nothing.
        element.addEventListener('click', stop, { capture: true, once: true });
        setTimeout(() => {
          element.removeEventListener('click', stop, { capture: true });
        });
      }
      from = null;
      element.classList.remove('flow-dragged');
    };
    const stop = (event: Event) => {
      event.stopPropagation();
    };
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
      if (event.ctrlKey || event.metaKey) {
        const { left, top } = element.getBoundingClientRect();
        const factor = Math.exp(-event.deltaY * lines * 0.004);
        zoom(factor, event.clientX - left, event.clientY - top);
      } else if (event.shiftKey && event.deltaX === 0) pan(-event.deltaY * lines, 0);
      else pan(-event.deltaX * lines, -event.deltaY * lines);
    };
    element.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onUp);
    element.addEventListener('pointercancel', onUp);
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onUp);
      element.removeEventListener('pointercancel', onUp);
      element.removeEventListener('wheel', onWheel);
    };
  }, [pan, zoom]);
}
