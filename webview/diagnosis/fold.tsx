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
    if (isOpen && isAsked.current && details.current) scrollIntoSight(details.current, 'nearest');
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
