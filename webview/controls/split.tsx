import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import './split.css';

/** Two regions with a border that can be moved, by pointer and by keyboard. */
export interface SplitProps {
  /** `row`: beside each other. `column`: one above the other. */
  readonly direction: 'row' | 'column';
  /** Pixels of the region that keeps its size; `all`: the other has none. */
  readonly size: number | 'all';
  /** Which region that is. */
  readonly sized: 'first' | 'second';
  readonly min: number;
  /** Pixels that the other region keeps at least. */
  readonly minOther: number;
  /** Each region can be closed: the border snaps to both ends. */
  readonly closes?: boolean;
  /** There is no border to move: the first region is as large as what it holds. */
  readonly isFixed?: boolean;
  readonly label: string;
  readonly onResize: (size: number | 'all') => void;
  readonly onReset: () => void;
  readonly children: readonly [ComponentChildren, ComponentChildren];
}

const step = 10;
const bigStep = 60;

export function Split(props: SplitProps) {
  const { direction, sized, label, isFixed = false, onReset, children } = props;
  const root = useRef<HTMLDivElement>(null);
  const sash = useRef<HTMLDivElement>(null);
  const isRow = direction === 'row';
  const sign = sized === 'first' ? 1 : -1;
  const extent = () => (isRow ? root.current?.clientWidth : root.current?.clientHeight) ?? 0;
  const highest = () => Math.max(props.min, extent() - props.minOther);
  const shown = () => (props.size === 'all' ? extent() : Math.min(props.size, highest()));
  const within = (size: number) => Math.round(Math.max(props.min, Math.min(size, highest())));
  const least = () => (props.closes === true ? 0 : props.min);
  const most = () => (props.closes === true ? 'all' : highest());
  const drag = useRef<{ at: number; size: number } | null>(null);
  const dragTo = (size: number) => {
    // Dragged to less than half of the least size a region closes.
    if (size < props.min / 2) props.onResize(least());
    else if (size > extent() - props.minOther / 2) props.onResize(most());
    else props.onResize(within(size));
  };
  const at = (event: PointerEvent) => (isRow ? event.clientX : event.clientY);

  const onKeyDown = (event: KeyboardEvent) => {
    const amount = event.shiftKey ? bigStep : step;
    const moves: Record<string, number> = isRow
      ? { ArrowLeft: -amount, ArrowRight: amount }
      : { ArrowUp: -amount, ArrowDown: amount };
    const move = moves[event.key];
    if (move !== undefined) props.onResize(within(shown() + sign * move));
    else if (event.key === 'Home') props.onResize(sign === 1 ? least() : most());
    else if (event.key === 'End') props.onResize(sign === 1 ? most() : least());
    else if (event.key === 'Enter') onReset();
    else return;
    event.preventDefault();
  };
  useLayoutEffect(() => {
    if (root.current === null) return;
    // Told past the rendering: how far it goes changes with the window, of which nothing else here is drawn anew.
    const tell = () => {
      const end = props.closes === true ? extent() : highest();
      sash.current?.setAttribute('aria-valuemax', String(end));
    };
    const observer = new ResizeObserver(tell);
    observer.observe(root.current);
    return () => {
      observer.disconnect();
    };
  }, [direction, isFixed, props.min, props.minOther]);
  const isClosed = props.size === 0 || props.size === 'all';
  // Shrinks with the window without losing the size that was chosen.
  const basis =
    props.size === 'all'
      ? '100% - 5px'
      : `min(${props.size}px, max(${props.min}px, 100% - ${props.minOther}px))`;
  const regionStyle = (region: SplitProps['sized']) =>
    region === sized && !isFixed ? { flex: `0 0 calc(${basis})` } : undefined;
  return (
    <div ref={root} class={`split ${direction} ${isFixed ? 'fixed' : ''}`}>
      <div class="split-region" style={regionStyle('first')}>
        {children[0]}
      </div>
      {!isFixed && (
        <div
          ref={sash}
          class={isClosed ? 'sash sash-at-end' : 'sash'}
          role="separator"
          tabIndex={0}
          aria-orientation={isRow ? 'vertical' : 'horizontal'}
          aria-label={label}
          aria-valuenow={props.size === 'all' ? extent() : props.size}
          aria-valuemin={least()}
          onKeyDown={onKeyDown}
          onDblClick={onReset}
          onPointerDown={(event) => {
            drag.current = { at: at(event), size: shown() };
            event.currentTarget.setPointerCapture(event.pointerId);
            event.preventDefault();
            event.currentTarget.focus();
          }}
          onPointerMove={(event) => {
            const begun = drag.current;
            if (begun !== null) dragTo(begun.size + sign * (at(event) - begun.at));
          }}
          onLostPointerCapture={() => {
            drag.current = null;
          }}
        />
      )}
      <div class="split-region" style={regionStyle('second')}>
        {children[1]}
      </div>
    </div>
  );
}
