import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import './split.css';

/** Two regions with a border that can be moved, by pointer and by keyboard. */
export interface SplitProps {
  /** `row`: beside each other. `column`: one above the other. */
  readonly direction: 'row' | 'column';
  /** Pixels of the region that keeps its size. */
  readonly size: number;
  /** Which region that is. */
  readonly sized: 'first' | 'second';
  readonly min: number;
  /** Pixels that the other region keeps at least. */
  readonly minOther: number;
  readonly label: string;
  readonly onResize: (size: number) => void;
  readonly onReset: () => void;
  readonly children: readonly [ComponentChildren, ComponentChildren];
}

const step = 10;
const bigStep = 60;

export function Split(props: SplitProps) {
  const { direction, sized, label, onReset, children } = props;
  const root = useRef<HTMLDivElement>(null);
  const sash = useRef<HTMLDivElement>(null);
  const drag = useRef<{ at: number; size: number } | null>(null);
  const isRow = direction === 'row';
  const sign = sized === 'first' ? 1 : -1;
  const extent = () => (isRow ? root.current?.clientWidth : root.current?.clientHeight) ?? 0;
  const highest = () => Math.max(props.min, extent() - props.minOther);
  const resize = (size: number) => {
    props.onResize(Math.round(Math.max(props.min, Math.min(size, highest()))));
  };
  const at = (event: PointerEvent) => (isRow ? event.clientX : event.clientY);

  const onKeyDown = (event: KeyboardEvent) => {
    const amount = event.shiftKey ? bigStep : step;
    const moves: Record<string, number> = isRow
      ? { ArrowLeft: -amount, ArrowRight: amount }
      : { ArrowUp: -amount, ArrowDown: amount };
    const move = moves[event.key];
    if (move !== undefined) resize(props.size + sign * move);
    else if (event.key === 'Home') resize(sign === 1 ? props.min : highest());
    else if (event.key === 'End') resize(sign === 1 ? highest() : props.min);
    else if (event.key === 'Enter') onReset();
    else return;
    event.preventDefault();
  };
  useLayoutEffect(() => {
    if (root.current === null) return;
    // Told past the rendering: how far it goes changes with the window, of which nothing else here is drawn anew.
    const tell = () => sash.current?.setAttribute('aria-valuemax', String(highest()));
    const observer = new ResizeObserver(tell);
    observer.observe(root.current);
    return () => {
      observer.disconnect();
    };
  }, [direction, props.min, props.minOther]);
  // Shrinks with the window without losing the size that was chosen.
  const basis = `min(${props.size}px, max(${props.min}px, 100% - ${props.minOther}px))`;
  const regionStyle = (region: SplitProps['sized']) =>
    region === sized ? { flex: `0 0 ${basis}` } : { flex: '1 1 0' };
  return (
    <div ref={root} class={`split ${direction}`}>
      <div class="split-region" style={regionStyle('first')}>
        {children[0]}
      </div>
      <div
        ref={sash}
        class="sash"
        role="separator"
        tabIndex={0}
        aria-orientation={isRow ? 'vertical' : 'horizontal'}
        aria-label={label}
        aria-valuenow={props.size}
        aria-valuemin={props.min}
        onKeyDown={onKeyDown}
        onDblClick={onReset}
        onPointerDown={(event) => {
          drag.current = { at: at(event), size: Math.min(props.size, highest()) };
          event.currentTarget.setPointerCapture(event.pointerId);
          event.preventDefault();
          event.currentTarget.focus();
        }}
        onPointerMove={(event) => {
          const begun = drag.current;
          if (begun !== null) resize(begun.size + sign * (at(event) - begun.at));
        }}
        onLostPointerCapture={() => {
          drag.current = null;
        }}
      />
      <div class="split-region" style={regionStyle('second')}>
        {children[1]}
      </div>
    </div>
  );
}
