import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { howLost } from '../../src/view/timingFacts.ts';
import { msg, type Translate } from '../../src/texts/translate.ts';

/** The looks of a bar, and what each says. */
const looks: readonly (readonly [look: string, text: string])[] = [
  ['tree-bar', msg('Ran')],
  ['tree-bar tree-bar-parent', msg('Ran, with steps below it')],
  ['tree-bar tree-bar-failed', msg('Failed')],
  ['tree-bar tree-bar-recovered', msg('Failed, and the flow went on')],
  ['tree-bar tree-bar-cancelled', msg('Cancelled, or cut off')],
  ['tree-bar tree-bar-open', msg('Still running')],
  ['tree-bar-lost', msg('Earlier attempts, at most')],
];

/** Pixels that stay free at the edges of the panel. */
const edge = 8;

/** Over all else, below the button or where there is room: the tree is often too low for it, and would cut it off. */
function place(box: HTMLElement, root: HTMLElement): void {
  box.showPopover();
  const { right, bottom } = (root.querySelector('button') ?? root).getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const left = Math.min(right - width / 2, clientWidth - width - edge);
  const top = Math.min(bottom, clientHeight - height - edge);
  box.style.left = `${String(Math.max(edge, left))}px`;
  box.style.top = `${String(Math.max(edge, top))}px`;
}

/** A button beside the time axis that says what the bars mean. */
export function BarLegend({ t }: { readonly t: Translate }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!isOpen) return;
    const show = () => {
      if (root.current !== null && box.current !== null) place(box.current, root.current);
    };
    show();
    window.addEventListener('resize', show);
    return () => {
      window.removeEventListener('resize', show);
    };
  }, [isOpen]);
  useEffect(() => {
    if (!isOpen) return;
    const close = (event: PointerEvent) => {
      if (!(event.target instanceof Node && root.current?.contains(event.target))) setOpen(false);
    };
    document.addEventListener('pointerdown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
    };
  }, [isOpen]);
  return (
    <div
      ref={root}
      class="tree-legend"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        setOpen(false);
        event.preventDefault();
        event.stopPropagation();
      }}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget instanceof Node && !root.current?.contains(relatedTarget)) setOpen(false);
      }}
    >
      <button
        type="button"
        class="tree-legend-button codicon codicon-info"
        aria-label={t('What the bars mean')}
        title={t('What the bars mean')}
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      />
      {isOpen && (
        <div ref={box} class="tree-legend-box" popover="manual">
          <ul>
            {looks.map(([look, text]) => (
              <li key={text}>
                <span class="tree-legend-bar" aria-hidden="true">
                  <span class={look} />
                </span>
                {t(text)}
              </li>
            ))}
          </ul>
          <p>{t(howLost)}</p>
        </div>
      )}
    </div>
  );
}
