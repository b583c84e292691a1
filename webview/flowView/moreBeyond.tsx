import type { RefObject } from 'preact';
import { sides } from '../../src/view/graphViewport.ts';
import { usePanel } from '../panelContext.ts';

/** So much of what is seen goes when one goes on: some of it stays to go by. */
const gone = 0.7;
const ways = { left: [1, 0], right: [-1, 0], up: [0, 1], down: [0, -1] } as const;

/** Signs at the sides where a small flow goes on; the keyboard goes there along its arrows. */
export function MoreBeyond(props: {
  readonly at: RefObject<HTMLDivElement | null>;
  readonly onGo: (dx: number, dy: number) => void;
}) {
  const { t } = usePanel();
  const { at, onGo } = props;
  return (
    <div ref={at} class="flow-beyond" aria-hidden="true">
      {sides.map((side) => (
        <span
          key={side}
          class={`codicon codicon-chevron-${side} flow-beyond-${side}`}
          title={t('The flow continues here')}
          onClick={() => {
            const { clientWidth = 0, clientHeight = 0 } = at.current?.parentElement ?? {};
            const [across, down] = ways[side];
            onGo(across * gone * clientWidth, down * gone * clientHeight);
          }}
        />
      ))}
    </div>
  );
}

/** Without drawing anything anew: it is told in each frame. */
export function tellBeyond(element: HTMLElement, beyond: readonly string[]): void {
  element.dataset['sides'] = beyond.join(' ');
}
