import type { ValueRef } from '../../src/protocol/inspector.ts';
import { type MenuPlace, valueContext } from '../contextMenus.ts';

/** A text, or the value whose text the host asks for: of a large one the page has the beginning alone. */
export type HandedText = string | ValueRef;

/** What the menu of a value does. */
export interface MenuValue {
  /** What it copies, masked. */
  readonly text: () => HandedText;
  /** Back to where it came from, or on to who used it; null where it can't be followed. */
  readonly follow: (() => void) | null;
}

/** What makes VS Code's context menu of a value out of an element; `onMenu` learns what it would do. */
export function valueMenu(
  place: Omit<MenuPlace, 'canBeFollowed'>,
  value: MenuValue,
  onMenu: (value: MenuValue) => void,
): { 'data-vscode-context': string; onContextMenu: (event: MouseEvent) => void } {
  const menu = { ...place, canBeFollowed: value.follow !== null };
  return {
    'data-vscode-context': valueContext(menu, false),
    onContextMenu: ({ target, currentTarget }) => {
      // A value may stand within another; the inner one is meant.
      const inner = target instanceof Element ? target.closest('[data-vscode-context]') : null;
      if (inner !== currentTarget || !(inner instanceof HTMLElement)) return;
      const hasSelection = document.getSelection()?.isCollapsed === false;
      inner.dataset['vscodeContext'] = valueContext(menu, hasSelection);
      onMenu(value);
    },
  };
}
