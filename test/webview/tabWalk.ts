import type { Frame, Page } from 'playwright-core';

/** Where a walk by Tab came to: each place by name, and what of it was not to be seen. */
export interface TabWalk {
  readonly places: readonly string[];
  readonly unseen: readonly string[];
}

interface Place {
  readonly name: string;
  readonly isSeen: boolean;
}

/** What the page knows of the walk through it. */
interface Walked {
  /** What came since it was asked last. */
  readonly came: Place[];
  /** Whether a place is to be seen once the page has settled on it. */
  readonly settlesInSight: (name: string) => Promise<boolean>;
}

/** What has no focus, or has it outside of the panel. */
export const nowhere = 'nothing';

/** More than any state of the panel has; one that has more doesn't come round. */
const mostSteps = 200;
/** An answer that is waited for costs more than a key. */
const stepsAtOnce = 12;

/**
 * Presses Tab until the walk comes round, and gives what had the focus on the way. Where the panel is a frame of the
 * page that the keys go to, until it leaves that: others have the next keys.
 */
export async function walkByTab(page: Page, panel: Page | Frame = page): Promise<TabWalk> {
  await panel.evaluate(beginWalk);
  const places: string[] = [];
  const unseen = new Set<string>();
  const isFrame = panel !== page;
  /** The next key came before the page had scrolled, perhaps. */
  const walk = async (): Promise<TabWalk> => {
    const out = await panel.evaluate(
      async (names) => {
        const settled: string[] = [];
        for (const name of names)
          if (!(await window.walked.settlesInSight(name))) settled.push(name);
        return settled;
      },
      [...unseen],
    );
    return { places, unseen: out };
  };
  const keys = Array.from({ length: isFrame ? 1 : stepsAtOnce }, () => 'Tab');
  for (let step = 0; step < mostSteps; step += keys.length) {
    await Promise.all(keys.map((key) => page.keyboard.press(key)));
    const { came, isIn } = await panel.evaluate(() => {
      return { came: window.walked.came.splice(0), isIn: document.hasFocus() };
    });
    for (const { name, isSeen } of came) {
      // A field of several parts, as a date, is stayed in.
      if (name === places[0] && name !== places.at(-1)) return walk();
      places.push(name);
      if (!isSeen) unseen.add(name);
    }
    if (isFrame && !isIn) return walk();
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

declare global {
  interface Window {
    walked: Walked;
  }
}

/** Runs in the page: notes before each Tab what the one before has come to, and whether that is to be seen. */
function beginWalk(): void {
  // Where it stands among others changes with what comes and goes on the way.
  const known = new Map<Element, string>();
  const nameOf = (element: Element) => {
    const { localName, classList } = element;
    const name = known.get(element) ?? `${localName}.${classList.item(0) ?? ''} ${known.size}`;
    known.set(element, name);
    return name;
  };
  const isSeen = (element: Element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const hit = document.elementFromPoint(
      (Math.max(0, left) + Math.min(innerWidth, right)) / 2,
      (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2,
    );
    return hit !== null && (element.contains(hit) || hit.contains(element));
  };
  const frame = () => new Promise(requestAnimationFrame);
  let isBegun = false;
  const came: Place[] = [];
  window.walked = {
    came,
    settlesInSight: async (wanted) => {
      const element = [...known].find(([, name]) => name === wanted)?.[0];
      // What goes on has taken it away meanwhile.
      if (!(element instanceof HTMLElement) || !element.isConnected) return true;
      element.focus();
      await frame();
      await frame();
      return isSeen(element);
    },
  };
  // All keys go down before the first comes up.
  document.addEventListener(
    'keydown',
    ({ key }) => {
      if (key !== 'Tab') return;
      const { activeElement: element } = document;
      const isNone = element === null || element === document.body;
      const place = isNone
        ? { name: 'nothing', isSeen: true }
        : { name: nameOf(element), isSeen: isSeen(element) };
      // Where it begins Tab need not lead to.
      if (isBegun) came.push(place);
      isBegun = true;
    },
    { capture: true },
  );
}
