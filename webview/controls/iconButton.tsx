import { Icon } from './icon.tsx';

/** A button of the toolkit that shows an icon; `label` is its name and its tooltip. */
export function IconButton(props: {
  icon: string;
  label: string;
  onClick: () => void;
  /** Set for a toggle. */
  pressed?: boolean;
  class?: string;
}) {
  const { icon, label, onClick, pressed } = props;
  return (
    <vscode-button
      appearance="icon"
      class={`icon-button ${pressed === true ? 'pressed' : ''} ${props.class ?? ''}`}
      aria-label={label}
      title={label}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      onClick={onClick}
    >
      <Icon name={icon} />
    </vscode-button>
  );
}
