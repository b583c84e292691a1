import { useEffect } from 'preact/hooks';
import { usePanel } from '../panelContext.ts';

/** Ctrl/Cmd+F, also with Caps Lock, which makes it a capital. */
export function isFindKey(event: KeyboardEvent): boolean {
  const { ctrlKey, metaKey, shiftKey, altKey, key } = event;
  return (ctrlKey || metaKey) && !shiftKey && !altKey && key.toLowerCase() === 'f';
}

/**
 * Ctrl/Cmd+F in the opened execution, F3 and Shift+F3 from wherever the focus is. Where there is a list, its filter takes
 * Ctrl+F outside of the execution; the inspector takes it within a node.
 */
export function useFindKeys(): (event: KeyboardEvent) => void {
  const { state, session } = usePanel();
  const onFind = (event: KeyboardEvent) => {
    if (event.defaultPrevented || !isFindKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
    session.places.find.open();
  };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (event.key === 'F3' && state.finding.value !== null) {
        event.preventDefault();
        session.places.find.step(event.shiftKey ? -1 : 1);
      } else if (state.pinned !== null) onFind(event);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
  return onFind;
}
