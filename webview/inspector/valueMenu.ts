import type { ValueRef } from '../../src/protocol/inspector.ts';
import { type MenuPlace, valueContext } from '../contextMenus.ts';

/** A text, or the value whose text the host asks for: of a large one the page has the beginning alone. */
export type HandedText = string | ValueRef;

/** What makes VS Code's context menu of a value out of an element; `onMenu` learns what it would copy. */
export function valueMenu(
  place: MenuPlace,
  text: () => HandedText,
  onMenu: (text: () => HandedText) => void,
): { 'data-vscode-context': string; onContextMenu: (event: MouseEvent) => void } {
  return {
    'data-vscode-context': valueContext(place, false),
    onContextMenu: ({ target, currentTarget }) => {
      // A value may stand within another; the inner one is meant.
      const inner = target instanceof Element ? target.closest('[data-vscode-context]') : null;
      if (inner !== currentTarget || !(inner instanceof HTMLElement)) return;
      const hasSelection = document.getSelection()?.isCollapsed === false;
      inner.dataset['vscodeContext'] = valueContext(place, hasSelection);
      onMenu(text);
    },
  };
}
