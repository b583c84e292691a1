import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { completionsAt } from '../../src/answers/completions.ts';
import { cutTexts } from './cutTexts.ts';
import type { FakeEngine } from './fakeEngine.ts';
import type { PanelOptions } from './harness.ts';
import {
  anExecution,
  executions,
  invoiceFlow,
  liveStatus,
  nothingToComplete,
} from './panelData.ts';
import { panelStates, withExecutions } from './panelStates.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();

describe('the header where there is little room', () => {
  const open = async (width: number, prepare: NonNullable<PanelOptions['prepare']>) =>
    suite.open({ width, prepare, seed: { hasStarted: true, flow: invoiceFlow } });
  const reading = (engine: FakeEngine) => {
    engine.rows = executions(12);
    engine.status = liveStatus;
    const error = { reason: 'unreachable', subject: '127.0.0.1:1', detail: '' } as const;
    engine.complete = ({ filter, cursor }) => completionsAt(filter, cursor, nothingToComplete);
    engine.setState({ kind: 'retrying', error, attempt: 3 });
  };

  test.each([320, 400])('the name gives way before the state: %i pixels', async (width) => {
    const panel = await open(width, reading);
    const words = panel.page.locator('.source-words');
    const isWhole = () => words.evaluate((one) => one.scrollWidth <= one.clientWidth);
    await expect.poll(() => words.innerText()).toBe('Reconnecting');
    await expect.poll(isWhole).toBe(true);
  });

  test.each([320, 400, 540])('what one writes is seen: %i pixels', async (width) => {
    const panel = await open(width, reading);
    const field = panel.page.locator('.filter-input');
    await panel.page.locator('.filter-input').focus();
    await panel.page.keyboard.type('status:failed ');
    await expect
      .poll(() => field.evaluate((one) => one.scrollWidth - one.clientWidth))
      .toBeLessThanOrEqual(0);
  });

  test('suggestions are whole', async () => {
    const panel = await open(320, reading);
    await panel.page.locator('.filter-input').focus();
    await panel.page.keyboard.press('ArrowDown');
    const box = (await panel.page.locator('.completions').boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(320);
  });
});

describe('what has no room for its words is left out instead of being cut to a stub', () => {
  /** Pixels of a text that are to be seen: less than a word or two say nothing. */
  const stubs = (page: Page, selector: string) =>
    page.locator(selector).evaluateAll((all) =>
      all.flatMap((one) => {
        const [box, around] = [one, one.parentElement!].map((each) => each.getBoundingClientRect());
        const isOut = box!.top >= around!.bottom - 2;
        const seen = Math.min(box!.right, around!.right) - box!.left;
        const range = document.createRange();
        range.selectNodeContents(one);
        const isWhole = range.getBoundingClientRect().width <= seen + 1;
        return isOut || isWhole || seen > 100 ? [] : [`${String(seen)}: ${one.textContent}`];
      }),
    );

  test.each([
    ['how it ended', '.head-outcome > span'],
    ['what a step is, and when it ran', '.inspector-head-details > span'],
  ])('%s', async (_, selector) => {
    const panel = await suite.open({ ...withExecutions(), width: 1200, height: 760 });
    await panel.page.locator('.inspector-section').first().waitFor();
    for (const width of [1200, 1000, 940, 900, 700, 400, 330, 250]) {
      for (const height of [760, 380]) {
        await panel.resize({ width, height });
        expect([width, height, await stubs(panel.page, selector)]).toEqual([width, height, []]);
      }
    }
  });
});

test.each(
  ['numbers', 'failed', 'the ways of two executions in their flow', 'a failed round'].map((name) =>
    panelStates.find((state) => state.name === name),
  ),
)('nothing but tables is scrolled sideways: $name', async (state) => {
  const panel = await suite.open({ ...state!.options, width: 1200, height: 600 });
  await state!.enter(panel);
  for (const width of [1200, 1000, 900, 700, 460, 400, 250]) {
    await panel.resize({ width, height: 600 });
    const wider = await panel.page
      .locator('.page, .banners, .detail, .inspector-panel, .compare-flow')
      .evaluateAll((all) =>
        all.map((one) => `${one.classList.value}: ${String(one.scrollWidth - one.clientWidth)}`),
      );
    expect([width, wider.filter((one) => !one.endsWith(': 0'))]).toEqual([width, []]);
  }
});

test.each([640, 680, 760, 1200])(
  'beside news the figures are fewer, not cut: %i pixels',
  async (width) => {
    const panel = await suite.open({
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
  },
);

test.each(['en', 'zh-cn'])(
  'the header loses nothing of the scope of its figures, or shows none, at any width: %s',
  async (language) => {
    const panel = await suite.open({
      prepare: (engine) => {
        engine.rows = executions(12);
        engine.status = liveStatus;
      },
      seed: { hasStarted: true, language },
    });
    const { page } = panel;
    await page.locator('.figures').waitFor();
    const cut: number[] = [];
    let seen = 0;
    for (let width = 600; width <= 1440; width += 25) {
      await page.setViewportSize({ width, height: 800 });
      const { isSeen, isCut } = await page.locator('.figures-scope dd').evaluate((name) => ({
        isSeen:
          name.getBoundingClientRect().width > 0 &&
          name.getBoundingClientRect().top <
            name.closest('.figures')!.getBoundingClientRect().bottom,
        isCut: name.scrollWidth > name.clientWidth,
      }));
      if (isSeen && isCut) cut.push(width);
      if (isSeen) seen++;
    }
    expect(cut).toEqual([]);
    expect(seen).toBeGreaterThan(10);
  },
);

test.each([
  ['of all', undefined, 20],
  [
    'of the open flow',
    new Set(
      ['spf1', 'spf3', 'spf5', 'spf22', 'spf29', 'spf31', 'spf32'].map((sid) => `workflow/${sid}`),
    ),
    6,
  ],
])('the picker opens at the row that is open, in a list %s', async (_, flowKeys, place) => {
  const panel = await suite.open({
    ...{ width: 500, height: 600 },
    prepare: (engine) => {
      engine.rows = executions(30);
      if (flowKeys !== undefined) engine.flowKeys = flowKeys;
      engine.status = liveStatus;
    },
    seed: { hasStarted: true, ...(flowKeys === undefined ? {} : { flow: invoiceFlow }) },
  });
  const { page, host, engine } = panel;
  await page.locator('.picker-button').waitFor();
  const key = flowKeys === undefined ? 'workflow/spf13' : 'workflow/spf3';
  host.emit('select', { key, nodeId: null, rowKey: null });
  const row = page.locator('.picker-list .execution-row[aria-selected=true]');
  // They wait while it is closed, and come in above the row once it opens.
  engine.arrive(anExecution(31), anExecution(32));
  await page.locator('.picker-button').click();
  await row.waitFor();
  const list = page.locator('.picker-list [role=listbox]');
  await expect.poll(() => row.getAttribute('aria-posinset')).toBe(String(place));
  await expect
    .poll(
      async () =>
        (await row.getAttribute('id')) === (await list.getAttribute('aria-activedescendant')),
    )
    .toBe(true);
  await expect.poll(() => list.evaluate((one) => one === document.activeElement)).toBe(true);
});

test('the picker is as high as its rows need', async () => {
  const panel = await suite.open({
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
});
