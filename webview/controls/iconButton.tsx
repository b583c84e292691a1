import { useConfirmation } from './confirmation.ts';
import { Icon } from './icon.tsx';

/** A button of the toolkit that shows an icon; `label` is its name and its tooltip. */
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
}) {
  const { icon, label, onClick, pressed, confirms, words } = props;
  const [isConfirmed, confirm] = useConfirmation();
  return (
    <>
      <vscode-button
        appearance="icon"
        class={`icon-button ${pressed === true ? 'pressed' : ''} ${props.class ?? ''}`}
        aria-label={label}
        title={isConfirmed && confirms !== undefined ? confirms : label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        onClick={() => {
          onClick();
          if (confirms !== undefined) confirm();
        }}
      >
        <Icon name={isConfirmed ? 'check' : icon} />
        {words !== undefined && <span class="button-words">{words}</span>}
      </vscode-button>
      {confirms !== undefined && (
        <span class="sr-only" role="status">
          {isConfirmed ? confirms : ''}
        </span>
      )}
    </>
  );
}
