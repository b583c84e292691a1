import type { ComponentChildren } from 'preact';

/** One of a few that lie beside each other, of which one is chosen. */
export function ChoiceButton(props: {
  isChosen: boolean;
  onClick: () => void;
  children: ComponentChildren;
  title?: string;
  /** Its name, where there may be no room for its words. */
  label?: string;
}) {
  const { isChosen, onClick, children, title, label } = props;
  return (
    <button
      type="button"
      class={isChosen ? 'choice chosen' : 'choice'}
      aria-pressed={isChosen}
      {...(title !== undefined && { title })}
      {...(label !== undefined && { 'aria-label': label })}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
