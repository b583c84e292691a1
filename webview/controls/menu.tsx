import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';
import './menu.css';

/** An entry of a menu; `line` draws a border above it. */
export interface MenuEntry {
  readonly icon: string;
  readonly label: string;
  readonly line?: boolean;
  readonly run: () => void;
}

/** A button that opens a menu, with the keys that menus have. */
export function MenuButton(props: { icon: string; label: string; entries: readonly MenuEntry[] }) {
  const { icon, label, entries } = props;
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const items = () => [...(root.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  const focusButton = () => root.current?.querySelector<HTMLElement>('.menu-button')?.focus();

  useEffect(() => {
    if (!isOpen) return;
    items()[0]?.focus();
    const close = (event: PointerEvent) => {
      if (!(event.target instanceof Node && root.current?.contains(event.target))) setOpen(false);
    };
    document.addEventListener('pointerdown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
    };
  }, [isOpen]);

  const onKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const now = all.findIndex((item) => item === document.activeElement);
    const targets: Record<string, number> = {
      ArrowDown: (now + 1) % all.length,
      ArrowUp: (now - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    const target = targets[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') {
      setOpen(false);
      focusButton();
    } else if (target !== undefined) all[target]?.focus();
    else return;
    if (event.key !== 'Tab') event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={root} class="menu-root">
      <vscode-button
        appearance="icon"
        class="icon-button menu-button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        <Icon name={icon} />
      </vscode-button>
      {isOpen && (
        <div class="menu" role="menu" aria-label={label} onKeyDown={onKeyDown}>
          {entries.map((entry) => (
            <button
              key={entry.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              class={entry.line === true ? 'menu-entry with-line' : 'menu-entry'}
              onClick={() => {
                setOpen(false);
                focusButton();
                entry.run();
              }}
            >
              <Icon name={entry.icon} />
              <span>{entry.label}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
