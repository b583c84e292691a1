import type { JSX } from 'preact';

/** A button that is an icon; its label is its tooltip too. */
export function IconButton({
  icon,
  label,
  onClick,
  pressed,
  disabled = false,
  isStop = true,
}: {
  readonly icon: string;
  readonly label: string;
  readonly onClick: () => void;
  /** Set on a switch. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  /** False where keys reach what it does on what is around it. */
  readonly isStop?: boolean;
}): JSX.Element {
  return (
    <button
      type="button"
      class="inspector-icon-button"
      title={label}
      {...(isStop ? {} : { tabIndex: -1 })}
      aria-label={label}
      // It keeps the focus, which a button that is off loses.
      {...(disabled ? { 'aria-disabled': true } : {})}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      onClick={disabled ? undefined : onClick}
    >
      <span class={`codicon codicon-${icon}`} aria-hidden="true" />
    </button>
  );
}
