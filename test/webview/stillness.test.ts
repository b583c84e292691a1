import { describe, expect, test } from 'vitest';
import { executions, liveStatus } from './panelData.ts';
import { panelSuite } from './panelSuite.ts';
import { aSlowFailure } from './problemsData.ts';

const suite = panelSuite();

/** Where what one reads begins. */
const tops = () =>
  suite.panel.page
    .locator(
      '.list-head, .picker-bar, .steps-switch, .why-card, .why-folds, .its-problem, .tree, .inspector',
    )
    .evaluateAll((parts) =>
      parts.map((part) => {
        const { left, top } = part.getBoundingClientRect();
        return `${part.getAttribute('class')} ${left.toFixed(1)} ${top.toFixed(1)}`;
      }),
    );

async function openAt(width: number, saved: object = {}) {
  return suite.open({
    prepare: (engine) => {
      engine.rows = executions(12);
      engine.status = liveStatus;
    },
    seed: { hasStarted: true },
    saved,
    width,
  });
}

describe.each([1200, 640, 420, 320])('%i pixels wide', (width) => {
  test('longer durations move nothing', async () => {
    const { page, engine, screenshot } = await openAt(width);
    await page.locator('.tree-row').first().waitFor();
    const before = await tops();
    engine.someFigures = {
      ...{ executions: 12_345, toolCallsApart: 20 },
      ...{ successRate: 0.834, cumulativeDurationMs: 95_000 },
    };
    engine.pushStatus();
    const [newest] = engine.rows.filter(({ sid }) => sid === 'spf10');
    await expect.poll(() => page.locator('.figure-value').last().innerText()).toBe('1 min 35 s');
    engine.update({ ...newest!, durationMs: 95_000 });
    await expect
      .poll(() => page.locator('.head-fact, .picker .execution-duration').allInnerTexts())
      .toContain('1 min 35 s');
    await screenshot(`still-${width}`);
    expect(await tops()).toEqual(before);
  });

  test.each(['auto', 'open', 'closed'])(
    'what is known of a failure over time moves nothing, its reasons %s',
    async (why) => {
      const { page, engine } = await openAt(width, { why });
      await page.locator('.tree-row').first().waitFor();
      await page.locator('.inspector-panel').waitFor();
      const before = await tops();
      engine.ownPast = aSlowFailure;
      engine.push('ownPast');
      await page.locator('.head-slow').waitFor();
      if (why === 'open') await page.getByRole('button', { name: 'Show Problem' }).waitFor();
      expect(await tops()).toEqual(before);
      engine.ownPast = (key) => ({ ...aSlowFailure(key), problem: null, usual: null });
      engine.push('ownPast');
      await page.locator('.head-slow').waitFor({ state: 'detached' });
      expect(await tops()).toEqual(before);
    },
  );

  test('that a success was none is told in a line that was there, and more on demand', async () => {
    const { page, engine } = await openAt(width, { selected: 'workflow/spf9' });
    const step = { row: 'save', nodeId: 'rpa::save', name: 'Click save', type: 'rpa' };
    const place = { ...step, match: null, path: '', section: 'output', entry: 'output:result:' };
    const sign = { ...place, name: 'result', type: 'text', text: '', kind: 'empty' };
    engine.signs = (query) => ({
      ...{ query, goodRuns: 7 },
      signs: [{ ...sign, place, expected: null, isDeclared: false, goodRuns: 7 } as never],
    });
    await page.locator('.tree-row').first().waitFor();
    const before = await tops();
    const told = page.getByRole('button', { name: 'Unusual Inputs and Outputs' });
    await told.waitFor();
    expect(await tops()).toEqual(before);
    await told.press('Enter');
    await page.locator('.head-more .item-link').waitFor();
    expect(await told.getAttribute('aria-expanded')).toBe('true');
  });
});
