import { describe, expect, test } from 'vitest';
import { executions, liveStatus } from './panelData.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();

/** Where what one reads begins. */
const tops = () =>
  suite.panel.page
    .locator('.list-head, .picker-bar, .why-card, .tree')
    .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().top));

async function openAt(width: number) {
  return suite.open({
    prepare: (engine) => {
      engine.rows = executions(12);
      engine.status = liveStatus;
    },
    seed: { hasStarted: true },
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
});
