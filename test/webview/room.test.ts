import { describe, expect, test } from 'vitest';
import type { ExecutionRow } from '../../src/protocol/list.ts';
import type { TreeWindow } from '../../src/protocol/tree.ts';
import type { PanelOptions } from './harness.ts';
import { panelSuite } from './panelSuite.ts';
import { aTree, executions, liveStatus } from './panelData.ts';
import { findInExecution, panelStates, withExecutions } from './panelStates.ts';
import { row } from './treeRows.ts';

const suite = panelSuite();

async function openWith(rows: number, options: PanelOptions = {}) {
  await suite.open({
    ...{ width: 1200, height: 900 },
    prepare: (engine) => {
      engine.rows = executions(12);
      engine.status = liveStatus;
      engine.treeOf = (execution) => ({ ...aTree(execution), ...steps(rows) });
    },
    ...options,
    seed: { hasStarted: true, ...options.seed },
  });
  await suite.panel.page.locator('.inspector-panel').waitFor();
  return suite.panel;
}

function steps(count: number): Partial<TreeWindow> {
  const rows = Array.from({ length: count }, (_, index) => row(`s${index}`));
  return { rows, totalRows: count };
}

const heightOf = async (selector: string) =>
  (await suite.panel.page.locator(selector).first().boundingBox())?.height ?? 0;
const divider = () => suite.panel.page.getByRole('separator', { name: 'Height of the inspector' });
/** The part of the whole that the inspector has. */
const share = async () => (await heightOf('.inspector')) / (await heightOf('.tree-and-inspector'));

describe('the room of tree and inspector', () => {
  test.each([
    ['few rows', 4, 5 * 22, 0.7],
    ['a screen of rows', 14, 15 * 22, 0.42],
    ['more rows than fit', 200, 200, 0.4],
  ])('is by what they have: %s', async (_, rows, treeAtLeast, inspectorShare) => {
    await openWith(rows);
    await expect.poll(() => heightOf('.tree')).toBeGreaterThanOrEqual(treeAtLeast);
    await expect.poll(share).toBeGreaterThanOrEqual(inspectorShare);
    if (rows < 100) {
      const rest = (await heightOf('.tree')) - (rows + 1) * 22;
      expect(rest).toBeLessThanOrEqual(inspectorShare < 0.5 ? 120 : 10);
    }
  });

  test('stays where rows are closed, and grows where nobody is in the inspector', async () => {
    const { engine, page } = await openWith(10);
    const before = await heightOf('.tree');
    const [newest] = engine.rows.filter(({ sid }) => sid === 'spf10');
    const changes = async (rows: number) => {
      engine.treeOf = (execution: ExecutionRow) => ({ ...aTree(execution), ...steps(rows) });
      engine.update({ ...newest! });
      await expect.poll(() => page.locator('.tree-row').count()).toBe(rows);
    };
    await changes(6);
    expect(await heightOf('.tree')).toBeCloseTo(before, 0);
    await page.locator('.inspector-panel').hover();
    await changes(12);
    expect(await heightOf('.tree')).toBeCloseTo(before, 0);
    await page.mouse.move(600, 10);
    await changes(13);
    await expect.poll(() => heightOf('.tree')).toBeCloseTo(before + 3 * 22, 0);
  });

  test('the divider reaches both ends by key, and comes back', async () => {
    const { page } = await openWith(10);
    await divider().focus();
    await page.keyboard.press('Home');
    await expect.poll(() => heightOf('.tree')).toBe(0);
    await page.keyboard.press('End');
    await expect.poll(() => heightOf('.inspector')).toBe(0);
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => heightOf('.inspector')).toBe(180);
    await page.keyboard.press('Enter');
    await expect.poll(() => heightOf('.tree')).toBeCloseTo(11 * 22 + 5, 0);
  });

  test.each([
    ['the top', -900, '.tree'],
    ['the bottom', 900, '.inspector'],
  ])('the divider is dragged to %s, and back from there', async (_, by, closed) => {
    const { page } = await openWith(10);
    const drag = async (distance: number) => {
      // It rests only when all is there that stands above it.
      await divider().hover();
      const { x, y, width } = (await divider().boundingBox())!;
      await page.mouse.move(x + width / 2, y + 1);
      await page.mouse.down();
      await page.mouse.move(x + width / 2, y + distance, { steps: 4 });
      await page.mouse.up();
    };
    await drag(by);
    await expect.poll(() => heightOf(closed)).toBe(0);
    await drag(-Math.sign(by) * 250);
    await expect.poll(() => heightOf(closed)).toBeGreaterThan(200);
  });

  test('is remembered, and the next panel begins with it', async () => {
    const { page, asked } = await openWith(10);
    await divider().focus();
    await page.keyboard.press('End');
    expect(await asked('rememberSizes')).toEqual({ list: 320, inspector: 0 });
    await suite.panel.close();
    await suite.open({
      prepare: (engine) => {
        engine.rows = executions(12);
        engine.status = liveStatus;
      },
      seed: { hasStarted: true, sizes: { list: 240, inspector: 700 } },
    });
    await suite.panel.page.locator('.inspector').waitFor();
    await expect.poll(share).toBeCloseTo(0.7, 1);
    await expect.poll(() => heightOf('.list-region')).toBeGreaterThan(0);
  });

  test.each([
    ['200 %', { width: 1440, height: 900, zoom: 2 }],
    ['a low window', { width: 900, height: 420 }],
  ])('leaves the inspector some lines: %s', async (_, size) => {
    const { page } = await openWith(12, size);
    const panel = (await page.locator('.inspector-panel').boundingBox())!;
    const { height } = page.viewportSize()!;
    expect(height - panel.y).toBeGreaterThan(40);
  });

  test.each([
    ['200 %', { width: 1280, height: 800, zoom: 2 }],
    ['400 %', { width: 1520, height: 1520, zoom: 4 }],
    ['380 pixels of height', { width: 720, height: 380 }],
  ])('gives the inspector all that is seen where one scrolls to it: %s', async (_, size) => {
    const { page } = await openWith(12, size);
    await page.locator('.detail').evaluate((all) => all.scrollTo(0, all.scrollHeight));
    const panel = (await page.locator('.inspector-panel').boundingBox())!;
    const detail = (await page.locator('.detail').boundingBox())!;
    expect(panel.y + panel.height).toBeLessThanOrEqual(detail.y + detail.height + 1);
    expect(panel.height).toBeGreaterThan(detail.height * 0.55);
    expect((await page.locator('.inspector').boundingBox())!.y).toBeGreaterThanOrEqual(detail.y);
  });
});

test.each(['dark-modern', 'high-contrast'] as const)(
  'what is scrolled is scrolled by more than a few pixels: %s',
  async (theme) => {
    const { page, resize, setTheme } = await openWith(12, { width: 900, height: 500 });
    await setTheme(theme);
    for (const width of [900, 700, 250]) {
      for (let height = 560; height > 330; height -= 10) {
        await resize({ width, height });
        const hidden = () =>
          page.locator('.detail').evaluate((all) => all.scrollHeight - all.clientHeight);
        const isMuchOrNone = async () => ((await hidden()) > 0 ? (await hidden()) > 30 : true);
        await expect.poll(isMuchOrNone, { message: `${width} × ${height}` }).toBe(true);
      }
    }
  },
);

describe('what was found, or where a value came from, leaves the inspector in sight', () => {
  const sizes = [
    [400, 690],
    [700, 500],
    [900, 500],
    [1200, 380],
  ] as const;
  test.each([
    ...sizes.map((size) => ['what was found in the execution', ...size] as const),
    ...sizes.map((size) => ['the way of a value', ...size] as const),
  ])('%s: %i × %i', async (name, width, height) => {
    const known = panelStates.find((one) => one.name === name)!;
    const panel = await suite.open({ ...known.options, width, height });
    await known.enter(panel);
    const detail = (await panel.page.locator('.detail').boundingBox())!;
    const end = async (selector: string) => {
      const box = (await panel.page.locator(selector).last().boundingBox())!;
      return box.y + box.height;
    };
    // Nothing was scrolled to, nor has to be.
    await expect.poll(() => end('.inspector')).toBeLessThanOrEqual(detail.y + detail.height + 1);
    await expect.poll(() => heightOf('.inspector-panel')).toBeGreaterThan(50);
    await expect.poll(() => heightOf('.tree')).toBeGreaterThanOrEqual(40);
    expect(await heightOf('.find-list, .trail-list')).toBeGreaterThanOrEqual(44);
  });

  test.each([
    [1200, 900, 7],
    [1200, 700, 4],
    [400, 800, 4],
  ])('both together leave rows of the tree: %i × %i', async (width, height, least) => {
    const known = panelStates.find((one) => one.name === 'the way of a value')!;
    const panel = await suite.open({ ...known.options, width, height });
    await known.enter(panel);
    await findInExecution(panel.page, 'a');
    await panel.page.locator('.find-hit').first().waitFor();
    await expect
      .poll(async () => Math.floor((await heightOf('.tree')) / 22))
      .toBeGreaterThanOrEqual(least);
    // Each has rows of its own.
    expect(await heightOf('.find-list')).toBeGreaterThanOrEqual(60);
    expect(await heightOf('.trail-list')).toBeGreaterThanOrEqual(44);
    await expect.poll(() => heightOf('.inspector-panel')).toBeGreaterThan(50);
    await panel.screenshot(`find-and-way-${String(width)}-${String(height)}`);
  });
});

describe('in the default layout of a laptop', () => {
  /** A flow file beside the panel, with and without the side bar. */
  const sizes = [
    [691, 798, 'en'],
    [541, 798, 'en'],
    [691, 798, 'zh-cn'],
    [541, 798, 'zh-cn'],
  ] as const;
  const sees = (selector: string) =>
    suite.panel.page.locator(selector).evaluateAll((all) =>
      all.every((one) => {
        const box = one.getBoundingClientRect();
        const room = one.closest('.rows-scroller, .why-card')!.getBoundingClientRect();
        return box.top >= room.top - 0.5 && box.bottom <= room.bottom + 0.5;
      }),
    );

  test.each(sizes)(
    'reasons, steps and values all have room: %i × %i, %s',
    async (width, height, language) => {
      const { page } = await openWith(8, { width, height, seed: { language } });
      await page.locator('.finding-lines').waitFor();
      // What was seen, and what to do first, with the way to where it is done.
      expect(await page.locator('.remedies li').count()).toBe(1);
      await page.locator('.remedies .item-link').waitFor();
      expect(await sees('.finding-lines, .remedies li')).toBe(true);
      expect(await heightOf('.why-card')).toBeLessThan(135);
      expect(await sees('.tree-row')).toBe(true);
      // Some ten lines of values.
      expect(await heightOf('.inspector-panel')).toBeGreaterThanOrEqual(190);
    },
  );

  test('the reasons unfold by click and by key, and stay as the reader left them', async () => {
    const { page } = await openWith(8, { width: 691, height: 798 });
    await page.locator('.finding-lines').waitFor();
    const fold = page.locator('.finding-fold');
    await fold.press('Enter');
    await page.locator('.why-more').waitFor();
    expect(await fold.evaluate((button) => document.activeElement === button)).toBe(true);
    await page.getByRole('button', { name: 'Jump to Failing Step' }).focus();
    await suite.panel.resize({ width: 691, height: 640 });
    await page.locator('.why-more').waitFor();
    await fold.click();
    await expect.poll(() => page.locator('.finding-lines').count()).toBe(0);
    await suite.panel.resize({ width: 691, height: 1_200 });
    expect(await fold.getAttribute('aria-expanded')).toBe('false');
  });

  test('the reasons are as long as there is room, and a row that is opened folds nothing', async () => {
    const { page, engine } = await openWith(5, { width: 691, height: 1_000 });
    const fold = page.locator('.finding-fold');
    await page.locator('.why-more').waitFor();
    const [newest] = engine.rows.filter(({ sid }) => sid === 'spf10');
    engine.treeOf = (execution: ExecutionRow) => ({ ...aTree(execution), ...steps(30) });
    engine.update({ ...newest! });
    await expect.poll(() => page.locator('.tree-row').count()).toBeGreaterThan(9);
    expect(await fold.getAttribute('aria-expanded')).toBe('true');
    await suite.panel.resize({ width: 691, height: 720 });
    await expect.poll(() => fold.getAttribute('aria-expanded')).toBe('false');
    await suite.panel.resize({ width: 691, height: 1_000 });
    await expect.poll(() => fold.getAttribute('aria-expanded')).toBe('true');
    // As it was measured where it had fewer lines.
    await suite.panel.resize({ width: 1_100, height: 1_000 });
    await expect.poll(() => fold.getAttribute('aria-expanded')).toBe('true');
  });

  test('of a long tree the inspector has ten lines all the same', async () => {
    await openWith(60, { width: 691, height: 798 });
    await expect.poll(() => heightOf('.inspector-panel')).toBeGreaterThanOrEqual(200);
    expect(await heightOf('.tree')).toBeGreaterThan(6 * 22);
  });

  test('what the reader divided himself stays so', async () => {
    const { page } = await openWith(8, {
      ...{ width: 691, height: 798 },
      seed: { sizes: { list: 320, inspector: 700 } },
    });
    await page.locator('.finding-lines').waitFor();
    await expect.poll(share).toBeCloseTo(0.7, 1);
  });
});

describe('why it failed', () => {
  test('is two lines where it was read before', async () => {
    const { page } = await openWith(10);
    const fold = () => page.locator('.finding-fold').getAttribute('aria-expanded');
    await expect.poll(fold).toBe('true');
    await page.locator('[data-sid=spf5]').click();
    await page.getByRole('heading', { name: 'vendor-onboarding' }).first().waitFor();
    await expect.poll(fold).toBe('true');
    await page.locator('[data-sid=spf10]').click();
    await expect.poll(fold).toBe('false');
    await expect.poll(() => page.locator('.finding-brief').innerText()).toMatch(/^At “Click save”/);
    expect(await heightOf('.why-card')).toBeLessThan(60);
  });

  test.each([1_200, 460, 300])(
    'folded keeps the click that compares it with the last good run: %i px',
    async (width) => {
      const { page } = await openWith(10, { width, saved: { why: 'closed' } });
      await page.locator('.finding-fold[aria-expanded=false]').waitFor();
      const button = page.locator('.compare-last-good');
      expect(await heightOf('.why-card')).toBeLessThan(width < 400 ? 80 : 60);
      await button.click();
      await page.locator('.compare-row').first().waitFor();
    },
  );

  test.each([
    // The narrower, the more lines its sentences have.
    ['1440 × 900', 1440, 900, 0.2, 0.25],
    ['900 × 800', 900, 800, 0.26, 0.14],
  ])('leaves tree and values their room before it was read: %s', async (_, ...given) => {
    const [width, height, most, least] = given;
    const { page } = await openWith(12, { width, height });
    await page.locator('.why-more, .finding-lines').first().waitFor();
    expect(await heightOf('.why-card')).toBeLessThan(height * most);
    expect(await heightOf('.inspector-panel')).toBeGreaterThan(height * least);
  });

  test('leaves values some lines in a narrow column too, however long it is', async () => {
    const known = panelStates.find(({ name }) => name.startsWith('a failure of a problem'))!;
    const saved = { ...(known.options?.saved as object), why: 'open', evidenceOpen: true };
    const panel = await suite.open({ ...known.options, width: 381, height: 820, saved });
    await known.enter(panel);
    await panel.page.locator('.why-more').waitFor();
    await expect.poll(() => heightOf('.inspector-panel')).toBeGreaterThan(100);
    await expect.poll(() => heightOf('.tree-rows')).toBeGreaterThan(95);
  });

  test.each([
    ['900 × 800, as a tree', 900, 800, 'tree', '.tree-rows'],
    ['900 × 800, in the flow', 900, 800, 'flow', '.flow-screen'],
    ['1440 × 900, in the flow', 1440, 900, 'flow', '.flow-screen'],
    ['460 × 800, in the flow', 460, 800, 'flow', '.flow-screen'],
  ])('opened in full leaves steps and values in sight: %s', async (_, ...given) => {
    const [width, height, stepsAs, steps] = given;
    const known = panelStates.find(({ name }) => name.startsWith('a failure of a problem'))!;
    const saved = { ...(known.options?.saved as object), stepsAs, why: 'open', evidenceOpen: true };
    const panel = await suite.open({ ...known.options, width, height, saved });
    await known.enter(panel);
    const { page } = panel;
    await page.locator('.why-more .evidence summary').nth(1).click();
    await page.locator('.why-more .evidence[open] .finding-detail').first().waitFor();
    await page.locator(steps).waitFor();
    const end = async (selector: string) => {
      const box = (await page.locator(selector).last().boundingBox())!;
      return box.y + box.height;
    };
    await expect.poll(() => end(steps)).toBeLessThan(height - 150);
    await expect.poll(() => heightOf(steps)).toBeGreaterThan(70);
    await expect.poll(() => end('.inspector')).toBeLessThanOrEqual(height + 1);
    // What has no room in the reasons is scrolled to: what is opened at their end, and also by key.
    const lead = page.locator('.why-more .evidence > summary');
    await lead.last().click();
    await lead.last().click();
    await expect.poll(() => end('.diagnosis-step summary')).toBeLessThan(height - 200);
    await page.locator('.why-card').evaluate((card) => card.scrollTo(0, 0));
    await page.locator('.diagnosis-step summary').last().focus();
    await expect.poll(() => end('.diagnosis-step summary')).toBeLessThan(height - 200);
  });
});

test('what a failure rests on stands in columns', async () => {
  const known = panelStates.find(({ name }) => name.startsWith('a failure of a problem'))!;
  const saved = { ...(known.options?.saved as object), why: 'open', evidenceOpen: true };
  const panel = await suite.open({ ...known.options, width: 1000, height: 900, saved });
  await known.enter(panel);
  await panel.page.locator('.evidence-line dt').first().waitFor();
  // As if it rested on more.
  const lefts = await panel.page
    .locator('.evidence-line')
    .first()
    .evaluate((line) => {
      const other = line.cloneNode(true) as HTMLElement;
      other.querySelector('dt')!.textContent = 'a name that is longer than the first';
      line.after(other);
      return [line, other].map((one) => one.querySelector('dd')!.getBoundingClientRect().left);
    });
  expect(lefts[0]).toBe(lefts[1]);
  await panel.screenshot('evidence-columns');
});

test.each([250, 620, 1200])(
  'each step of the diagnosis is said whole: %i pixels',
  async (width) => {
    const known = panelStates.find(({ name }) => name.startsWith('a failure of a problem'))!;
    const saved = { ...(known.options?.saved as object), why: 'open' };
    const panel = await suite.open({ ...known.options, width, height: 900, saved });
    await known.enter(panel);
    const cut = await panel.page.locator('.diagnosis-said:visible').evaluateAll((all) =>
      all
        .filter((one) => {
          const { textOverflow } = getComputedStyle(one);
          return textOverflow === 'ellipsis' || one.scrollWidth > one.clientWidth;
        })
        .map((one) => one.textContent),
    );
    expect(await panel.page.locator('.diagnosis-said:visible').count()).toBeGreaterThan(5);
    expect(cut).toEqual([]);
    await panel.screenshot(`diagnosis-whole-${String(width)}`);
  },
);

test('a panel that gets wider or narrower, or is zoomed, keeps what is open in the inspector', async () => {
  const { page, resize } = await suite.open({ ...withExecutions(), width: 1200, height: 800 });
  await page.locator('#inspector-tab-config').click();
  await page.locator('.inspector-toolbar .codicon-search').click();
  await page.keyboard.type('Content');
  const stays = async () => {
    await expect.poll(() => page.locator('.inspector-search input').inputValue()).toBe('Content');
    const chosen = page.locator('[role=tab][aria-selected=true]');
    await expect.poll(() => chosen.getAttribute('id')).toBe('inspector-tab-config');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('.inspector-search')))
      .not.toBeNull();
  };
  await stays();
  await resize({ width: 600, height: 400 });
  await page.locator('.picker-button').waitFor();
  await stays();
  await resize({ width: 1200, height: 800 });
  await page.locator('.execution-rows').waitFor();
  await stays();
});
