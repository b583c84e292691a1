import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { scrollIntoSight } from '../controls/scrollIntoSight.ts';

/** What leads on from a finding, folded until somebody wants it. What is opened comes into sight. */
export function Fold(props: {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onFold: (isOpen: boolean) => void;
  readonly children: ComponentChildren;
}) {
  const { title, isOpen, onFold, children } = props;
  const details = useRef<HTMLDetailsElement>(null);
  /** One that was open before the reader came moves nothing. */
  const isAsked = useRef(false);
  useEffect(() => {
    const element = details.current;
    if (isOpen && isAsked.current && element !== null) return bringIntoSight(element);
    return undefined;
  }, [isOpen]);
  return (
    <details
      ref={details}
      class="evidence"
      open={isOpen}
      onToggle={({ currentTarget, target }) => {
        // Those within it are others; and it tells as well that it was open at its begin.
        if (target !== currentTarget || currentTarget.open === isOpen) return;
        isAsked.current = true;
        onFold(currentTarget.open);
      }}
    >
      <summary>{title}</summary>
      {isOpen && children}
    </details>
  );
}

/** Milliseconds in which answers come: what grows later moves nothing under somebody who reads. */
const answeredWithin = 3_000;

/** Also what comes a little later, as answers, and not where the reader went on meanwhile. */
function bringIntoSight(element: HTMLElement): () => void {
  scrollIntoSight(element, 'nearest');
  const begin = performance.now();
  const observer = new ResizeObserver(() => {
    if (performance.now() - begin > answeredWithin) stop();
    else scrollIntoSight(element, 'nearest');
  });
  const stop = () => {
    observer.disconnect();
    for (const event of goingOn) document.removeEventListener(event, stop);
  };
  for (const event of goingOn) document.addEventListener(event, stop);
  observer.observe(element);
  return stop;
}

const goingOn = ['wheel', 'keydown', 'pointerdown'] as const;
