import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { TreeRow } from '../../src/protocol/tree.ts';
import {
  openComponentBrowser,
  type ComponentBrowser,
  type ComponentPageHandle,
  type PageOptions,
} from './componentBrowser.ts';
import { invoiceRows, row, treeWindow } from './treeRows.ts';

let browser: ComponentBrowser;
beforeAll(async () => {
  browser = await openComponentBrowser();
});
afterAll(async () => {
  await browser.close();
});

async function open(options?: PageOptions): Promise<ComponentPageHandle> {
  const handle = await browser.open(options);
  onTestFinished(() => handle.close());
  return handle;
}

const shown = (rows: readonly TreeRow[], selectedKey: string | null = null) =>
  ({ kind: 'tree', window: treeWindow(rows), selectedKey, focusRequest: null }) as const;

const activeRow = (page: Page) =>
  page.evaluate(() => {
    const id = document.querySelector('[role=tree]')?.getAttribute('aria-activedescendant');
    return document.getElementById(id ?? '')?.dataset['key'] ?? null;
  });

/** Where a row stands on the page, in pixels; null when it isn't drawn. */
const topOf = (page: Page, key: string) =>
  page.evaluate(
    (wanted) =>
      document.querySelector(`[data-key="${wanted}"]`)?.getBoundingClientRect().top ?? null,
    key,
  );

const names = (page: Page) => page.locator('.tree-label').allTextContents();

/** Two frames: what the first one changed is drawn in the second. */
const settled = (page: Page) =>
  page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );

describe('a tree', () => {
  test('tells screen readers level, place, size and state of each row', async () => {
    const { page, show } = await open();
    await show(shown(invoiceRows(), 'save'));
    const save = page.getByRole('treeitem', { name: /^Click save, RPA robot, Failed, 3\.60 s/ });
    expect(
      await save.evaluate((element) =>
        ['aria-level', 'aria-setsize', 'aria-posinset', 'aria-selected', 'aria-expanded'].map(
          (name) => element.getAttribute(name),
        ),
      ),
    ).toEqual(['1', '9', '6', 'true', null]);
    const each = page.getByRole('treeitem', { name: /^For each line item/ });
    expect(await each.getAttribute('aria-expanded')).toBe('true');
    expect(await page.locator('[tabindex="0"]').count()).toBe(1);
  });

  test('draws bars where the steps stand in time', async () => {
    const { page, show } = await open();
    await show(shown(invoiceRows()));
    const bar = (key: string) =>
      page
        .locator(`[data-key="${key}"] .tree-bar`)
        .evaluate((element: HTMLElement) => [
          Number.parseFloat(element.style.left).toFixed(0),
          Number.parseFloat(element.style.width).toFixed(0),
        ]);
    expect(await bar('save')).toEqual(['54', '46']);
    expect(await page.locator('[data-key="end"] .tree-bar').count()).toBe(0);
    expect(await page.locator('.tree-tick').allTextContents()).toEqual(['0', '2 s', '4 s', '6 s']);
  });

  test('is walked with the keyboard alone', async () => {
    const { page, show, calls } = await open();
    await show(shown(invoiceRows()));
    await page.keyboard.press('Tab');
    const steps: [string, string | null][] = [];
    for (const key of ['ArrowDown', 'ArrowUp', 'End', 'ArrowUp', 'Home', 'c', 'l']) {
      await page.keyboard.press(key);
      steps.push([key, await activeRow(page)]);
    }
    expect(steps).toEqual([
      ['ArrowDown', 'llm'],
      ['ArrowUp', 'start'],
      ['End', 'end'],
      ['ArrowUp', 'message'],
      ['Home', 'start'],
      ['c', 'check'],
      ['l', 'save'],
    ]);
    for (const key of ['Enter', 'Alt+Enter', 'F12', 'Home']) await page.keyboard.press(key);
    for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => activeRow(page)).toBe('fill');
    await page.keyboard.press('ArrowLeft');
    expect(await calls()).toEqual([
      ['select', 'save'],
      ['reveal', 'save'],
      ['reveal', 'save'],
      ['toggle', 'fill'],
    ]);
  });

  test('selects, opens and reveals under the pointer', async () => {
    const { page, show, calls } = await open();
    await show(shown(invoiceRows()));
    const at = (key: string) => page.locator(`[data-key="${key}"]`);
    await at('llm').locator('.tree-label').click();
    await at('each').locator('.tree-twistie').click();
    await at('save')
      .locator('.tree-label')
      .click({ modifiers: ['ControlOrMeta'] });
    await at('check').hover();
    await at('check').locator('.tree-reveal').click();
    expect(await calls()).toEqual([
      ['select', 'llm'],
      ['toggle', 'each'],
      ['reveal', 'save'],
      ['reveal', 'check'],
    ]);
    expect(await at('execution:rpa').locator('.tree-reveal').count()).toBe(0);
  });

  test('keeps focus and what is seen in place when rows come in above', async () => {
    const { page, show } = await open({ height: 200 });
    const rows = Array.from({ length: 100 }, (_, index) => row(`r${index}`));
    await show(shown(rows));
    await page.locator('.rows-scroller').evaluate((element) => element.scrollTo(0, 450));
    await settled(page);
    await page.locator('[data-key="r24"]').click();
    const before = [await topOf(page, 'r22'), await topOf(page, 'r24')];
    await show(shown([...['x', 'y', 'z'].map((key) => row(key)), ...rows]));
    expect([await topOf(page, 'r22'), await topOf(page, 'r24')]).toEqual(before);
    await expect.poll(() => activeRow(page)).toBe('r24');
    await show(shown([...rows, ...['below'].map((key) => row(key))]));
    expect([await topOf(page, 'r22'), await topOf(page, 'r24')]).toEqual(before);
    await show(shown(rows.slice(10)));
    expect([await topOf(page, 'r22'), await topOf(page, 'r24')]).toEqual(before);
  });

  test('however it is scrolled, its first row is whole', async () => {
    const { page, show } = await open({ height: 210 });
    const rows = Array.from({ length: 100 }, (_, index) => row(`r${index}`));
    await show(shown(rows));
    const cut = () =>
      page.locator('.rows-scroller').evaluate((scroller) => {
        const edge = scroller.getBoundingClientRect().top + 22;
        return [...scroller.querySelectorAll('.tree-row')]
          .map((one) => one.getBoundingClientRect())
          .filter(({ top, bottom }) => top < edge - 0.5 && bottom > edge + 0.5).length;
      });
    const scrolled = () => page.locator('.rows-scroller').evaluate(({ scrollTop }) => scrollTop);
    await page.mouse.move(100, 100);
    for (const by of [30, 75, -20]) {
      const before = await scrolled();
      await page.mouse.wheel(0, by);
      await expect.poll(scrolled).not.toBe(before);
      await expect.poll(cut).toBe(0);
    }
    await page.locator('.rows-scroller').focus();
    for (const key of ['PageDown', 'End', 'ArrowUp', 'PageUp', 'End']) {
      await page.keyboard.press(key);
      await settled(page);
      expect([key, await cut()]).toEqual([key, 0]);
    }
    await page.locator('.rows-scroller').evaluate((element) => element.scrollTo(0, 999_999));
    await settled(page);
    expect(await cut()).toBe(0);
    expect(await page.locator('[data-key=r99]').isVisible()).toBe(true);
  });

  test('brings a row into view when it is asked to, once', async () => {
    const { page, show } = await open({ height: 200 });
    const rows = Array.from({ length: 100 }, (_, index) => row(`r${index}`));
    const request = { ...shown(rows), focusRequest: { row: 60, n: 1 } };
    await show(request);
    await expect.poll(() => activeRow(page)).toBe('r60');
    await expect.poll(() => topOf(page, 'r60')).toBeGreaterThan(60);
    await page.locator('.rows-scroller').evaluate((element) => element.scrollTo(0, 0));
    await settled(page);
    await show(request);
    await expect.poll(() => topOf(page, 'r0')).toBe(22);
    await show({ ...request, focusRequest: { row: 99, n: 2 } });
    await expect.poll(() => activeRow(page)).toBe('r99');
  });

  test('another execution begins at its own top', async () => {
    const { page, show } = await open({ height: 200 });
    const rows = Array.from({ length: 100 }, (_, index) => row(`r${index}`));
    await show(shown(rows));
    await page.locator('.rows-scroller').evaluate((element) => element.scrollTo(0, 999));
    const window = treeWindow(rows);
    await show({ ...shown(rows), window: { ...window, query: { ...window.query, key: 'other' } } });
    await expect.poll(() => topOf(page, 'r0')).toBe(22);
  });
});

describe('width and motion', () => {
  test.each([
    [900, true],
    [420, true],
    [360, false],
  ])('at %d px the bars are shown: %s', async (width, bars) => {
    const { page, show, screenshot } = await open({ width, height: 340 });
    await show(shown(invoiceRows(), 'save'));
    expect(await page.locator('[data-key="save"] .tree-bar').isVisible()).toBe(bars);
    const scroller = page.locator('.rows-scroller');
    expect(await scroller.evaluate((e) => e.scrollWidth - e.clientWidth)).toBe(0);
    await screenshot(`tree-${width}`);
  });

  test.each([900, 691, 420, 360, 250])(
    'at %d px the way to a step stands at the end of its row, over nothing, and moves nothing',
    async (width) => {
      const { page, show } = await open({ width, height: 340 });
      await show(shown(invoiceRows(), 'llm'));
      const at = page.locator('[data-key="save"]');
      const places = () =>
        at.locator('.tree-label, .tree-duration').evaluateAll((parts) =>
          parts.map((part) => {
            const { left, right } = part.getBoundingClientRect();
            return [left, right];
          }),
        );
      const before = await places();
      await at.hover();
      const action = (await at.locator('.tree-reveal').boundingBox())!;
      const whole = (await at.boundingBox())!;
      expect(action.x + action.width).toBeCloseTo(whole.x + whole.width, 0);
      expect(await places()).toEqual(before);
      const duration = await at.locator('.tree-duration').evaluate((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return range.getBoundingClientRect().right;
      });
      expect(duration).toBeLessThanOrEqual(action.x);
    },
  );

  test.each([
    [true, 'none'],
    [false, 'tree-turn'],
  ])('with reduced motion %s a running row moves by %s', async (reducedMotion, animation) => {
    const { page, show } = await open({ reducedMotion });
    await show(shown([row('x', { status: 'running', endMs: null, durationMs: null })]));
    const status = page.locator('.tree-status');
    expect(await status.evaluate((element) => getComputedStyle(element).animationName)).toBe(
      animation,
    );
    expect(await page.locator('.tree-bar-open').count()).toBe(1);
  });

  test.each(['dark-modern', 'light-modern', 'high-contrast', 'high-contrast-light'] as const)(
    'is readable in %s',
    async (theme) => {
      const { page, show, screenshot } = await open({ theme, height: 340 });
      await show(shown(invoiceRows(), 'save'));
      expect(await contrast(page, '[data-key="save"] .tree-label')).toBeGreaterThan(4.5);
      expect(await contrast(page, '[data-key="llm"] .tree-label')).toBeGreaterThan(4.5);
      expect(await contrast(page, '[data-key="llm"] .tree-duration')).toBeGreaterThan(3);
      await screenshot(`tree-${theme}`);
    },
  );

  test('speaks Chinese, and fits at 200 % zoom', async () => {
    const { page, show, screenshot } = await open({ language: 'zh-cn', zoom: 2, height: 680 });
    await show(shown(invoiceRows(), 'save'));
    expect(await page.locator('.tree-header-name').textContent()).toBe('步骤');
    expect(await page.locator('.tree-badge-inferred').textContent()).toBe('推断');
    await screenshot('tree-chinese-zoom');
  });
});

describe('many rows', () => {
  test('a page that is missing is asked for, and the place is kept', async () => {
    const { page, showMany, calls } = await open({ height: 400 });
    await showMany({ total: 100_000 });
    await page.locator('.rows-scroller').evaluate((element) => element.scrollTo(0, 22 * 50_000));
    await page.locator('[data-key="run 50000"]').waitFor();
    const [ask, ...more] = await calls();
    expect(ask?.[0]).toBe('range');
    expect(Number(ask?.[1])).toBeLessThan(50_000);
    expect(Number(ask?.[1]) + Number(ask?.[2])).toBeGreaterThan(50_018);
    expect(more).toEqual([]);
    await expect.poll(() => topOf(page, 'run 50000')).toBe(22);
  });

  test('the parent is found though it is on another page', async () => {
    const { page, show, calls } = await open({ height: 400 });
    const child = (index: number) => row(`c${index}`, { level: 2 });
    const children = Array.from({ length: 200 }, (_, index) => child(index + 5000));
    const part = { totalRows: 9000, start: 5001 };
    const first = treeWindow(children, part);
    await show({ ...shown([]), window: first, focusRequest: { row: 5100, n: 1 } });
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowLeft');
    const asked = (await calls()).at(-1);
    expect(asked).toEqual(['range', 3001, 2001]);
    const above = [
      row('parent', { expanded: true }),
      ...Array.from({ length: 199 }, (_, i) => child(i)),
    ];
    await show({ ...shown([]), window: treeWindow(above, { totalRows: 9000, start: 0 }) });
    await settled(page);
    await expect.poll(() => activeRow(page)).toBe('parent');
    await expect.poll(() => topOf(page, 'parent')).toBe(22);
  });

  test('a million rows: both ends, the middle, the wheel', async () => {
    const { page, showMany } = await open({ height: 400 });
    await showMany({ total: 1_000_000 });
    await page.keyboard.press('Tab');
    await page.keyboard.press('End');
    await page.locator('[data-key="run 999999"]').waitFor();
    await expect.poll(() => activeRow(page)).toBe('run 999999');
    await expect.poll(() => topOf(page, 'run 999999')).toBe(374);
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => activeRow(page)).toBe('run 999998');
    await showMany({ total: 1_000_000, focusRequest: { row: 456_789, n: 1 } });
    await page.locator('[data-key="run 456789"]').waitFor();
    const before = await topOf(page, 'run 456789');
    await page.mouse.move(200, 200);
    await page.mouse.wheel(0, 44);
    await expect.poll(() => topOf(page, 'run 456789')).toBe(Number(before) - 44);
    await page.keyboard.press('Home');
    await page.locator('[data-key="run 0"]').waitFor();
    await expect.poll(() => topOf(page, 'run 0')).toBe(22);
    await page.locator('.rows-scroller').evaluate((e) => e.scrollTo(0, e.scrollHeight / 2));
    const fromMiddle = async () => Math.abs(Number((await names(page))[0]?.slice(5)) - 500_000);
    await expect.poll(fromMiddle).toBeLessThan(20_000);
    expect((await names(page)).length).toBeGreaterThan(15);
  });

  test('of 100,000 rows only those in sight are drawn', async () => {
    const { page, showMany } = await open({ height: 700 });
    await showMany({ total: 100_000 });
    await showMany({ total: 100_000, inserted: 1 });
    expect(await names(page)).toContain('Step -1');
    expect(await page.locator('.tree-row').count()).toBeLessThan(60);
  });
});

/** WCAG contrast of an element's text against what is painted behind it. */
async function contrast(page: Page, selector: string): Promise<number> {
  return page.locator(selector).evaluate((element) => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    const ancestors: Element[] = [];
    for (let at: Element | null = element; at !== null; at = at.parentElement)
      ancestors.unshift(at);
    const pixel = () => [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    for (const ancestor of ancestors) {
      canvas.fillStyle = getComputedStyle(ancestor).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
    }
    const behind = pixel();
    canvas.fillStyle = getComputedStyle(element).color;
    canvas.fillRect(0, 0, 1, 1);
    const luminance = (parts: number[]) => {
      const [r = 0, g = 0, b = 0] = parts.map((part) => {
        const value = part / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [light = 0, dark = 0] = [luminance(behind), luminance(pixel())].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  });
}
