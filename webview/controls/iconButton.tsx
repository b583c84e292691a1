import { useConfirmation } from './confirmation.ts';
import { Icon } from './icon.tsx';

/**
 * A button that shows an icon; `label` is its name and its tooltip. One of the page's own: the toolkit's hands neither
 * `aria-pressed` nor what a menu needs on to the element that has the focus.
 */
export function IconButton(props: {
  icon: string;
  label: string;
  onClick: () => void;
  /** Set for a toggle. */
  pressed?: boolean;
  /** Shown for a moment after the click, where nothing else tells that it was done. */
  confirms?: string;
  /** Stand beside the icon where there is room. */
  words?: string;
  class?: string;
  disabled?: boolean;
}) {
  const { icon, label, onClick, pressed, confirms, words, disabled = false } = props;
  const [isConfirmed, confirm] = useConfirmation();
  return (
    <>
      <button
        type="button"
        class={`icon-button ${pressed === true ? 'pressed' : ''} ${props.class ?? ''}`}
        aria-label={label}
        disabled={disabled}
        title={isConfirmed && confirms !== undefined ? confirms : label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        onClick={() => {
          onClick();
          if (confirms !== undefined) confirm();
        }}
      >
        <Icon name={isConfirmed ? 'check' : icon} />
        {words !== undefined && <span class="button-words">{words}</span>}
      </button>
      {confirms !== undefined && (
        <span class="sr-only" role="status">
          {isConfirmed ? confirms : ''}
        </span>
      )}
    </>
  );
}
