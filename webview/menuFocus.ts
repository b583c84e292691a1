/** What VS Code puts on the body while it shows a context menu of the page. */
const menuClass = 'vscode-context-menu-visible';

/**
 * VS Code's menu takes the focus, and what had it in the page loses it. This marks the row that the menu belongs
 * to while it is open, and gives the focus back when it closes.
 */
export function followContextMenus(page: Document): void {
  let row: HTMLElement | null = null;
  let holder: HTMLElement | null = null;
  const unmark = () => {
    delete row?.dataset['menu'];
    row = null;
  };
  const giveBack = () => {
    unmark();
    const isLost = page.activeElement === null || page.activeElement === page.body;
    if (isLost && holder?.isConnected === true) holder.focus({ preventScroll: true });
    holder = null;
  };
  page.addEventListener('contextmenu', (event) => {
    if (event.defaultPrevented || !(event.target instanceof Element)) return;
    unmark();
    const owner = event.target.closest<HTMLElement>('[data-vscode-context]');
    if (owner?.matches('[role=option], [role=treeitem]') === true) {
      row = owner;
      row.dataset['menu'] = 'open';
    }
    const { activeElement } = page;
    const hasFocus = activeElement instanceof HTMLElement && activeElement !== page.body;
    holder = hasFocus ? activeElement : event.target.closest<HTMLElement>('[tabindex="0"]');
  });
  let wasOpen = false;
  new MutationObserver(() => {
    const isOpen = page.body.classList.contains(menuClass);
    if (wasOpen && !isOpen) giveBack();
    wasOpen = isOpen;
  }).observe(page.body, { attributeFilter: ['class'] });
  // Where the menu is the system's own, all that is seen of it is that the window comes back.
  page.defaultView?.addEventListener('focus', () => {
    if (!page.body.classList.contains(menuClass)) giveBack();
  });
}
