import type { JSX } from 'preact';

/** A button that is an icon; its label is its tooltip too. */
export function IconButton({
  icon,
  label,
  onClick,
  pressed,
  disabled = false,
}: {
  readonly icon: string;
  readonly label: string;
  readonly onClick: () => void;
  /** Set on a switch. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
}): JSX.Element {
  return (
    <button
      type="button"
      class="inspector-icon-button"
      title={label}
      aria-label={label}
      disabled={disabled}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      onClick={onClick}
    >
      <span class={`codicon codicon-${icon}`} aria-hidden="true" />
    </button>
  );
}
