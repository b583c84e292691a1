import type { SectionId } from '../src/find/places.ts';
import type { InspectorContent } from '../src/protocol/inspector.ts';
import type { ExecutionRow } from '../src/protocol/list.ts';
import type { TreeRow } from '../src/protocol/tree.ts';
import type { ExecutionKey } from '../src/trace/execution.ts';

/**
 * What VS Code passes to the commands of the context menu of an execution; `title` stands on a panel of its own,
 * `summary` is what they copy.
 */
export function executionContext(
  { key, sid, noGoodRun }: Pick<ExecutionRow, 'key' | 'sid' | 'noGoodRun'>,
  title: string,
  summary: string,
  isOpen: boolean,
): string {
  return JSON.stringify({
    ...{ webviewSection: 'execution', executionKey: key, sid, summary, executionIsOpen: isOpen },
    panelTitle: title,
    ...(noGoodRun === undefined ? {} : { executionHasNoGoodRun: true }),
    preventDefaultContextMenuItems: true,
  });
}

/** The same of a row of the tree of an execution. */
export function stepContext(executionKey: ExecutionKey, row: TreeRow, title: string): string {
  const { key: rowKey, nodeId, name, inFlow, execution } = row;
  return JSON.stringify({
    ...{ webviewSection: 'step', executionKey, rowKey, nodeId, name },
    stepInFlow: inFlow || row.source !== undefined,
    stepRan: row.status !== 'notRun',
    ...(execution === null ? {} : { calledKey: execution, panelTitle: title }),
    preventDefaultContextMenuItems: true,
  });
}

/** What the menus of all values of a node have in common. */
export function inspectedContext(content: InspectorContent): string {
  if (content.kind === 'execution') return JSON.stringify({});
  const { nodeId, key: rowKey } = content.row;
  return JSON.stringify({ nodeId, rowKey });
}

/** A value, or a part of one, as its menu knows it. */
export interface MenuPlace {
  /** As code writes it. */
  readonly path: string;
  readonly section: SectionId;
  /** The place of the value in its section, from 0. */
  readonly index: number;
  /** It leads back to where it came from, or on to who used it. */
  readonly canBeFollowed: boolean;
}

/** The same of a value; with text selected the menu keeps what VS Code offers for it. */
export function valueContext(place: MenuPlace, hasSelection: boolean): string {
  const { path, section, index, canBeFollowed } = place;
  return JSON.stringify({
    ...{ webviewSection: 'value', valuePath: path },
    ...{ valueSection: section, valueEntry: String(index) },
    ...(canBeFollowed && { valueCanBeFollowed: true }),
    preventDefaultContextMenuItems: !hasSelection,
  });
}

/**
 * The key for context menus is told to the element that has the focus: a list or tree, not the row in it that
 * is active. This hands it to that row, for whose menu VS Code waits.
 */
export function openMenusOnActiveRows(page: Document): void {
  page.addEventListener(
    'contextmenu',
    (event) => {
      const { target } = event;
      if (!(target instanceof HTMLElement) || !event.isTrusted || event.button === 2) return;
      const row = page.getElementById(target.getAttribute('aria-activedescendant') ?? '');
      if (row === null) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { left, bottom } = row.getBoundingClientRect();
      const place = { clientX: left + menuIndent, clientY: bottom };
      row.dispatchEvent(
        new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...place }),
      );
    },
    true,
  );
}

/** So that the menu stands below the text of the row. */
const menuIndent = 24;
