import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
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
  /** The entry that has the focus when it opens; null: it is closed. */
  const [opened, setOpened] = useState<'first' | 'last' | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const items = () => [...(root.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  const focusButton = () => root.current?.querySelector<HTMLElement>('.menu-button')?.focus();
  const isOpen = opened !== null;

  // At once: the next key is meant for the entry.
  useLayoutEffect(() => {
    if (opened === null) return;
    items()
      .at(opened === 'first' ? 0 : -1)
      ?.focus();
  }, [opened]);
  useEffect(() => {
    if (!isOpen) return;
    const close = (event: PointerEvent) => {
      if (!(event.target instanceof Node && root.current?.contains(event.target))) setOpened(null);
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
      setOpened(null);
      focusButton();
    } else if (target !== undefined) all[target]?.focus();
    else return;
    if (event.key !== 'Tab') event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={root} class="menu-root">
      <button
        type="button"
        class="icon-button menu-button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => {
          setOpened(isOpen ? null : 'first');
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          setOpened(event.key === 'ArrowDown' ? 'first' : 'last');
          event.preventDefault();
        }}
      >
        <Icon name={icon} />
      </button>
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
                setOpened(null);
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
