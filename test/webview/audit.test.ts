import { beforeAll, expect, test } from 'vitest';
import { audit, injectAxe, type Violation } from './axeAudit.ts';
import { openPanelBrowser, type PanelBrowser, type Theme } from './harness.ts';
import { panelStates, type PanelState } from './panelStates.ts';

let browser: PanelBrowser;
beforeAll(async () => {
  browser = await openPanelBrowser();
});

const themes = [
  ...(['dark-modern', 'light-modern', 'high-contrast', 'high-contrast-light'] as const),
] as const satisfies readonly Theme[];

/** What is no fault, though a rule says so, and why. */
const excused: readonly { readonly rule: string; readonly target: RegExp; readonly why: string }[] =
  [
    {
      rule: 'label-content-name-mismatch',
      target: /^#(?:execution|tree-row|problem)-/,
      why: 'A row says in words, and in the order in which one asks, what it shows as columns and signs',
    },
  ];

interface Fault extends Violation {
  readonly where: string[];
}

/**
 * All rules in both languages and widths, each in a theme of its own; those that look at colours in all themes and
 * widths, half of them in each language, which makes no difference to them.
 */
test.concurrent.each([
  ['en', 1200],
  ['zh-cn', 460],
] as const)(
  'no state has a fault: %s, in all themes, at %i pixels and at the other width',
  { timeout: 300_000 },
  async (language, width) => {
    const faults = new Map<string, Fault>();
    for (const state of panelStates) {
      for (const [where, violation] of await faultsOf(state, language, width)) {
        const name = `${violation.rule} ${violation.target}`;
        const fault = faults.get(name) ?? { ...violation, where: [] };
        fault.where.push(where);
        faults.set(name, fault);
      }
    }
    expect([...faults.values()]).toEqual([]);
  },
);

async function faultsOf(
  { name, options, part, enter }: PanelState,
  language: string,
  width: number,
): Promise<[string, Violation][]> {
  const height = 800;
  const panel = await browser.open({
    ...{ width, height, reducedMotion: true },
    ...options,
    seed: { ...options?.seed, language },
  });
  const found: [string, Violation][] = [];
  const look = async (theme: Theme, at: number, rules: 'all' | 'colours') => {
    await panel.setTheme(theme);
    const violations = await audit(panel.page, part, rules);
    const faulty = violations.filter(({ rule, target }) => {
      return !excused.some((one) => one.rule === rule && one.target.test(target));
    });
    for (const violation of faulty) found.push([`${name}, ${theme}, ${String(at)}`, violation]);
  };
  try {
    await enter(panel);
    await injectAxe(panel.page);
    const [dark, light, highContrast, highContrastLight] = themes;
    await look(dark, width, 'all');
    await look(highContrast, width, 'colours');
    const otherWidth = width === 460 ? 1200 : 460;
    await panel.page.setViewportSize({ width: otherWidth, height });
    await look(light, otherWidth, 'all');
    await look(highContrastLight, otherWidth, 'colours');
    return found;
  } catch (error) {
    throw new Error(`${name}, ${language}, ${String(width)}`, { cause: error });
  } finally {
    await panel.close();
  }
}
