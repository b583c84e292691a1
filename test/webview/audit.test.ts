import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit, injectAxe, type Violation } from './axeAudit.ts';
import { cutTexts } from './cutTexts.ts';
import { openPanelBrowser, type PanelProcess, type Theme } from './harness.ts';
import { panelStates, type PanelState } from './panelStates.ts';
import { countControls, nowhere, walkByTab } from './tabWalk.ts';

/** One for each walk, by its language: windows of one process that are at work beside each other wait for each other. */
const processes = new Map<string, PanelProcess>();
beforeAll(async () => {
  const browser = await openPanelBrowser();
  for (const { language } of walks) processes.set(language, await browser.openProcess());
});
afterAll(async () => {
  for (const panels of processes.values()) await panels.close();
});

const themes = [
  ...(['dark-modern', 'light-modern', 'high-contrast', 'high-contrast-light'] as const),
] as const satisfies readonly Theme[];
const [dark, light, highContrast, highContrastLight] = themes;

/** What is no fault, though a rule says so, and why. */
const excused: readonly { readonly rule: string; readonly target: RegExp; readonly why: string }[] =
  [
    {
      rule: 'label-content-name-mismatch',
      target: /^#(?:execution|tree-row|problem|compare-row|flow-box|find-hit|trail-step)-/,
      why: 'A row says in words, and in the order in which one asks, what it shows as columns and signs',
    },
  ];

interface Fault extends Violation {
  readonly where: string[];
}

interface Walk {
  readonly language: string;
  /** All rules are looked at in both; the state is entered at the first. */
  readonly widths: readonly [number, number];
  /** Whether Tab is walked by through each state, at the first width: the words make no difference to it. */
  readonly walksByTab: boolean;
  /** Where no word may be cut. */
  readonly smallest: readonly { readonly width: number; readonly height: number }[];
}

/** As narrow as a group of editors gets when its edge is drawn. */
const narrowest = { width: 250, height: 700 };

/**
 * All rules in both languages and widths, each in a theme of its own; those that look at colours in all themes and
 * widths, half of them in each language, which makes no difference to them. 320 pixels are 1280 at 400 %; there a
 * language each, for the longer words count. One walk for all of it: opening a state costs more than looking at it.
 */
const walks: readonly Walk[] = [
  {
    ...{ language: 'en', widths: [1200, 460], walksByTab: true },
    smallest: [narrowest, { width: 320, height: 275 }],
  },
  {
    ...{ language: 'zh-cn', widths: [460, 1200], walksByTab: false },
    smallest: [{ width: 400, height: 700 }, narrowest],
  },
];

/** Some states at a time: what a test may take is for what hangs, however many states there are. */
const partsOfStates = [0, 1, 2, 3, 4].map((part) => ({
  part: part + 1,
  states: panelStates.filter((_, at) => at % 5 === part),
}));

describe.each(partsOfStates)('fifth $part of all states', ({ states }) => {
  test.concurrent.each(walks)(
    'none has a fault, nor cuts off a word: $language, in all themes, from $widths.0 pixels on',
    { timeout: 180_000 },
    async (walk) => {
      const faults = new Map<string, Fault>();
      for (const state of states) {
        for (const [where, violation] of await faultsOf(state, walk)) {
          const name = `${violation.rule} ${violation.target}`;
          const fault = faults.get(name) ?? { ...violation, where: [] };
          fault.where.push(where);
          faults.set(name, fault);
        }
      }
      expect([...faults.values()]).toEqual([]);
    },
  );
});

async function faultsOf(
  { name, options, part, enter }: PanelState,
  { language, widths, walksByTab, smallest }: Walk,
): Promise<[string, Violation][]> {
  const height = 800;
  const [width, otherWidth] = widths;
  const panel = await processes.get(language)!.open({
    ...{ width, height, reducedMotion: true },
    ...options,
    seed: { ...options?.seed, language },
  });
  const found: [string, Violation][] = [];
  const look = async (theme: Theme, at: number, rules: 'all' | 'colours') => {
    const violations = await audit(panel.page, part, rules);
    const faulty = violations.filter(({ rule, target }) => {
      return !excused.some((one) => one.rule === rule && one.target.test(target));
    });
    for (const violation of faulty) found.push([`${name}, ${theme}, ${String(at)}`, violation]);
  };
  try {
    await enter(panel);
    await Promise.all([injectAxe(panel.page), panel.setTheme(dark)]);
    await look(dark, width, 'all');
    await panel.setTheme(highContrast);
    await look(highContrast, width, 'colours');
    // They wait for the same frames.
    await Promise.all([panel.resize({ width: otherWidth, height }), panel.setTheme(light)]);
    await look(light, otherWidth, 'all');
    await panel.setTheme(highContrastLight);
    await look(highContrastLight, otherWidth, 'colours');
    for (const size of smallest) {
      await panel.resize(size);
      for (const { text, target } of await cutTexts(panel.page)) {
        const cut = { rule: 'cut-text', target, html: '', why: text };
        found.push([`${name}, ${String(size.width)}`, cut]);
      }
    }
    if (walksByTab) {
      await panel.resize({ width, height });
      for (const [rule, target] of await tabFaults(panel.page)) {
        found.push([`${name}, by Tab`, { rule, target, html: '', why: '' }]);
      }
    }
    return found;
  } catch (error) {
    const seen = await panel.page.locator('body').innerText();
    throw new Error(`${name}, ${language}: ${seen}`, { cause: error });
  } finally {
    await panel.close();
  }
}

/** What Tab does not come to, and what it comes to though it can't be seen. */
async function tabFaults(page: Page): Promise<(readonly [rule: string, target: string])[]> {
  const { places, unseen } = await walkByTab(page);
  const missed = (await countControls(page)) - new Set(places).size;
  const lost = places.filter((at) => at === nowhere).length;
  return [
    ...unseen.map((at) => ['focus-unseen', at] as const),
    ...(missed > 0 ? [['tab-misses', `${String(missed)} of: ${places.join(', ')}`] as const] : []),
    // Between the last and the first the browser's own controls come.
    ...(lost > 1 ? [['focus-lost', places.join(', ')] as const] : []),
  ];
}
