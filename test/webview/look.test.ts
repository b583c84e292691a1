import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Theme } from './harness.ts';
import { panelSuite } from './panelSuite.ts';
import { anExecution, aTree, executions, invoiceFlow, liveStatus } from './panelData.ts';
import { panelStates } from './panelStates.ts';
import { invoiceRows, row } from './treeRows.ts';

const suite = panelSuite();
const themes: Theme[] = ['dark-modern', 'light-modern', 'high-contrast', 'high-contrast-light'];

async function open(options: Parameters<typeof suite.open>[0] = {}) {
  await suite.open({
    prepare: (engine) => {
      engine.rows = executions(12);
      engine.status = liveStatus;
    },
    ...options,
    seed: { hasStarted: true, flow: invoiceFlow, ...options.seed },
  });
  await suite.panel.page.locator('.tree-row').first().waitFor();
  return suite.panel;
}

describe('the way to the failing step', () => {
  const jump = () => suite.panel.page.getByRole('button', { name: 'Jump to Failing Step' });

  test('names the step and the file', async () => {
    await open();
    await expect
      .poll(() => suite.panel.page.locator('vscode-button.jump').getAttribute('title'))
      .toBe('Puts the cursor on “Click save” in invoice-entry');
  });

  test('is not offered where there is no step', async () => {
    await open({
      prepare: (engine) => {
        engine.rows = executions(5);
        engine.status = liveStatus;
        engine.treeOf = (execution) => ({ ...aTree(execution), failing: null });
      },
    });
    expect(await jump().count()).toBe(0);
  });
});

describe('names give way last', () => {
  test.each([1200, 420])('%i pixels', async (width) => {
    const name = 'supplier-onboarding-check';
    const { page } = await open({
      width,
      prepare: (engine) => {
        engine.rows = [anExecution(6, { name }), ...executions(4)];
        engine.status = liveStatus;
        engine.treeOf = (execution) => {
          const rows = [row('a', { name: 'Check the order', tokens: 12_000, count: 3, level: 3 })];
          return { ...aTree(execution), rows, totalRows: 1 };
        };
      },
    });
    if (width < 900) await page.locator('.picker-button').click();
    const cut = (selector: string) =>
      page
        .locator(selector)
        .evaluateAll(
          (labels) =>
            labels.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length,
        );
    await page.locator('.execution-name', { hasText: name }).waitFor();
    expect(await cut('.execution-name')).toBe(0);
    expect(await cut('.tree-label')).toBe(0);
  });
});

/** The row of an execution that failed, among others. */
async function openFailed(name: string, width: number) {
  const { page } = await open({
    width,
    prepare: (engine) => {
      engine.rows = [anExecution(5, { name }), ...executions(4)];
      engine.status = liveStatus;
      engine.treeOf = aTree;
    },
  });
  const line = page.locator('.execution-row').filter({ hasText: 'at “Click save”' }).first();
  await line.waitFor();
  const box = async (part: string) => (await line.locator(part).boundingBox())!;
  return { line, box };
}

describe('a failed execution says in its row what it is, when it failed, and where if that is readable', () => {
  const long = 'supplier-onboarding-check';
  test.each([
    ['intake', true],
    [long, false],
    [`${long} of all suppliers in Europe`, false],
  ])('%s', async (name, isPlaceSeen) => {
    const { line, box } = await openFailed(name, 1200);
    const row = await box('.execution-what');
    const title = await box('.execution-name');
    const place = await box('.execution-failing');
    const time = await box('.execution-time');
    expect(time.x + time.width).toBeLessThanOrEqual(row.x + row.width + 1);
    expect(title.x + title.width).toBeLessThanOrEqual(time.x);
    expect(title.width).toBeGreaterThan(isPlaceSeen ? 30 : 120);
    // On the line, or wrapped out of it.
    expect(place.y < row.y + 11).toBe(isPlaceSeen);
    if (isPlaceSeen) expect(place.width).toBeGreaterThanOrEqual(80);
    expect(await line.locator('.execution-failing').textContent()).toBe('at “Click save”');
  });
});

test.each([1200, 1600])(
  'where no flow file tells a name, rows of one flow say where each failed: in %i pixels',
  async (width) => {
    const { box } = await openFailed('7412096655310848001', width);
    const row = await box('.execution-what');
    const place = await box('.execution-failing');
    const id = await box('.raw-id > :last-child');
    const time = await box('.execution-time');
    expect(place.y).toBeLessThan(row.y + 11);
    expect(place.width).toBeGreaterThanOrEqual(60);
    expect(id.width).toBeGreaterThan(30);
    expect(id.x + id.width).toBeLessThanOrEqual(place.x);
    expect(place.x + place.width).toBeLessThanOrEqual(time.x);
  },
);

describe('the legend of the bars', () => {
  test.each([
    [1200, 760],
    [400, 760],
    [400, 380],
    [1200, 420],
  ])('is whole, and goes by Escape: %i × %i pixels', async (width, height) => {
    const { page, resize } = await open({ width, height });
    const button = page.getByRole('button', { name: 'What the bars mean' });
    await button.click();
    const legend = page.locator('.tree-legend-box');
    await expect.poll(() => legend.locator('li').count()).toBe(7);
    const box = (await legend.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.y + box.height).toBeLessThanOrEqual(height);
    const isOver = await legend.evaluate((element) => {
      const last = element.lastElementChild?.getBoundingClientRect();
      const at = document.elementFromPoint(last?.left ?? 0, (last?.bottom ?? 0) - 2);
      return element.scrollHeight <= element.clientHeight && element.contains(at);
    });
    expect(isOver).toBe(true);
    const narrower = Math.max(400, width - 400);
    await resize({ width: narrower, height });
    const right = async () => {
      const { x, width: own } = (await legend.boundingBox())!;
      return x + own;
    };
    await expect.poll(right).toBeLessThanOrEqual(narrower);
    await page.keyboard.press('Escape');
    await legend.waitFor({ state: 'detached' });
    expect(await button.getAttribute('aria-expanded')).toBe('false');
  });
});

test('copying confirms itself', async () => {
  const { page, asked } = await open();
  await page.getByRole('button', { name: 'Copy ID' }).click();
  expect(await asked('copy')).toEqual({ text: 'rpa::save' });
  await page.getByRole('status').getByText('Copied').waitFor({ state: 'attached' });
  await page.locator('.inspector-head .codicon-check').waitFor();
});

test.each([1200, 700, 400])('the time axis has two marks at least: %i pixels', async (width) => {
  const { page } = await open({ width });
  await expect.poll(() => page.locator('.tree-tick').count()).toBeGreaterThanOrEqual(2);
  const { right } = await page.locator('.tree-axis').evaluate((axis) => {
    const ends = [...axis.children].map((tick) => tick.getBoundingClientRect().right);
    return { right: Math.max(...ends) - axis.getBoundingClientRect().right };
  });
  expect(right).toBeLessThanOrEqual(0);
});

describe.each(themes)('a failed row that is selected: %s', (theme) => {
  const colorOf = (selector: string) =>
    suite.panel.page.locator(selector).evaluate((icon) => getComputedStyle(icon).color);

  test('stays red in list and tree', async () => {
    const { page } = await open({ theme });
    const red = await colorOf('.execution-row[data-sid=spf5] .outcome-icon .codicon');
    await page.locator('[data-sid=spf10]').click();
    await page.locator('.execution-rows').focus();
    expect(await colorOf('.execution-row.selected .outcome-icon .codicon')).toBe(red);
    await page.locator('.tree-row-failing').click();
    expect(await colorOf('.tree-row-selected .tree-status')).toBe(red);
  });
});

test('what still runs has not given nothing', async () => {
  const running = invoiceRows()[1]!;
  const { page } = await open({
    prepare: (engine) => {
      engine.rows = executions(5);
      engine.status = liveStatus;
      engine.inspect = () => ({
        ...{ kind: 'node', firstFrameMs: null, row: { ...running, status: 'running' } },
        data: {
          ...{ input: [], output: [], config: [], logs: [], streams: [], other: [] },
          ...{ onItemError: null, mayRetry: false, llmOutput: '' },
          usage: { questionTokens: 0, promptTokens: 0, completionTokens: 0, totalTokens: 0 },
        },
      });
    },
  });
  await page.getByText('Nothing so far: it is still running.').first().waitFor();
  expect(await page.getByText('This node returned no output.').count()).toBe(0);
});

describe('at every width', () => {
  const stateNamed = async (
    name: string,
    size: { width: number; height: number },
    language = 'en',
  ) => {
    const known = panelStates.find((state) => state.name.startsWith(name))!;
    const seed = { ...known.options?.seed, language };
    const panel = await suite.open({ ...known.options, ...size, seed });
    await known.enter(panel);
    return panel;
  };

  test.each(['list, tree and values', 'two executions compared'])(
    'the labels of the time axis never touch: %s',
    async (name) => {
      const { page, resize } = await stateNamed(name, { width: 1920, height: 900 });
      for (let width = 1920; width >= 400; width -= 80) {
        await resize({ width, height: 900 });
        const labels = await page.locator('.tree-tick').evaluateAll((ticks) =>
          ticks
            .filter((tick) => tick.textContent !== '' && tick.checkVisibility())
            .map((tick) => {
              const range = document.createRange();
              range.selectNodeContents(tick);
              const { left, right } = range.getBoundingClientRect();
              return { text: tick.textContent, left, right };
            }),
        );
        for (const [index, { text, left }] of labels.entries()) {
          const before = labels[index - 1];
          const room = before === undefined ? 1 : left - before.right;
          expect(room, `${before?.text} and ${text} at ${width}`).toBeGreaterThan(0);
        }
      }
    },
  );

  /** Texts that are cut off; a hundredth of a pixel is enough for that, which `scrollWidth` does not tell. */
  const cutWithin = (page: Page, parts: string) =>
    page.locator(parts).evaluateAll((all) =>
      all
        .filter((one) => {
          const text = document.createRange();
          text.selectNodeContents(one);
          const style = getComputedStyle(one);
          const sides = parseFloat(style.paddingRight) + parseFloat(style.borderRightWidth);
          const room = one.getBoundingClientRect().right - sides;
          return one.checkVisibility() && text.getBoundingClientRect().right > room + 0.01;
        })
        .map((one) => one.textContent),
    );

  const widths = [1920, 1560, 1440, 1200, 1100, 1000, 960, 900, 640, 590, 560, 480, 400];

  test.each([
    ['list, tree and values', '.head-name, .head-flow-name', 900, 'en'],
    ['the end of the list', '.list-reach', 900, 'zh-cn'],
    ['a connection with a name', '.connection-mark, .source-words', 400, 'zh-cn'],
  ])('what has to be whole or not there at all is: %s', async (name, parts, least, language) => {
    const { page, resize } = await stateNamed(name, { width: 1920, height: 900 }, language);
    for (const width of widths.filter((one) => one >= least)) {
      await resize({ width, height: 900 });
      expect(await cutWithin(page, parts), `at ${width}`).toEqual([]);
    }
  });

  test('beside the name of a connection its state is whole, too', async () => {
    const { page, engine, resize } = await stateNamed('a connection with a name', {
      width: 1920,
      height: 900,
    });
    const error = { reason: 'unreachable', subject: '127.0.0.1:1', detail: '' } as const;
    engine.setState({ kind: 'retrying', error, attempt: 3 });
    await page.getByText('Reconnecting', { exact: true }).waitFor();
    for (const width of widths.filter((one) => one >= 400)) {
      await resize({ width, height: 900 });
      const cut = await cutWithin(page, '.connection-mark, .source-words');
      expect(cut, `at ${width}`).toEqual([]);
    }
  });

  test.each([1920, 1200, 960, 640, 400, 320, 250])(
    'an id of the list says by its end which it is, and beside it stands when: %i pixels',
    async (width) => {
      const { page } = await stateNamed('list, tree and values', { width: 1200, height: 900 });
      await suite.panel.resize({ width, height: 900 });
      if ((await page.locator('.execution-row').count()) === 0) {
        await page.locator('.picker-button').click();
      }
      const rows = page.locator('.execution-row:has(.raw-id)');
      await rows.first().waitFor();
      const lost = await rows.evaluateAll((all) =>
        all.flatMap((row) => {
          // There the time alone has room.
          const isNarrow = row.clientWidth < 280;
          const { left, right, top, bottom } = row.getBoundingClientRect();
          const isSeen = (one: Element | null | undefined) => {
            const text = document.createRange();
            if (one == null) return false;
            text.selectNodeContents(one);
            const box = text.getBoundingClientRect();
            const isWithin = box.top >= top - 1 && box.bottom <= bottom + 1;
            return isWithin && box.left >= left && box.right <= right && box.width > 20;
          };
          const parts = ['.execution-time', ...(isNarrow ? [] : ['.raw-id > span:last-child'])];
          // Where an id has no room nothing is left of it, not even half a sign.
          const isLeft = isNarrow && row.querySelector('.raw-id')?.checkVisibility() === true;
          return [
            ...parts.filter((part) => !isSeen(row.querySelector(part))),
            ...(isLeft ? ['.raw-id'] : []),
          ];
        }),
      );
      expect(lost).toEqual([]);
    },
  );

  test('no id of the list is cut that has room', async () => {
    const { page } = await stateNamed('list, tree and values', { width: 1920, height: 900 });
    const divider = page.getByRole('separator', { name: 'Width of the list' });
    await divider.press('Shift+ArrowRight');
    await expect
      .poll(() => cutWithin(page, '[data-sid=spf7] :is(.raw-id-begin, .execution-time)'))
      .toEqual([]);
  });

  test.each([1440, 960, 691, 400])(
    'a wrong word and a search say it in whole words: %i pixels',
    async (width) => {
      const { page } = await stateNamed('a wrong word in the filter', { width, height: 700 });
      await page.locator('.filter-progress').waitFor();
      const cut = await page.locator('.filter-note, .filter-fault > .link').evaluateAll((all) =>
        all
          .filter((note) => {
            const { top, bottom } = note.getBoundingClientRect();
            const room = note.closest('.filter-faults, .filter-notes')!.getBoundingClientRect();
            const isOut = top < room.top || bottom > room.bottom + 0.5;
            return isOut || note.scrollWidth > note.clientWidth + 1;
          })
          .map(({ textContent }) => textContent),
      );
      expect(cut).toEqual([]);
    },
  );

  test('no button of the search in the execution has a line of its own', async () => {
    const { page } = await stateNamed('a search of the execution that goes on', {
      width: 400,
      height: 700,
    });
    const tops = await page
      .locator('.find-bar > *')
      .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect()))
      .then((boxes) => boxes.map(({ top, height }) => Math.round((top + height / 2) / 10)));
    expect(new Set(tops).size).toBe(1);
  });
});

test('no menu begins with a line', async () => {
  const known = panelStates.find(({ name }) => name === 'a trace file')!;
  const panel = await suite.open(known.options);
  await known.enter(panel);
  const line = await panel.page
    .locator('[role=menuitem]')
    .first()
    .evaluate((entry) => getComputedStyle(entry, '::before').content);
  expect(line).toBe('none');
});

test('check boxes are those of a dark theme in one', async () => {
  const { page } = await open();
  const scheme = () =>
    page.locator('.panel').evaluate((panel) => getComputedStyle(panel).colorScheme);
  expect(await scheme()).toBe('dark');
  await suite.panel.setTheme('high-contrast-light');
  expect(await scheme()).toBe('normal');
});
