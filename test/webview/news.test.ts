import { describe, expect, test } from 'vitest';
import type { HostEvents } from '../../src/protocol/hostProtocol.ts';
import type { PanelOptions } from './harness.ts';
import { panelSuite } from './panelSuite.ts';
import { nodeContent } from './inspectorContents.ts';
import { anExecution, aTree, executions, invoiceFlow, liveStatus } from './panelData.ts';
import { withExecutions } from './panelStates.ts';
import { walkByTab } from './tabWalk.ts';
import { row, treeWindow } from './treeRows.ts';

const suite = panelSuite();

async function open(options: PanelOptions = {}) {
  await suite.open({
    prepare: (engine) => {
      engine.rows = executions(40);
      engine.status = liveStatus;
    },
    ...options,
    seed: { hasStarted: true, flow: invoiceFlow, ...options.seed },
  });
  await suite.panel.page.locator('.tree-row').first().waitFor();
  return suite.panel;
}

/** What stands below the line that says it. */
const places = () =>
  suite.panel.page
    .locator('.list-head, .picker-bar, .picker-button, .head-line, .why-card, .tree, .inspector')
    .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().toJSON() as unknown));
const words = () => suite.panel.page.locator('.news-words');

const failure: HostEvents['news'] = {
  severity: 'error',
  key: 'workflow/spf30',
  sentence: 'order-intake failed at “Click save” (20805).',
  goTo: 'Go to “Click save” in order-intake.yml',
};

describe('what a notification would cover', () => {
  test.each([1200, 700, 400])(
    'stands in the panel, and moves nothing: %i pixels',
    async (width) => {
      const { host, page } = await open({ width });
      const figures = () =>
        page.locator('.figure').evaluateAll((all) => {
          const line = document.querySelector('.figures')!.getBoundingClientRect();
          const isSeen = (one: Element) => one.getBoundingClientRect().top < line.bottom;
          return all.filter(isSeen).map(({ textContent }) => textContent);
        });
      const [before, figuresBefore] = [await places(), await figures()];
      host.emit('news', failure);
      await words().waitFor();
      expect(await places()).toEqual(before);
      // It takes the place of no figure, and no value is hidden below it.
      expect(await figures()).toEqual(figuresBefore);
      const valuesEnd = await page
        .locator('.inspector-panel')
        .evaluate((values) => values.getBoundingClientRect().bottom);
      const note = (await page.locator('.news-note').boundingBox())!;
      if (width < 900) expect(valuesEnd).toBeLessThanOrEqual(note.y);
      await suite.panel.screenshot(`news-${width}`);
      await words().click();
      await expect.poll(() => words().count()).toBe(0);
      expect(await suite.panel.asked('setSelected')).toEqual({ key: 'workflow/spf30' });
    },
  );

  test.each([571, 400, 330])('is said to its last word: %i pixels', async (width) => {
    const { host } = await open({ width });
    const sentence = 'The selected execution didn’t fail. This is the newest one that did.';
    host.emit('news', { severity: 'info', key: 'workflow/spf40', sentence, goTo: null });
    await words().waitFor();
    const isWhole = await words().evaluate(
      (one) => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight,
    );
    expect(isWhole).toBe(true);
  });

  test.each([
    ['a page that scrolls', { width: 571, height: 500 }, { page: 'numbers', range: 'day' }],
    ['a low window', { width: 460, height: 400 }, {}],
  ])('hides nothing that has the focus: %s', async (_, size, saved) => {
    const { host, page } = await suite.open({ ...withExecutions({ saved }), ...size });
    await page.locator('.figure-card, .inspector-panel').first().waitFor();
    host.emit('news', failure);
    await words().waitFor();
    expect((await walkByTab(page)).unseen).toEqual([]);
  });

  test('names where its jump leads', async () => {
    const { host, page, asked } = await open();
    host.emit('news', failure);
    await page.getByRole('button', { name: 'Go to “Click save” in order-intake.yml' }).click();
    expect(await asked('revealNode')).toMatchObject({ key: 'workflow/spf30', target: 'failing' });
  });

  test.each<[string, Partial<HostEvents['news']>, number]>([
    ['a failure that is open', { key: 'workflow/spf40' }, 0],
    ['what a command says of it', { severity: 'info', key: 'workflow/spf40' }, 1],
    ['what is about no execution', { severity: 'info', key: null, goTo: null }, 1],
  ])('says %s: %j %i times', async (_, parts, times) => {
    const { host } = await open();
    host.emit('news', { ...failure, ...parts });
    host.emit('followLatest', true);
    await suite.panel.page.getByRole('button', { name: 'Follow Latest (On)' }).waitFor();
    await expect.poll(() => words().count()).toBe(times);
  });

  test('what is said of what is open goes with what the reader does next, what leads elsewhere stays', async () => {
    const { host, page } = await open();
    host.emit('news', { ...failure, severity: 'info', key: 'workflow/spf40', goTo: null });
    await words().waitFor();
    await page.keyboard.press('Control');
    await page.locator('.news-words').click();
    expect(await words().count()).toBe(1);
    await page.locator('.tree-rows').press('ArrowDown');
    await expect.poll(() => words().count()).toBe(0);
    host.emit('news', failure);
    await words().waitFor();
    await page.locator('.tree-rows').press('ArrowUp');
    expect(await words().count()).toBe(1);
  });

  test('what leads elsewhere goes once it was in sight for a while and the reader goes on, or is old', async () => {
    const { host, page } = await open({ ownClock: true });
    await page.clock.install();
    host.emit('news', failure);
    await words().waitFor();
    await page.clock.fastForward(8_000);
    await page.locator('.news-words').focus();
    expect(await words().count()).toBe(1);
    await page.locator('.tree-rows').press('ArrowDown');
    await expect.poll(() => words().count()).toBe(0);

    host.emit('news', failure);
    await words().waitFor();
    await page.clock.fastForward(10 * 60_000);
    await expect.poll(() => words().count()).toBe(0);
  });

  test('what is about no execution goes with what the reader does next', async () => {
    const { host, page } = await open();
    host.emit('news', { ...failure, severity: 'info', key: null, goTo: null });
    await words().waitFor();
    await page.locator('.tree-label').nth(1).click();
    await expect.poll(() => words().count()).toBe(0);
  });
});

describe('how many are newer, in a narrow panel', () => {
  test.each([700, 400])('moves nothing: %i pixels', async (width) => {
    const { engine, page } = await open({ width });
    const before = await places();
    engine.arrive(anExecution(41), anExecution(42));
    const pill = page.getByRole('button', { name: '2 newer' });
    await pill.waitFor();
    expect(await places()).toEqual(before);
    await suite.panel.screenshot(`newer-${width}`);
    await pill.click();
    await page.locator('[data-sid=spf42]').first().waitFor();
  });
});

test.each([760, 680, 620, 560, 480, 400])(
  'beside how many are newer the success rate stays where it has room: %i pixels',
  async (width) => {
    const { engine, page } = await open({
      width,
      prepare: (fake) => {
        fake.rows = executions(40);
        fake.status = liveStatus;
        fake.someFigures = { executions: 59, toolCallsApart: 38 };
      },
    });
    const seen = () =>
      page.locator('.figures').evaluate((figures) => {
        const { bottom, right } = figures.getBoundingClientRect();
        return Array.from(figures.querySelectorAll('.figure'), (one) => ({
          name: one.querySelector('.figure-name')?.firstChild?.textContent,
          box: one.getBoundingClientRect(),
        }))
          .filter(({ box }) => box.top < bottom && box.left < right)
          .map(({ name }) => name)
          .slice(0, 2);
      });
    await expect.poll(async () => (await seen()).length).toBeGreaterThan(0);
    const before = await seen();
    engine.arrive(anExecution(41), anExecution(42));
    await page.getByRole('button', { name: '2 newer' }).waitFor();
    expect(await seen()).toEqual(before);
    await suite.panel.screenshot(`newer-figures-${String(width)}`);
  },
);

describe('the list of a narrow panel', () => {
  const opened = () => suite.panel.page.locator('.execution-row[aria-selected=true]');

  test('shows what is open, however far down', async () => {
    const { page } = await open({
      width: 700,
      prepare: (engine) => {
        engine.rows = executions(2_000);
        engine.status = liveStatus;
      },
      saved: { selected: 'workflow/spf700' },
    });
    await page.locator('.picker-button').click();
    await opened().waitFor();
    await expect.poll(() => opened().getAttribute('data-sid')).toBe('spf700');
    const list = (await page.locator('.execution-rows').boundingBox())!;
    const row = (await opened().boundingBox())!;
    expect(row.y).toBeGreaterThanOrEqual(list.y);
    expect(row.y + row.height).toBeLessThanOrEqual(list.y + list.height);
  });

  test.each([3, 1_300, 1_999])('has the focus at what is open, %i rows down', async (down) => {
    const sid = `spf${String(2_000 - down)}`;
    const { page } = await open({
      width: 400,
      prepare: (engine) => {
        engine.rows = executions(2_000);
        engine.status = liveStatus;
      },
      saved: { selected: `workflow/${sid}` },
    });
    const button = page.locator('.picker-button');
    const focused = () =>
      page.evaluate(() => {
        const list = document.activeElement?.getAttribute('aria-activedescendant') ?? '';
        return document.getElementById(list)?.getAttribute('data-sid') ?? null;
      });
    for (const _ of ['first', 'again']) {
      await button.focus();
      await page.keyboard.press('Enter');
      await expect.poll(focused).toBe(sid);
      await expect
        .poll(() => page.locator('.execution-row.focused').getAttribute('data-sid'))
        .toBe(sid);
      await page.keyboard.press('Escape');
    }
    await button.click();
    await expect.poll(focused).toBe(sid);
    await page.keyboard.press('ArrowUp');
    await expect.poll(focused).toBe(`spf${String(2_001 - down)}`);
  });

  test('shows what is open again, also while newer ones wait above the rows', async () => {
    const { engine, page } = await open({
      width: 700,
      prepare: (engine) => {
        engine.rows = executions(300);
        engine.status = liveStatus;
      },
      saved: { selected: 'workflow/spf280' },
    });
    const inSight = async () => {
      await opened().waitFor();
      const list = (await page.locator('.execution-rows').boundingBox())!;
      const row = (await opened().boundingBox())!;
      return row.y >= list.y && row.y + row.height <= list.y + list.height;
    };
    const button = page.locator('.picker-button');
    await button.click();
    await expect.poll(inSight).toBe(true);
    // Looked at further down: rows stay where they are from now on.
    await page.keyboard.press('End');
    await page.locator('[data-sid=spf1]').waitFor();
    await button.click();
    engine.arrive(...Array.from({ length: 60 }, (_, index) => anExecution(301 + index)));
    await page.getByRole('button', { name: '60 newer' }).waitFor();
    await button.click();
    await expect.poll(inSight).toBe(true);
  });

  test('says that what is open is not in it', async () => {
    const { page } = await open({ width: 700 });
    await page.locator('.filter-input').fill('spf3');
    await page.locator('.picker-outside').waitFor();
    await expect
      .poll(() => page.locator('.picker-outside').innerText())
      .toContain('Open, but not in this list');
    await page.locator('.filter-input').fill('');
    await page.locator('.picker-outside').waitFor({ state: 'detached' });
  });
});

describe('an execution that runs', () => {
  test('counts up, everywhere', async () => {
    const beginMs = Date.now() - 65_000;
    const running = anExecution(41, {
      outcome: 'running',
      durationMs: null,
      failing: null,
      beginMs,
    });
    const { page } = await open({
      prepare: (engine) => {
        engine.rows = [running, ...executions(3)];
        engine.status = liveStatus;
      },
      saved: { selected: running.key },
    });
    const inRow = () => page.locator('[data-sid=spf41] .execution-duration').innerText();
    const inHead = () => page.locator('.head-fact').last().innerText();
    await expect.poll(inRow).toMatch(/^1 min \d+ s$/);
    const first = await inRow();
    await expect.poll(inRow).not.toBe(first);
    await expect.poll(inHead).toMatch(/^1 min \d+ s$/);
  });

  /** It began a minute ago when the test begins, however long those before it took. */
  const withSteps = (options: Parameters<typeof open>[0] = {}) => {
    const beginMs = Date.now() - 65_000;
    const running = anExecution(41, {
      ...{ outcome: 'running' as const, durationMs: null, failing: null, beginMs },
    });
    const done = row('done', { beginMs, endMs: beginMs + 5_000, durationMs: 5_000 });
    const step = row('step', {
      ...{ name: 'Enter order', status: 'running' as const },
      ...{ beginMs: beginMs + 5_000, endMs: null, durationMs: null },
    });
    return open({
      ...options,
      prepare: (engine) => {
        engine.rows = [running, ...executions(3)];
        engine.status = liveStatus;
        engine.treeOf = (execution) =>
          treeWindow([done, step], {
            ...{ summary: aTree(execution).summary!, name: 'growing' },
            extent: { beginMs, endMs: beginMs + 5_000 },
          });
        engine.inspect = () => nodeContent({}, step);
        options.prepare?.(engine);
      },
      saved: { selected: running.key, row: 'step' },
    });
  };
  const durationOf = (key: string) =>
    suite.panel.page.locator(`[data-key=${key}] .tree-duration`).innerText();

  test('its steps do, their bars grow, and so does the axis', async () => {
    const { page } = await withSteps();
    await expect.poll(() => durationOf('step')).toMatch(/^1 min \d+ s$/);
    const first = await durationOf('step');
    await expect.poll(() => durationOf('step')).not.toBe(first);
    expect(await durationOf('done')).toBe('5.00 s');
    const head = page.locator('.inspector-head-details');
    await expect.poll(() => head.innerText()).toMatch(/ · 1 min \d+ s · /);
    const widths = await page
      .locator('.tree-bar')
      .evaluateAll((bars) =>
        bars.map((bar) => bar.getBoundingClientRect().width / bar.parentElement!.clientWidth),
      );
    expect(widths[0]).toBeLessThan(0.1);
    expect(widths[1]).toBeGreaterThan(0.7);
  });

  test('not where it was read from a file', async () => {
    await withSteps({
      prepare: (engine) => {
        engine.status = { ...liveStatus, source: { kind: 'files', name: 'a.jsonl', detail: '' } };
      },
    });
    await expect.poll(() => durationOf('step')).toBe('–');
  });
});
