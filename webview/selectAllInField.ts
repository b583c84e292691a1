/**
 * VS Code hears each key of a page, and sends its own “select all” back a while later: what was typed into a field
 * meanwhile would be selected, and lost to the next letter. In a field the browser has done it by then.
 */
export function selectAllInField(document: Document): void {
  document.addEventListener('keydown', (event) => {
    const { ctrlKey, metaKey, shiftKey, altKey, key } = event;
    const isSelectAll = ctrlKey !== metaKey && !shiftKey && !altKey && key.toLowerCase() === 'a';
    // Fields of the toolkit stand in trees of their own.
    const [target] = event.composedPath();
    if (isSelectAll && isTextField(target)) event.stopPropagation();
  });
}

function isTextField(target: EventTarget | undefined): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
