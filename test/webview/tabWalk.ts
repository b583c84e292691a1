import type { Frame, Page } from 'playwright-core';

/** Where a walk by Tab came to: each place by name, and what of it was not to be seen. */
export interface TabWalk {
  readonly places: readonly string[];
  readonly unseen: readonly string[];
}

/** More than any state of the panel has; one that has more doesn't come round. */
const mostSteps = 200;

/**
 * Presses Tab until the walk comes round or leaves the panel, and gives what had the focus on the way. `panel` is where
 * the page is, if that is a frame of the one that the keys go to.
 */
export async function walkByTab(page: Page, panel: Page | Frame = page): Promise<TabWalk> {
  const places: string[] = [];
  const unseen = new Set<string>();
  for (let step = 0; step < mostSteps; step++) {
    await page.keyboard.press('Tab');
    const { name, isSeen } = await panel.evaluate(focusedPlace);
    // In a workbench others have the next keys.
    if (name === 'nothing' && panel !== page) return { places, unseen: [...unseen] };
    // A field of several parts, as a date, is stayed in.
    if (name === places[0] && name !== places.at(-1)) return { places, unseen: [...unseen] };
    places.push(name);
    if (!isSeen) unseen.add(name);
  }
  throw new Error(`It doesn't come round: ${places.slice(0, 60).join(', ')}`);
}

/** How many controls the panel has that Tab shall come to: of what has one tab stop, that one. */
export function countControls(panel: Page | Frame): Promise<number> {
  return panel.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>(
      'button, input, select, summary, [tabindex="0"], vscode-button',
    );
    return [...all].filter((element) => {
      const isSeen = element.checkVisibility({ visibilityProperty: true });
      const isOne = !element.matches(':disabled') && element.tabIndex >= 0;
      return isSeen && isOne && element.closest('.inspector-json-row') === null;
    }).length;
  });
}

/** Runs in the page: what has the focus, and whether it is to be seen. */
function focusedPlace(): { name: string; isSeen: boolean } {
  const { activeElement: element } = document;
  if (element === null || element === document.body || !document.hasFocus()) {
    return { name: 'nothing', isSeen: true };
  }
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const hit = document.elementFromPoint(
    (Math.max(0, left) + Math.min(innerWidth, right)) / 2,
    (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2,
  );
  const isSeen = hit !== null && (element.contains(hit) || hit.contains(element));
  const same = [...document.querySelectorAll(element.localName)].indexOf(element);
  return {
    name: `${element.localName}.${element.classList.item(0) ?? ''} ${String(same)}`,
    isSeen,
  };
}
