import { beforeAll, describe, expect, test } from 'vitest';
import { completionsAt } from '../../src/answers/completions.ts';
import { cutTexts } from './cutTexts.ts';
import type { FakeEngine } from './fakeEngine.ts';
import { openPanelBrowser, type PanelBrowser, type PanelOptions } from './harness.ts';
import { executions, invoiceFlow, liveStatus } from './panelData.ts';
import { panelStates } from './panelStates.ts';

let browser: PanelBrowser;
beforeAll(async () => {
  browser = await openPanelBrowser();
});

/** 320 pixels are 1280 at 400 %; a language each, for the longer words count. */
test.concurrent.each([
  [320, 275, 'en'],
  [400, 700, 'zh-cn'],
] as const)(
  'no word is cut off, and no control out of reach: %i × %i pixels, %s',
  { timeout: 300_000 },
  async (width, height, language) => {
    const found: string[] = [];
    for (const { name, options, enter } of panelStates) {
      const panel = await browser.open({
        ...{ width, height, ...options },
        seed: { ...options?.seed, language },
      });
      try {
        await enter(panel);
        const cuts = await cutTexts(panel.page);
        found.push(...cuts.map(({ text, target }) => `${name}: “${text}”, ${target}`));
      } catch (error) {
        const seen = await panel.page.locator('body').innerText();
        throw new Error(`${name}: ${seen}`, { cause: error });
      } finally {
        await panel.close();
      }
    }
    expect(found).toEqual([]);
  },
);

describe('the header where there is little room', () => {
  const open = async (width: number, prepare: NonNullable<PanelOptions['prepare']>) =>
    browser.open({ width, prepare, seed: { hasStarted: true, flow: invoiceFlow } });
  const reading = (engine: FakeEngine) => {
    engine.rows = executions(12);
    engine.status = liveStatus;
    const error = { reason: 'unreachable', subject: '127.0.0.1:1', detail: '' } as const;
    engine.complete = ({ filter, cursor }) =>
      completionsAt(filter, cursor, { entries: [], nameOf: () => '', causeOf: () => '' });
    engine.setState({ kind: 'retrying', error, attempt: 3 });
  };

  test.each([320, 400])('the name gives way before the state: %i pixels', async (width) => {
    const panel = await open(width, reading);
    const words = panel.page.locator('.source-words');
    const isWhole = () => words.evaluate((one) => one.scrollWidth <= one.clientWidth);
    await expect.poll(() => words.innerText()).toBe('Reconnecting');
    await expect.poll(isWhole).toBe(true);
    await panel.close();
  });

  test.each([320, 400, 540])('what one writes is seen: %i pixels', async (width) => {
    const panel = await open(width, reading);
    const field = panel.page.locator('.filter-input');
    await panel.page.keyboard.press('Control+f');
    await panel.page.keyboard.type('status:failed ');
    await expect
      .poll(() => field.evaluate((one) => one.scrollWidth - one.clientWidth))
      .toBeLessThanOrEqual(0);
    await panel.close();
  });

  test('suggestions are whole', async () => {
    const panel = await open(320, reading);
    await panel.page.keyboard.press('Control+f');
    await panel.page.keyboard.press('ArrowDown');
    const box = (await panel.page.locator('.completions').boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(320);
    await panel.close();
  });
});

test.each([640, 680, 760, 1200])(
  'beside news the figures are fewer, not cut: %i pixels',
  async (width) => {
    const panel = await browser.open({
      width,
      prepare: (engine) => {
        engine.rows = executions(12);
        engine.someFigures = { executions: 47, toolCallsApart: 34 };
        engine.status = liveStatus;
      },
      seed: { hasStarted: true, flow: invoiceFlow },
    });
    await panel.page.locator('.figure').first().waitFor();
    panel.host.emit('news', {
      ...{ severity: 'error', key: 'workflow/spf3', goTo: 'Go to “Click save” in order.yml' },
      sentence: 'supplier-onboarding-check failed at “Enter the order of the supplier” (20805).',
    });
    await panel.page.locator('.news-words').waitFor();
    expect(await cutTexts(panel.page)).toEqual([]);
    await panel.close();
  },
);

test('the picker is as high as its rows need', async () => {
  const panel = await browser.open({
    ...{ width: 500, height: 800 },
    prepare: (engine) => {
      engine.rows = executions(8);
      engine.status = liveStatus;
    },
    seed: { hasStarted: true },
  });
  const { page } = panel;
  await page.locator('.picker-button').click();
  await page.locator('.picker-list .execution-row').nth(7).waitFor();
  const { height } = (await page.locator('.picker-list').boundingBox())!;
  expect(height).toBeLessThan(300);
  const rows = page.locator('.picker-list .execution-rows');
  expect(await rows.evaluate((one) => one.scrollHeight - one.clientHeight)).toBe(0);
  await panel.close();
});
