import { expect, test } from 'vitest';

import { someHits } from './findData.ts';
import { withExecutions } from './panelStates.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();

test('the value that a link leads to is marked where it stands', async () => {
  const { page, host } = await suite.open(withExecutions());
  await page.locator('.tree').waitFor();
  const place = { section: 'input', entry: 'input:invoice:', path: '/vendor' } as const;
  const match = { ...place, part: 'value', offset: 0, length: 6 } as const;
  host.emit('select', { key: 'workflow/spf5', nodeId: 'rpa::save', rowKey: 'save', match });
  const mark = page.locator('.inspector-match-current');
  await expect.poll(() => mark.textContent()).toBe('合肥启明办公');
  expect(await page.locator('.inspector-head').textContent()).toContain('Click save');
});

test.each([
  ['en', 420, 'Execution'],
  ['zh-cn', 420, '执行'],
])('a hit of the execution itself says so in a whole word: %s', async (language, width, word) => {
  const options = withExecutions({ width, seed: { language } });
  const { page } = await suite.open(options);
  await page.locator('.tree').focus();
  await page.keyboard.press('Control+f');
  await page.locator('.find-bar input').fill('启明');
  const own = page.locator('.find-own').first();
  await own.waitFor();
  expect(await own.textContent()).toBe(word);
  expect(await own.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
});

test('the value of a link is marked in no other execution that the reader opened meanwhile', async () => {
  const { page, host, engine } = await suite.open(withExecutions());
  await page.locator('.tree').waitFor();
  const place = { section: 'input', entry: 'input:invoice:', path: '/vendor' } as const;
  const match = { ...place, part: 'value', offset: 0, length: 6 } as const;
  host.emit('select', { key: 'workflow/spf4', nodeId: 'rpa::save', rowKey: 'save', match });
  host.emit('select', { key: 'workflow/spf5', nodeId: null, rowKey: 'save' });
  await expect.poll(() => engine.queriesOf('inspect').at(-1)?.key).toBe('workflow/spf5');
  await page.locator('.inspector-tab').first().click();
  await page.locator('.inspector-value').first().waitFor();
  expect(await page.locator('.inspector-match-current').count()).toBe(0);
});

test('what the execution holds is found by keys, and shown where it stands', async () => {
  const { page, engine, hostCalls } = await suite.open(
    withExecutions({
      saved: { row: 'start', collapsed: [['workflow/spf5', ['loop']]] },
    }),
  );
  const reasons = page.locator('.why-more');
  await reasons.waitFor();
  await page.locator('.tree').focus();
  await page.keyboard.press('Control+f');
  // What is found needs the room.
  await reasons.waitFor({ state: 'detached' });
  const input = page.locator('.find-bar input');
  await expect
    .poll(() => input.evaluate((element) => element === document.activeElement))
    .toBe(true);
  await page.keyboard.type('启明');
  const hits = page.locator('.find-hit');
  await expect.poll(() => hits.count()).toBe(5);
  expect(engine.queriesOf('find').at(-1)).toMatchObject({ key: 'workflow/spf5', text: '启明' });
  expect(await hits.nth(1).getAttribute('aria-label')).toBe(
    'Click save, Input invoice.vendor: 合肥启明办公',
  );
  const count = page.locator('.find-count');
  expect(await count.textContent()).toBe('5 results');

  // Enter goes on from hit to hit; each is marked where it stands, on its own tab.
  const mark = page.locator('.inspector-match-current');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect.poll(() => mark.textContent()).toBe('启明');
  expect(await count.textContent()).toBe('2 of 5');
  await page.keyboard.press('F3');
  await expect.poll(() => mark.textContent()).toBe('Toner');
  await page.keyboard.press('F3');
  await expect.poll(() => mark.textContent()).toBe('element');
  expect(await page.locator('#inspector-tab-logs').getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('Shift+F3');
  await expect.poll(() => mark.textContent()).toBe('Toner');

  // The list walks by arrows, and leads into the flow file.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => mark.textContent()).toBe('启明');
  await page.keyboard.press('F12');
  await expect
    .poll(() => hostCalls.filter(({ method }) => method === 'revealNode').at(-1)?.params)
    .toMatchObject({ target: { nodeId: 'rpa::save', name: 'Click save' } });

  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.find-panel').count()).toBe(0);
  await reasons.waitFor();
  await expect.poll(() => engine.callsOf('unwatch').map(({ id }) => id)).toContain('find');
});

test('what was found is in sight in a narrow panel, whatever stands around it', async () => {
  const { page } = await suite.open(withExecutions({ width: 300 }));
  await page.locator('.tree').focus();
  await page.keyboard.press('Control+f');
  await page.locator('.find-bar input').fill('element');
  const hit = page.locator('.find-hit', { hasText: 'Node execution failed(' });
  const [text, found] = [hit.locator('.find-text'), hit.locator('mark')];
  const inSight = async () => {
    const [around, mark] = [await text.boundingBox(), await found.boundingBox()];
    if (around === null || mark === null) return 'not drawn';
    return mark.x + mark.width <= around.x + around.width + 1 ? 'whole' : 'cut';
  };
  await expect.poll(inSight).toBe('whole');
  expect(await found.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
});

test('what can be looked for is said before anything is, and a way has the room that there is', async () => {
  const path = 'invoice.positions[12].deliveryAddress.recipient.department';
  const { page } = await suite.open(
    withExecutions({
      width: 900,
      prepare: (engine) => {
        engine.find = (query) => {
          const answer = someHits(query);
          const [hit] = answer.hits.filter(({ match }) => match?.section === 'input');
          const of = (found: string) => ({ ...hit!, path, before: '', found, after: '' });
          return { ...answer, total: 2, hits: [of('12'), of('A long text '.repeat(20))] };
        };
      },
    }),
  );
  await page.locator('.tree').focus();
  await page.keyboard.press('Control+f');
  await expect
    .poll(() => page.locator('.find-note').textContent())
    .toContain('All words must occur');
  await page.keyboard.type('1');
  const paths = page.locator('.find-path');
  await expect.poll(() => paths.count()).toBe(2);
  expect(await page.locator('.find-note').count()).toBe(0);
  const cut = (nth: number) =>
    paths.nth(nth).evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  expect(await cut(0)).toBe(0);
  // Of a long one its end is seen, and the text has its part.
  expect(await cut(1)).toBeGreaterThan(0);
  const [way, end] = [
    await paths.nth(1).boundingBox(),
    await paths.nth(1).locator('bdi').boundingBox(),
  ];
  expect(end!.x + end!.width).toBeCloseTo(way!.x + way!.width, 0);
  const [row, text] = [page.locator('.find-hit').nth(1), page.locator('.find-text').nth(1)];
  const widthOf = async (part: typeof row) => (await part.boundingBox())!.width;
  expect(await widthOf(text)).toBeGreaterThan(0.35 * (await widthOf(row)));
  expect(await row.getAttribute('title')).toContain(path);
});

test('a search goes on until it is stopped, and the inspector hands on what it looked for', async () => {
  const { page, engine } = await suite.open(
    withExecutions({
      prepare: (engine) => {
        engine.find = (query) => someHits(query, { state: 'searching', share: 0.42 });
      },
    }),
  );
  await page.locator('.inspector-toolbar .codicon-search').click();
  await page.keyboard.type('save');
  await page.keyboard.press('Control+f');
  await expect.poll(() => page.locator('.find-note').textContent()).toContain('42%');
  expect(await page.locator('.find-bar input').inputValue()).toBe('save');
  expect(await page.locator('.find-count').textContent()).toBe('5+ results');
  await page.keyboard.press('Alt+r');
  await expect.poll(() => engine.queriesOf('find').at(-1)).toMatchObject({ isPattern: true });
  await page.getByRole('button', { name: 'Stop Searching' }).click();
  await expect.poll(() => page.locator('.find-note').textContent()).toContain('Stopped');
  await expect.poll(() => engine.callsOf('unwatch').map(({ id }) => id)).toContain('find');
});

test('a value without parts is followed by the same key', async () => {
  const { page, engine } = await suite.open(withExecutions());
  const short = page
    .locator('.inspector-value', { has: page.locator('.inspector-scalar') })
    .first();
  const follow = async (focus: () => Promise<void>) => {
    const before = engine.queriesOf('lineage').length;
    await focus();
    await page.keyboard.press('F12');
    await expect.poll(() => engine.queriesOf('lineage').length).toBe(before + 1);
    expect(engine.queriesOf('lineage').at(-1)).toMatchObject({
      ...{ section: 'input', index: 0, path: '' },
    });
    // It takes the focus as it comes, and gives it back as it goes.
    await page.locator('.trail-list:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.trail-panel').waitFor({ state: 'detached' });
  };
  // Clicked, and by the tab stop that it has.
  await follow(() => short.locator('.inspector-scalar').click());
  await follow(() => short.locator('button[aria-label^="Where It Came From"]').focus());
});

test('a value is followed by keys, back to where it came from', async () => {
  // So high that the tree shows some of its steps beside the way.
  const { page, engine, hostCalls } = await suite.open(withExecutions({ height: 1000 }));
  // A part of a value: the row of its tree that has the focus.
  await page.locator('.inspector-json').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('F12');
  const steps = page.locator('.trail-step');
  await expect.poll(() => steps.count()).toBe(5);
  expect(engine.queriesOf('lineage')).toMatchObject([
    {
      key: 'workflow/spf5',
      row: 'save',
      section: 'input',
      index: 3,
      path: '/amount',
      direction: 'from',
    },
  ]);
  expect(await steps.nth(1).getAttribute('aria-label')).toBe(
    'For each invoice, Output invoice.no: INV-20391, observed, The flow file says so, and the values are equal.',
  );
  expect(await page.locator('.trail-end').textContent()).toBe(
    'It may have come from more than one place.',
  );

  // Its steps are marked among the others.
  const marked = page.locator('.tree-row-on-trail');
  await expect.poll(() => marked.count()).toBeGreaterThan(1);
  // What the mark is stands beside the way, and at each row.
  expect(await page.locator('.trail-legend').textContent()).toBe('Steps that it went through');
  const barOf = (element: Element) => getComputedStyle(element).backgroundColor;
  const swatch = await page.locator('.trail-swatch').evaluate(barOf);
  const shadow = await marked.first().evaluate((row) => getComputedStyle(row).boxShadow);
  expect(shadow).toContain(swatch);
  expect(await marked.first().getAttribute('title')).toMatch(
    /The followed value went through here$/,
  );

  await page.keyboard.press('ArrowUp');
  const mark = page.locator('.inspector-match-current');
  await expect.poll(() => mark.textContent()).toBe('INV-20391');
  // The flow file is told each step that is walked to, and all of the way.
  const lastOf = (wanted: string) =>
    hostCalls.filter(({ method }) => method === wanted).at(-1)?.params;
  expect(lastOf('stepChosen')).toMatchObject({ key: 'workflow/spf5', nodeId: 'rpa::save' });
  expect(lastOf('wayShown')).toMatchObject({
    nodeIds: expect.arrayContaining(['rpa::save']) as unknown,
  });
  await page.keyboard.press('F12');
  await expect
    .poll(() => hostCalls.filter(({ method }) => method === 'revealNode').at(-1)?.params)
    .toMatchObject({ target: { nodeId: 'rpa::save', name: 'Click save' } });
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowRight');
  await expect
    .poll(() => engine.queriesOf('lineage').at(-1))
    .toMatchObject({ row: 'read', section: 'output', direction: 'to' });
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.trail-panel').count()).toBe(0);
  expect(await marked.count()).toBe(0);
  await expect.poll(() => lastOf('wayShown')).toEqual({ nodeIds: [] });
});
