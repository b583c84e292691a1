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
  class?: string;
}) {
  const { icon, label, onClick, pressed } = props;
  return (
    <button
      type="button"
      class={`icon-button ${pressed === true ? 'pressed' : ''} ${props.class ?? ''}`}
      aria-label={label}
      title={label}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
