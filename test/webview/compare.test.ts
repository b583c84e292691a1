import { expect, test } from 'vitest';

import { aComparison } from './compareData.ts';
import { withExecutions } from './panelStates.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();

test('a failed execution is compared with the last good run, by keys and side by side', async () => {
  const { page, engine, hostCalls } = await suite.open(withExecutions());
  const told = (method: string) =>
    hostCalls.filter((call) => call.method === method).map(({ params }) => params);
  await page.locator('.compare-last-good').click();
  const list = page.locator('.compare-list');
  await list.waitFor();
  expect(engine.queriesOf('compare')).toMatchObject([{ key: 'workflow/spf5', other: null }]);
  expect(await page.locator('.compare-sentence').textContent()).toMatch(
    /^First difference: “Extract fields” returned no fields\.total: it is empty now, null \(before: 1280\.5\)\. None of 5 good runs lacked it\. “Enter ERP” failed after it\./,
  );
  await expect
    .poll(() => page.locator('.compare-since').textContent())
    .toMatch(/^The first difference occurs in 7 of 9 runs since \d/);
  expect(await page.locator('.compare-group').allTextContents()).toMatchObject([
    expect.stringContaining('Configuration (1)'),
    expect.stringContaining('(in none of 5 good runs)'),
  ]);

  // Which bar is whose, and along which time.
  const scale = page.locator('.compare-scale');
  expect(await scale.locator('.compare-legend').textContent()).toBe('BeforeAfter');
  await expect.poll(() => scale.locator('.tree-tick').count()).toBeGreaterThan(1);

  // One click: the flow file shows the cause where it is seen; nothing asks for its cursor.
  await expect
    .poll(() => told('stepChosen'))
    .toEqual([{ key: 'workflow/spf5', nodeId: 'spark-llm::2', isBegin: true }]);

  // What ran in the other one alone did not run in this one, however it ended there.
  const signOf = (mark: string) =>
    page.locator(`.compare-${mark} .compare-name .codicon`).first().getAttribute('class');
  expect(await signOf('missing')).toContain('codicon-circle-large');
  expect(await signOf('added')).toContain('codicon-pass');

  // The first difference is where the reader begins; F8 leads on, from wherever the focus is.
  const active = page.locator('.compare-row[aria-selected="true"] .compare-label');
  await expect.poll(() => active.textContent()).toBe('Extract fields');
  await page.keyboard.press('F8');
  await page.keyboard.press('F8');
  await expect.poll(() => active.textContent()).toBe('Enter ERP');
  await page.keyboard.press('Shift+F8');
  await expect.poll(() => active.textContent()).toContain('Ask for approval');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => active.textContent()).toBe('Extract fields');

  await page.keyboard.press('Alt+Enter');
  const target = { nodeId: 'spark-llm::2', name: 'Extract fields' };
  await expect.poll(() => told('revealNode')).toMatchObject([{ target }]);

  // Where it is low, too, what differs comes into sight.
  await page.setViewportSize({ width: 900, height: 420 });
  await page.keyboard.press('Enter');
  const differs = page.locator('.side-differs').first();
  await differs.waitFor();
  const isSeen = () =>
    differs.evaluate((line) => line.getBoundingClientRect().bottom <= window.innerHeight);
  await expect.poll(isSeen).toBe(true);
  // Below its head, and as wide.
  const widthOf = async (part: string) => (await page.locator(part).first().boundingBox())?.width;
  expect(await widthOf('.side-section')).toBe(await widthOf('.side-head'));
  expect(await page.locator('.side-differs del').allTextContents()).toEqual(['1280.5']);
  // One sign each, without colour: struck out what is gone, underlined what came.
  const signsOf = (element: Element) => {
    const { borderBottomStyle, textDecorationLine } = getComputedStyle(element);
    return [borderBottomStyle, textDecorationLine];
  };
  expect(await page.locator('.side-lines del').first().evaluate(signsOf)).toEqual([
    ...['none', 'line-through'],
  ]);
  expect(await page.locator('.side-lines ins').first().evaluate(signsOf)).toEqual([
    ...['solid', 'none'],
  ]);
  // What lines don't tell: what stands elsewhere, and how much a number differs.
  expect(await page.locator('.side-changes li').allTextContents()).toEqual([
    'total is empty now: null (before: 1280.5) ',
    'items[0]: moved (before: items[2]) ',
    'items[0].count: 5 (before: 2) +3',
    '1 more isn’t listed.',
  ]);
  await page.locator('.side-section[open]').getByText('Open in Diff Editor').click();
  await expect
    .poll(() => told('openDiff'))
    .toMatchObject([
      {
        title: 'Output of Extract fields (After: attempt 3 of 3)',
        ...{ before: 'total: 1280.5', language: 'yaml' },
      },
    ]);
  await page.getByText('After: attempt 3 of 3', { exact: true }).waitFor();

  // The ways of both in the flow: what one alone took is told in words, too.
  await page.getByText('Show Both Paths in Flow').click();
  const flow = page.locator('.compare-flow');
  await expect.poll(() => flow.locator('[data-edge] .flow-by-other').count()).toBe(1);
  expect(engine.queriesOf('graphStates')).toMatchObject([
    { uri: null, execution: 'workflow/spf5', comparedWith: 'workflow/spf4' },
  ]);
  // Where they part is in sight, whatever was chosen before.
  const parting = await flow.locator('[data-place="2"] .flow-box').boundingBox();
  const shown = await flow.locator('.flow-screen').boundingBox();
  const alone = await flow.locator('[data-place].flow-only-other').boundingBox();
  const ends = ({ y, height }: { y: number; height: number }) => y + height;
  expect(ends(parting!)).toBeGreaterThanOrEqual(shown!.y);
  // So is what one of them alone came to.
  expect(ends(alone!)).toBeLessThanOrEqual(ends(shown!) + 1);
  await flow.locator('[data-edge="4"] .flow-edge-hit').hover({ force: true });
  await expect
    .poll(() => flow.textContent())
    .toContain(
      'For each invoice → Is all of it entered, and is nothing left?: Taken only in “Before”',
    );
  expect(await flow.locator('.flow-sides dd').allTextContents()).toEqual([
    ...['Taken only in “Before”', 'Taken only in “After”'],
    ...['Ran only in “Before”', 'Taken in both'],
  ]);
  // Its way leads on through what did not run here.
  const only = flow.locator('[data-place].flow-only-other');
  expect(await only.count()).toBe(1);
  expect(await only.getAttribute('aria-label')).toBe(
    'Is all of it entered, and is nothing left?, Ran only in “Before”',
  );
  // What both took is drawn as the legend says, also on the way to the failure.
  const linesOf = (kind: string) => flow.locator(`[data-edge] .${kind}`).count();
  expect([await linesOf('flow-way'), (await linesOf('flow-taken')) > 0]).toEqual([0, true]);
  await page.getByText('Show Both Paths in Flow').click();
  await expect.poll(() => flow.count()).toBe(0);

  await page.getByLabel('Differences only').check();
  await expect.poll(() => page.locator('.compare-row').count()).toBe(4);

  await page.getByText('Back to Executions').click();
  await page.locator('.tree').waitFor();
  await expect.poll(() => engine.callsOf('unwatch').map(({ id }) => id)).toContain('compare');
});

test('whoever compares from the list on demand comes back to the tree, not to the list over it', async () => {
  const { page, host } = await suite.open({ ...withExecutions(), width: 600 });
  await page.locator('.picker-button').click();
  await page.locator('.picker-list').waitFor();
  // It is chosen in a menu of VS Code, which has the focus: the page hears of none that moves.
  await page.evaluate(() => {
    document.addEventListener('focusin', (event) => event.stopImmediatePropagation(), true);
  });
  host.emit('compare', { key: 'workflow/spf5', other: 'workflow/spf3' });
  await page.locator('.compare-list').waitFor();
  await page.getByText('Back to Executions').click();
  await page.locator('.tree').waitFor();
  expect(await page.locator('.picker-list').count()).toBe(0);
});

test('ways in the flow are shown where one file has both', async () => {
  const { page, host, engine } = await suite.open(withExecutions());
  const ways = page.getByText('Show Both Paths in Flow');
  const { compare } = engine;
  await page.locator('.compare-last-good').click();
  await ways.waitFor();
  engine.compare = (query) => {
    const answer = compare(query);
    return answer.kind === 'compared' ? { ...answer, hasBothWays: false } : answer;
  };
  host.emit('compare', { key: 'workflow/spf5', other: 'workflow/spf3' });
  await expect.poll(() => ways.count()).toBe(0);
  expect(await page.getByText('Show Side by Side').count()).toBe(1);
});

test('without a flow file no way into one is offered', async () => {
  const { page, engine } = await suite.open(withExecutions());
  const { compare } = engine;
  engine.compare = (query) => {
    const answer = compare(query);
    return answer.kind === 'compared' ? { ...answer, hasFlow: false } : answer;
  };
  await page.locator('.compare-last-good').click();
  const ways = page.locator('.compare-ways vscode-button');
  await page.locator('.compare-ways').waitFor();
  expect(await ways.allTextContents()).toEqual(['Show Side by Side']);
});

test('a long comparison begins at its first difference, and leads to rows that are not there yet', async () => {
  const { page, engine } = await suite.open(withExecutions());
  const { compare } = engine;
  const cause = 600;
  engine.compare = (query) => {
    const answer = compare(query);
    if (answer.kind !== 'compared' || answer.first === null) return answer;
    const [same, changed] = answer.rows;
    const start = query.around === null ? 500 : (query.around ?? query.offset);
    const rowAt = (place: number) => ({
      ...(place === cause ? changed! : same!),
      ...{ place, name: `Step ${String(place)}` },
    });
    const [configuration, outputs] = answer.groups;
    return {
      ...answer,
      ...{ totalRows: 1_000, start, differences: [cause] },
      first: { ...answer.first, row: cause },
      told: [[cause, answer.told[0]![1]]],
      groups: [configuration!, { ...outputs!, items: [{ ...outputs!.items[0]!, row: 900 }] }],
      rows: Array.from({ length: Math.min(200, 1_000 - start) }, (_, at) => rowAt(start + at)),
    };
  };
  await page.locator('.compare-last-good').click();
  const active = page.locator('.compare-row[aria-selected="true"] .compare-label');
  await expect.poll(() => active.textContent()).toBe('Step 600');
  await page.locator('.compare-row', { hasText: 'Step 599' }).waitFor();
  expect(engine.queriesOf('compare')).toMatchObject([{ around: null }]);
  // Of a difference far from there: its row.
  await page.locator('.compare-group summary').nth(1).click();
  await page.locator('.compare-group').nth(1).locator('.link').click();
  await expect.poll(() => active.textContent()).toBe('Step 900');
  expect(engine.queriesOf('compare')[1]).toMatchObject({ around: 900 });
});

test('the host says with what', async () => {
  const { page, host, engine } = await suite.open(withExecutions());
  await page.locator('.tree').waitFor();
  host.emit('compare', { key: 'workflow/spf5', other: 'workflow/spf3' });
  await page.locator('.compare-list').waitFor();
  expect(engine.queriesOf('compare')).toMatchObject([{ other: 'workflow/spf3' }]);
  // Of a file, beside what is read: no list has it, so no way leads there.
  expect(await page.locator('.compare-head button').count()).toBe(2);
  host.emit('compare', { key: 'workflow/spf5', other: 'workflow/spf3', source: 7 });
  await expect
    .poll(() => page.locator('.compare-head').first().textContent())
    .toContain('from runs.jsonl');
  expect(await page.locator('.compare-head button').count()).toBe(1);
});

test('of what changed since the last good run what good runs differ in as well is told in one line', async () => {
  const value = (name: string, parts: object) => ({
    ...({ aspect: 'value', row: 1, path: [name], change: 'changed', having: null } as const),
    ...{ before: 'a', after: `${name} 1` },
    ...parts,
  });
  const items = [
    value('order', { isVaried: true, having: 0 }),
    value('file', { aspect: 'ownData', row: -1 }),
    value('currency', { having: 0 }),
  ];
  const { page, screenshot } = await suite.open(
    withExecutions({
      // What comes behind the click has to be brought into sight.
      ...{ width: 700, height: 720 },
      prepare: (engine) => {
        engine.compare = (query) => {
          const answer = aComparison(query);
          if (answer.kind !== 'compared') return answer;
          return { ...answer, groups: [{ kind: 'inputs', total: items.length, items }] };
        };
      },
    }),
  );
  await page.locator('.finding-fold[aria-expanded=false]').click();
  await page.getByText('What changed since the last good run').click();
  const lines = page.locator('.evidence .remedies li:visible');
  await expect.poll(() => lines.allInnerTexts()).toEqual([expect.stringContaining('currency')]);
  const fold = page.locator('.evidence[open]');
  const isWhole = () =>
    fold.evaluate((element) => {
      let box = element.parentElement!;
      while (getComputedStyle(box).overflowY !== 'auto') box = box.parentElement!;
      const [inner, outer] = [element, box].map((one) => one.getBoundingClientRect());
      return inner!.top >= outer!.top - 1 && inner!.bottom <= outer!.bottom + 1;
    });
  await expect.poll(isWhole).toBe(true);
  await page.getByText('2 values that differ between good runs as well').click();
  await expect
    .poll(() => lines.allInnerTexts())
    .toEqual(['currency', 'order', 'file'].map((name) => expect.stringContaining(name) as string));
  await screenshot('last-good-changes');
});
