import { expect, test } from 'vitest';

import { RequestError } from '../../src/protocol/packet.ts';
import { pastRuns, someNumbers } from './numbersData.ts';
import { panelSuite } from './panelSuite.ts';
import { withExecutions } from './panelStates.ts';

const suite = panelSuite();
const open = (parts: Parameters<typeof withExecutions>[0] = {}) =>
  suite.open(withExecutions({ ...parts, saved: { page: 'numbers', range: 'day' } }));

test('the switch turns to numbers and back; a reload comes back to where one was', async () => {
  const { page, engine, saved } = await suite.open(withExecutions());
  // Nothing is counted that nobody looks at.
  expect(engine.queriesOf('numbers')).toEqual([]);
  await page.getByRole('button', { name: 'Numbers' }).click();
  await page.locator('.figure-cards').waitFor();
  expect(await page.locator('.tree').count()).toBe(0);
  expect(engine.queriesOf('numbers')).toMatchObject([{ range: 'day', scope: { kind: 'flow' } }]);
  expect(await saved()).toMatchObject({ page: 'numbers' });
  await page.locator('.page-switch button').first().click();
  await page.locator('.tree').waitFor();
  await expect.poll(() => engine.callsOf('unwatch').map(({ id }) => id)).toContain('numbers');
});

test('what is focused at its end scrolls it alone, and never the header out of the window', async () => {
  const { page } = await open();
  await page.locator('.numbers-table').last().waitFor();
  await page.locator('.numbers button').last().focus();
  // As VS Code's browser does for what is found or focused, in all that can be scrolled.
  await page
    .locator('.numbers button')
    .last()
    .evaluate((button) => {
      button.scrollIntoView({ block: 'start' });
    });
  expect(await page.evaluate(() => document.documentElement.scrollTop)).toBe(0);
});

test('what suits the source is chosen: of a file all that it holds', async () => {
  const { engine, page } = await suite.open(
    withExecutions({
      saved: { page: 'numbers' },
      prepare: (engine) => {
        engine.status = {
          ...engine.status,
          source: { kind: 'files', name: 'a.jsonl', detail: '' },
        };
      },
    }),
  );
  await page.locator('.figure-cards').waitFor();
  await expect.poll(() => engine.queriesOf('numbers').at(-1)).toMatchObject({ range: 'all' });
});

test('ranges and scope ask for other numbers', async () => {
  const { page, engine, saved } = await open();
  await page.locator('.figure-cards').waitFor();
  await page.getByRole('button', { name: '7 d' }).click();
  await expect.poll(() => engine.queriesOf('numbers').at(-1)).toMatchObject({ range: 'week' });
  await page.getByRole('button', { name: 'All Flows' }).click();
  await expect
    .poll(() => engine.queriesOf('numbers').at(-1))
    .toMatchObject({ range: 'week', scope: { kind: 'all' } });
  expect(await saved()).toMatchObject({ range: 'week', scope: 'all' });
});

test('a key figure says what it is on focus, and leads to its executions', async () => {
  const { page, engine } = await open();
  const card = page.locator('.figure-card.rate');
  await card.locator('.figure-button').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => card.locator('.figure-definition').isVisible()).toBe(true);
  expect(await card.locator('.figure-definition').textContent()).toContain('Succeeded ÷');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => engine.queriesOf('list').at(-1)?.filter)
    .toMatch(/^status:failed time:2026-11-23T14:20\.\.<2026-11-24T14:20$/);
  expect(await page.locator('.numbers').count()).toBe(0);
});

test('marks of the axis below have ticks, and stand at them', async () => {
  const { page } = await open();
  // A line that stands upright has no width: nothing that is seen, to a browser that is driven.
  await page.locator('.axis-tick').first().waitFor({ state: 'attached' });
  const apart = await page.locator('.chart-svg').evaluateAll((all) =>
    all.flatMap((svg) => {
      const edges = svg.getBoundingClientRect();
      return [...svg.querySelectorAll('.axis-tick')].flatMap((tick) => {
        const box = tick.nextElementSibling!.getBoundingClientRect();
        const middle = (box.left + box.right) / 2;
        const isAtEdge = box.left < edges.left + 12 || box.right > edges.right - 12;
        const at = tick.getBoundingClientRect().left;
        return isAtEdge || Math.abs(middle - at) <= 1.5 ? [] : [[middle, at]];
      });
    }),
  );
  expect(apart).toEqual([]);
});

test('running now is not reported where the source doesn’t tell', async () => {
  const { page } = await open();
  await expect
    .poll(() => page.locator('.figure-card.running .figure-card-value').textContent())
    .toBe('not reported');
});

test('a chart is one tab stop: arrows go along it, what is there is read, Enter shows it', async () => {
  const { page, engine } = await open();
  const plot = page.locator('.chart-plot').first();
  await plot.focus();
  expect(await plot.getAttribute('aria-valuenow')).toBe('25');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  expect(await plot.getAttribute('aria-valuenow')).toBe('2');
  const read = await plot.getAttribute('aria-valuetext');
  expect(read).toMatch(/11\/23.*: Succeeded: \d+, Failed: \d+/);
  expect(await page.locator('.chart-read').first().textContent()).toBe(read);
  await page.keyboard.press('Enter');
  await expect
    .poll(() => engine.queriesOf('list').at(-1)?.filter)
    .toBe('time:2026-11-23T15:00..<2026-11-23T16:00');
});

test('a bar is pointed at and clicked', async () => {
  const { page, engine } = await open();
  const plot = page.locator('.chart-svg').first();
  const box = await plot.boundingBox();
  if (box === null) throw new Error('No chart');
  await page.mouse.move(box.x + 60, box.y + 60);
  await expect.poll(() => page.locator('.chart-read').first().textContent()).toContain('Succeeded');
  await page.mouse.click(box.x + 60, box.y + 60);
  await expect.poll(() => engine.queriesOf('list').at(-1)?.filter).toMatch(/^time:/);
});

test('a chart has a table that says the same', async () => {
  const { page } = await open();
  const chart = page.locator('.chart').first();
  await chart.getByRole('button', { name: 'Show Table' }).click();
  expect(await chart.locator('tbody tr').count()).toBe(10);
  // The latest are looked for first.
  expect(await chart.locator('th').first().getAttribute('aria-sort')).toBe('descending');
  expect(await chart.locator('.numbers-pages').textContent()).toContain('1 to 10 of 25');
  await chart.getByRole('button', { name: 'Next Page' }).click();
  expect(await chart.locator('.numbers-pages').textContent()).toContain('11 to 20 of 25');
});

test('a table is sorted by its columns, and its rows lead to executions', async () => {
  const { page, engine } = await open({ seed: { flow: null } });
  const nodes = page.locator('.numbers-section', {
    has: page.getByRole('heading', { name: 'Nodes' }),
  });
  const runs = () => nodes.locator('tbody tr td:nth-child(3)').allInnerTexts();
  await nodes.getByRole('button', { name: 'Runs' }).click();
  expect(await nodes.locator('th').nth(2).getAttribute('aria-sort')).toBe('descending');
  const falling = (await runs()).map(Number);
  expect(falling).toEqual([...falling].sort((a, b) => b - a));
  await nodes.getByRole('button', { name: 'Runs' }).click();
  expect((await runs()).map(Number)).toEqual([...falling].reverse());
  await nodes.locator('tbody button.link').first().click();
  await expect
    .poll(() => engine.queriesOf('list').at(-1)?.filter)
    .toMatch(/^node:.* flow:.* time:/);
});

test('a table is looked through, and saved as it is shown, for spreadsheets', async () => {
  const { page, asked } = await open({ seed: { flow: null } });
  const nodes = page.locator('.numbers-section', {
    has: page.getByRole('heading', { name: 'Durations' }),
  });
  await page.locator('.numbers tbody tr').first().waitFor();
  const chart = page.locator('.chart').first();
  await chart.getByRole('button', { name: 'Show Table' }).click();
  await chart.getByRole('searchbox').fill('11/23');
  await expect.poll(() => chart.locator('.numbers-pages').textContent()).toContain('of 10');
  await chart.getByRole('searchbox').fill('never');
  await expect.poll(() => chart.locator('.numbers-pages').textContent()).toBe('Nothing matches.');
  await nodes.getByRole('button', { name: 'Total time' }).click();
  await nodes.getByRole('button', { name: 'Save “Durations” as CSV…' }).click();
  const { name, text } = await asked('saveTable');
  const lines = text.split('\r\n');
  expect([name, lines[0]]).toEqual([
    'durations',
    '\uFEFFNode,Flow,Total time (ms),Share of its flow (%),Waited before (p50) (ms),Lost to retries (ms),Got slower',
  ]);
  const totals = lines.slice(1, -1).map((line) => Number(line.split(',')[2]));
  expect(totals.length).toBeGreaterThan(2);
  expect(totals).toEqual([...totals].sort((a, b) => b - a));
});

test('a time of one’s own, and a flow alone, are asked for and come back after a reload', async () => {
  const { page, engine, saved } = await open({ seed: { flow: null } });
  await page.locator('.figure-cards').waitFor();
  await page.getByRole('button', { name: 'Custom' }).click();
  // Begins with what was shown.
  const [from, to] = ['From', 'To'].map((name) => page.getByLabel(name, { exact: true }));
  expect(await from!.inputValue()).toBe('11/23/2026, 14:20');
  await to!.fill('11/22/2026');
  await to!.press('Enter');
  await page.getByText('The end is before the beginning.').waitFor();
  // The calendar is for the day.
  await page.locator('.moment-day').first().fill('2026-11-20');
  expect(await from!.inputValue()).toBe('11/20/2026, 14:20');
  await from!.fill('yesterday');
  await from!.press('Enter');
  await page
    .getByText('“yesterday” isn’t a date and time. Use a form like 11/20/2026, 14:20.')
    .waitFor();
  await from!.fill('2026-11-20T00:00');
  await from!.press('Enter');
  expect(await from!.inputValue()).toBe('11/20/2026, 00:00');
  expect(await page.locator('.moment-fault').count()).toBe(0);
  const own = {
    fromMs: new Date(2026, 10, 20).getTime(),
    toMs: new Date(2026, 10, 22).getTime(),
  };
  await expect.poll(() => engine.queriesOf('numbers').at(-1)).toMatchObject({ range: 'own', own });
  await page.locator('.numbers-only').selectOption({ label: 'order-intake' });
  const only = { kind: 'flow', flow: '7379450201923928067' };
  await expect.poll(() => engine.queriesOf('numbers').at(-1)).toMatchObject({ only });
  expect(await saved()).toMatchObject({ range: 'own', own, only: { flow: only.flow } });
  await page.locator('.figure-card.succeeded button').click();
  await expect
    .poll(() => engine.queriesOf('list').at(-1)?.filter)
    .toBe('status:succeeded time:2026-11-20T00:00..<2026-11-22T00:00 flow:order-intake');
});

test.each([
  [700, 'en'],
  [700, 'zh-cn'],
  [1440, 'en'],
] as const)(
  'a time of one’s own stands in one line at %i pixels, of 24 hours: %s',
  async (width, language) => {
    const own = { fromMs: 1.7955e12, toMs: 1.7956e12 };
    const saved = { page: 'numbers', range: 'own', own };
    const { page, screenshot } = await suite.open(
      withExecutions({ width, seed: { language }, saved }),
    );
    const fields = page.locator('.own-range .date-field');
    await fields.nth(1).waitFor();
    const tops = await fields.evaluateAll((all) =>
      all.map((one) => one.getBoundingClientRect().top),
    );
    expect(new Set(tops).size).toBe(1);
    const cut = await fields.evaluateAll((all) =>
      all.filter((one) => one.scrollWidth > one.clientWidth),
    );
    expect(cut).toEqual([]);
    const form = language === 'en' ? /^\d+\/\d+\/2026, \d\d:\d\d$/ : /^2026\/\d+\/\d+ \d\d:\d\d$/;
    expect(await fields.first().inputValue()).toMatch(form);
    await screenshot(`own-range-${String(width)}-${language}`);
  },
);

test('causes lead to what failed of them', async () => {
  const { page, engine } = await open();
  await page.locator('.ranked-bar').first().click();
  await expect
    .poll(() => engine.queriesOf('list').at(-1)?.filter)
    .toMatch(/^status:failed cause:elementNotFound time:/);
});

test('new numbers come without a jump', async () => {
  const { page, engine } = await open();
  const region = page.locator('.numbers');
  await page.locator('.figure-cards').waitFor();
  await region.evaluate((element) => (element.scrollTop = 400));
  const plot = page.locator('.chart-plot').nth(2);
  const before = await plot.boundingBox();
  engine.numbers = (query) => someNumbers(query, pastRuns.slice(0, -3));
  engine.push('numbers');
  await expect
    .poll(() => page.locator('.figure-card.today .figure-card-value').textContent())
    .not.toContain('25');
  expect((await plot.boundingBox())?.y).toBe(before?.y);
});

test.each([
  ['nothing at all', [], 'Nothing has run yet.', false],
  ['nothing in this time', pastRuns.slice(0, 50), 'Nothing ran in this time range.', true],
] as const)('%s is said so', async (_, runs, title, hasMore) => {
  const { page, engine } = await open({
    prepare: (one) => {
      one.numbers = (query) => someNumbers(query, runs);
    },
  });
  await page.getByRole('heading', { name: title }).waitFor();
  const all = page.getByRole('button', { name: 'Show All' });
  expect(await all.count()).toBe(hasMore ? 1 : 0);
  if (!hasMore) return;
  await all.click();
  await expect.poll(() => engine.queriesOf('numbers').at(-1)).toMatchObject({ range: 'all' });
});

test('a failure is said, and asked again', async () => {
  const { page } = await open({
    prepare: (one) => {
      let asked = 0;
      one.numbers = (query) => {
        if (asked++ > 0) return someNumbers(query);
        return Promise.reject(new RequestError({ reason: 'internal', message: 'disk' }));
      };
    },
  });
  await page.locator('.page-failed').waitFor();
  await page.getByRole('button', { name: 'Try Again' }).click();
  await page.locator('.figure-cards').waitFor();
  expect(await page.locator('.page-failed').count()).toBe(0);
});

test('what is known in part is said so', async () => {
  const { page } = await open({
    prepare: (one) => {
      one.numbers = async (query) => ({
        ...(await someNumbers(query, pastRuns.slice(-20))),
        pending: 12,
      });
    },
  });
  const notes = page.locator('.numbers-notes');
  await expect.poll(() => notes.textContent()).toContain('Only what is in memory is counted');
  expect(await notes.textContent()).toContain('Reading records: 12 left.');
});

test('an execution that is told to be shown is shown', async () => {
  const { page, host } = await open();
  await page.locator('.figure-cards').waitFor();
  host.emit('select', { key: 'workflow/spf5', nodeId: null, rowKey: null });
  await page.locator('.tree').waitFor();
});

test('the dashboard has the whole room; what is behind a number is shown by the panel', async () => {
  const { page, engine, host, asked, saved } = await suite.open(
    withExecutions({ seed: { isDashboard: true }, saved: undefined }),
  );
  await page.locator('.figure-cards').waitFor();
  expect(await saved()).toMatchObject({ isDashboard: true, page: 'numbers', scope: 'all' });
  // Nothing is asked for that it does not show.
  expect(engine.queriesOf('list')).toEqual([]);
  expect(engine.queriesOf('numbers')).toMatchObject([{ range: 'day', scope: { kind: 'all' } }]);
  expect(await page.getByRole('button', { name: 'Open Dashboard' }).count()).toBe(0);
  await page.locator('.figure-card.rate button').click();
  expect(await asked('showExecutions')).toMatchObject({
    ...{ scope: 'all', filter: expect.stringMatching(/^status:failed time:/) as string },
  });
  expect(await page.locator('.figure-cards').count()).toBe(1);
  host.emit('activeFlow', { uri: 'file:///w/other.yaml', fileName: 'other.yaml', name: 'other' });
  await page.getByRole('button', { name: 'This Flow' }).click();
  await expect
    .poll(() => engine.queriesOf('numbers').at(-1))
    .toMatchObject({ scope: { kind: 'flow', uri: 'file:///w/other.yaml' } });
  expect(engine.queriesOf('list')).toEqual([]);
});

test('the dashboard begins with the time that was looked at', async () => {
  const numbersTime = { range: 'own', own: { fromMs: 1, toMs: 2 } } as const;
  const { page, engine } = await suite.open(
    withExecutions({ seed: { isDashboard: true, numbersTime }, saved: undefined }),
  );
  await page.locator('.figure-cards').waitFor();
  expect(engine.queriesOf('numbers')).toMatchObject([numbersTime]);
});

test('the panel shows what the dashboard leads to, and opens it', async () => {
  const { page, engine, host, asked } = await open();
  await page.getByRole('button', { name: 'Open Dashboard' }).click();
  expect(await asked('openDashboard')).toEqual({ range: 'day' });
  host.emit('showExecutions', { filter: 'status:failed', scope: 'all' });
  await expect
    .poll(() => engine.queriesOf('list').at(-1))
    .toMatchObject({ filter: 'status:failed', scope: { kind: 'all' } });
  await page.locator('.tree').waitFor();
});

test('where there is little room, flows without a name are told apart by the end of their ids', async () => {
  const runs = pastRuns.map((run) => ({ ...run, name: '' }));
  const { page, resize } = await suite.open(
    withExecutions({
      saved: { page: 'numbers', range: 'day', scope: 'all' },
      prepare: (engine) => {
        engine.numbers = (query) => someNumbers(query, runs);
      },
    }),
  );
  await page.locator('.numbers-section .numbers-table').first().waitFor();
  await resize({ width: 400, height: 760 });
  const seen = await page
    .locator('.numbers-section .numbers-table')
    .first()
    .locator('tbody tr > td:first-child')
    .evaluateAll((cells) =>
      cells.map((cell) => {
        const room = cell.getBoundingClientRect();
        const end = cell.querySelector('.raw-id')?.lastChild;
        if (!(end instanceof Element)) return 'none';
        const { left, right } = end.getBoundingClientRect();
        return left >= room.left && right <= room.right ? end.textContent : 'cut';
      }),
    );
  expect(seen).toEqual(['928066', '928067', '928068']);
  expect(await page.locator('.numbers-table .raw-id').first().textContent()).toBe(
    '7379450201923928066',
  );
});

test('a node leads to its step in the flow file, where an execution of its flow is at hand', async () => {
  const { page, hostCalls } = await open({
    prepare: (engine) => {
      engine.numbers = async (query) => ({
        ...(await someNumbers(query)),
        newest: [{ flow: '7379450201923928066', key: 'workflow/spf5' }],
      });
    },
  });
  const ways = page.getByRole('button', { name: 'Go to Step in Flow' });
  await ways.first().click();
  await expect
    .poll(() =>
      hostCalls.filter(({ method }) => method === 'revealNode').map(({ params }) => params),
    )
    .toEqual([
      {
        key: 'workflow/spf5',
        ...{ target: { nodeId: 'rpa::save', name: 'Click save' }, preserveFocus: false },
      },
    ]);
});

test('what durations are of is said where one looks for it', async () => {
  const { page } = await open();
  const tip = (table: number) =>
    page
      .locator('.numbers-section .numbers-table')
      .nth(table)
      .getByRole('button', { name: 'p95' })
      .getAttribute('title');
  expect(await tip(0)).toBe('Of the runs that succeeded.');
  expect(await tip(1)).toBe('Of all runs of the node, failed ones as well.');
});

test('a table wider than the panel keeps its names in sight, and says as long as columns follow', async () => {
  const { page, resize } = await open();
  await page.locator('.numbers-section .numbers-table').first().waitFor();
  await resize({ width: 320, height: 760 });
  const room = page.locator('.numbers-section .numbers-table-room').first();
  const fades = () =>
    room.evaluate((element) => getComputedStyle(element).getPropertyValue('--columns-follow'));
  const nameIsAt = () =>
    room.evaluate((element) => {
      const name = element.querySelector('tbody td')?.getBoundingClientRect().left ?? NaN;
      return name - element.getBoundingClientRect().left;
    });
  await expect.poll(fades).toBe('40px');
  expect(await nameIsAt()).toBe(0);
  await room.evaluate((element) => {
    element.scrollLeft = element.scrollWidth;
  });
  await expect.poll(fades).toBe('0px');
  expect(await nameIsAt()).toBe(0);
  await resize({ width: 1200, height: 760 });
  await expect.poll(fades).toBe('0px');
});

test.each([
  ['day', 'en'],
  ['hour', 'en'],
  ['day', 'zh-cn'],
  ['week', 'zh-cn'],
  ['month', 'ar'],
] as const)(
  'texts of the axis below are whole and don’t touch: %s, %s',
  async (range, language) => {
    const { page, resize } = await suite.open(
      withExecutions({ seed: { language }, saved: { page: 'numbers', range } }),
    );
    await page.locator('.chart-svg .axis-text').first().waitFor();
    for (const width of [250, 330, 400, 560, 700, 1000, 1440]) {
      await resize({ width, height: 760 });
      const touching = await page.locator('.chart-svg').evaluateAll((all) =>
        all.flatMap((svg) => {
          const { left, right, bottom } = svg.getBoundingClientRect();
          const boxes = [...svg.querySelectorAll('.axis-text')]
            .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
            .filter(({ box }) => box.bottom > bottom - 8);
          return boxes
            .filter(({ box }, index) => {
              const before = boxes[index - 1]?.box.right ?? left - 1;
              return box.left <= before || box.right > right + 1;
            })
            .map(({ text }) => text);
        }),
      );
      expect(touching, String(width)).toEqual([]);
    }
  },
);

test.each([250, 400, 700])('what is short has one line: %i pixels', async (width) => {
  const { page } = await suite.open({
    ...withExecutions({ saved: { page: 'numbers', range: 'day' } }),
    width,
  });
  await page.locator('.chart-table-switch').first().waitFor();
  const lines = await page.locator('.numbers-zone, .chart-table-switch').evaluateAll((all) =>
    all.map((one) => {
      if (one.matches('.numbers-zone')) one.firstChild!.textContent = 'UTC +05:45';
      return one.getBoundingClientRect().height;
    }),
  );
  expect(Math.max(...lines)).toBeLessThan(30);
});
