import { beforeAll, describe, expect, test } from 'vitest';
import { completionsAt } from '../../src/answers/completions.ts';
import { cutTexts } from './cutTexts.ts';
import type { FakeEngine } from './fakeEngine.ts';
import { openPanelBrowser, type PanelBrowser, type PanelOptions } from './harness.ts';
import { executions, invoiceFlow, liveStatus } from './panelData.ts';

let browser: PanelBrowser;
beforeAll(async () => {
  browser = await openPanelBrowser();
});

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
    await panel.page.locator('.filter-input').focus();
    await panel.page.keyboard.type('status:failed ');
    await expect
      .poll(() => field.evaluate((one) => one.scrollWidth - one.clientWidth))
      .toBeLessThanOrEqual(0);
    await panel.close();
  });

  test('suggestions are whole', async () => {
    const panel = await open(320, reading);
    await panel.page.locator('.filter-input').focus();
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
