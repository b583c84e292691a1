import type { JSX } from 'preact';
import { useConfirmation } from '../controls/confirmation.ts';

/** A button that is an icon; its label is its tooltip too. */
export function IconButton({
  icon,
  label,
  onClick,
  pressed,
  confirms,
  words,
  disabled = false,
  isStop = true,
}: {
  readonly icon: string;
  readonly label: string;
  readonly onClick: () => void;
  /** Set on a switch. */
  readonly pressed?: boolean;
  /** Shown for a moment after the click, where nothing else tells that it was done. */
  readonly confirms?: string;
  /** Stand beside the icon where there is room. */
  readonly words?: string;
  readonly disabled?: boolean;
  /** False where keys reach what it does on what is around it. */
  readonly isStop?: boolean;
}): JSX.Element {
  const [isConfirmed, confirm] = useConfirmation();
  const shown = isConfirmed && confirms !== undefined ? confirms : label;
  return (
    <>
      <button
        type="button"
        class={`inspector-icon-button ${words === undefined ? '' : 'inspector-worded'}`}
        title={shown}
        {...(isStop ? {} : { tabIndex: -1 })}
        aria-label={label}
        // It keeps the focus, which a button that is off loses.
        {...(disabled ? { 'aria-disabled': true } : {})}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        onClick={() => {
          if (disabled) return;
          onClick();
          if (confirms !== undefined) confirm();
        }}
      >
        <span class={`codicon codicon-${isConfirmed ? 'check' : icon}`} aria-hidden="true" />
        {words !== undefined && <span class="inspector-words">{words}</span>}
      </button>
      {confirms !== undefined && (
        <span class="sr-only" role="status">
          {isConfirmed ? confirms : ''}
        </span>
      )}
    </>
  );
}
