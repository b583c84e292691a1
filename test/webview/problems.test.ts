import { expect, test } from 'vitest';

import { RequestError } from '../../src/protocol/packet.ts';
import { panelSuite } from './panelSuite.ts';
import { withExecutions } from './panelStates.ts';
import { allProblems, aProblem, aSlowFailure, someProblems, twoKinds } from './problemsData.ts';

const suite = panelSuite();
const open = (parts: Parameters<typeof withExecutions>[0] = {}) =>
  suite.open(withExecutions({ ...parts, saved: { page: 'problems', ...(parts.saved as object) } }));
const titles = () => suite.panel.page.locator('.problem-title').allTextContents();

test('the switch leads there; the list is one tab stop, and by keys one comes to what is behind a problem', async () => {
  const { page, engine, asked, saved } = await suite.open(withExecutions());
  expect(engine.queriesOf('problems')).toEqual([]);
  await page.getByRole('button', { name: 'Problems' }).click();
  const list = page.getByRole('listbox', { name: 'Problems' });
  await list.focus();
  expect(engine.queriesOf('problems')).toEqual([
    { scope: { kind: 'flow', uri: expect.any(String) as string }, group: 'unresolved' },
  ]);
  const chosen = () => page.locator('.problem-row[aria-selected=true]').getAttribute('aria-label');
  expect(await chosen()).toContain('New, Element not found: #btnSave after 30000 ms, Click save');
  await page.keyboard.press('ArrowDown');
  await expect
    .poll(chosen)
    .toMatch(
      /^Watching, context_length_exceeded.*5 of 9 needed runs passed since .*, 4 more passes to be sure/,
    );
  expect(await saved()).toMatchObject({ page: 'problems', problem: 'b' });
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await page.keyboard.press('Control+c');
  expect((await asked('copy')).text).toMatch(
    /^Element not found: #btnSave after 30000 ms\nNew, failed 6 of the 9 runs since .* that reached this step, last .*\nClick save, invoice-entry\n.*code 55003/,
  );
  // Nothing is said of what was only looked through.
  expect(engine.callsOf('markProblem')).toEqual([]);
  await page.keyboard.press('Enter');
  await page.locator('.filter input, .filter-field').first().waitFor();
  expect(await saved()).toMatchObject({
    page: 'executions',
    filter: 'problem:a',
  });
});

test('from a problem one comes to its runs and to its step, and has seen it then', async () => {
  const { page, asked, engine, saved } = await open();
  await page.getByRole('button', { name: 'Step in the Flow File' }).click();
  const seen = { signature: '1-a', kind: 'seen', weekly: 6 };
  await expect.poll(() => engine.callsOf('markProblem')).toMatchObject([seen]);
  expect(await asked('revealNode')).toMatchObject({
    key: 'workflow/spf5',
    target: { nodeId: 'rpa::3f9d2b1a-6c41-4c0e', name: 'Click save' },
  });
  await page.getByRole('button', { name: 'Last Good Run' }).click();
  await page.locator('.tree').waitFor();
  expect(await saved()).toMatchObject({ page: 'executions', selected: 'workflow/spf2' });
});

test('what no longer is in memory leads nowhere, and says so', async () => {
  const { page, saved } = await open({ saved: { problemGroup: 'unresolved', problem: 'f' } });
  const way = page.getByRole('button', { name: 'First Failed Run' });
  expect(await way.getAttribute('title')).toBe('No longer in memory');
  await way.click({ force: true });
  expect(await saved()).toMatchObject({ page: 'problems' });
});

test('what is one problem, and which flows are one, is corrected by hand', async () => {
  const text = 'Order 1 is gone';
  const row = aProblem({
    besides: [{ signature: '1-e', text: 'Disk full', nodeName: 'Click save', telling: '' }],
    parts: [
      { signature: '1-a.1', text, telling: '', count: 2, isMoved: false },
      { signature: '1-f', text: 'Order 2 is gone', telling: '', count: 1, isMoved: true },
    ],
    lineage: ['f', 'g'].map((flow, at) => ({ flow, name: flow, beginMs: at })),
    ...{ changedMs: 5, mark: 'seen' as const, joins: twoKinds },
  });
  const { page, engine } = await open({
    prepare: (fake) => {
      fake.problems = (query) => someProblems(query, [row]);
    },
  });
  expect(await page.locator('.problem-ask').textContent()).toMatch(/^Flow file changed: /);
  expect((await page.locator('.problem-lines > div').allTextContents()).slice(0, 2)).toEqual([
    'CausesThe robot didn’t find an element, The account lacks a permission',
    'StepsClick save, Log in',
  ]);
  for (const name of [
    'Merge into This Problem',
    'Split Off',
    'Restore Grouping',
    'Not the Same Flow',
  ]) {
    await page.getByRole('button', { name }).click();
  }
  const { flow } = row;
  await expect
    .poll(() => engine.callsOf('markProblem'))
    .toEqual([
      { kind: 'moved', signature: '1-e', flow, into: '1-a' },
      { kind: 'moved', signature: '1-a.1', flow, into: '1-a.1' },
      { kind: 'moved', signature: '1-f', flow, into: null },
      { kind: 'apart', flow: 'g' },
    ]);
});

test('a problem has a menu, by keys as well; what it offers is done', async () => {
  const { page, host, engine, asked } = await open();
  await page.locator('.problem-rows').focus();
  const contextOf = (at: number) =>
    page
      .locator('.problem-row')
      .nth(at)
      .getAttribute('data-vscode-context')
      .then((text) => JSON.parse(text ?? '{}') as Record<string, unknown>);
  // By Shift+F10 and the key for menus VS Code is told of the row that is chosen.
  await page.evaluate(() => {
    window.addEventListener('contextmenu', ({ target }) => {
      document.title = target instanceof HTMLElement ? target.id : '';
    });
  });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+F10');
  await expect.poll(() => page.title()).toBe('problem-b');
  await page.keyboard.press('Home');
  await page.keyboard.press('ContextMenu');
  await expect.poll(() => page.title()).toBe('problem-a');
  expect(await contextOf(0)).toMatchObject({
    ...{ webviewSection: 'problem', problemId: 'a', problemHasFailedRun: true },
    ...{ problemCanBeFixed: true, problemIsIgnored: false, problemTakesSelected: false },
  });
  host.emit('problemAction', { id: 'b', action: 'selectForMerge' });
  await expect.poll(async () => (await contextOf(0))['problemTakesSelected']).toBe(true);
  expect((await contextOf(1))['problemTakesSelected']).toBe(false);
  host.emit('problemAction', { id: 'a', action: 'mergeSelected' });
  host.emit('problemAction', { id: 'a', action: 'markProblemFixed' });
  host.emit('problemAction', { id: 'a', action: 'ignoreProblem' });
  host.emit('problemAction', { id: 'gone', action: 'ignoreProblem' });
  const { flow } = aProblem();
  await expect
    .poll(() => engine.callsOf('markProblem'))
    .toMatchObject([
      { kind: 'moved', signature: '1-b', flow, into: '1-a' },
      { signature: '1-a', kind: 'fixed' },
      { signature: '1-a', kind: 'ignored' },
    ]);
  host.emit('problemAction', { id: 'a', action: 'copyProblemText' });
  expect((await asked('copy')).text).toMatch(/^Element not found: #btnSave/);
  host.emit('problemAction', { id: 'a', action: 'goToProblemStep' });
  expect(await asked('revealNode')).toMatchObject({ key: 'workflow/spf5' });
});

test('what one says of a problem is told to the engine', async () => {
  const { page, engine } = await open();
  await page.getByRole('button', { name: 'Mark as Fixed' }).click();
  await page.getByRole('button', { name: 'Ignore', exact: true }).click();
  await page.getByRole('button', { name: 'Ignored 1' }).click();
  await page.getByRole('button', { name: 'Stop Ignoring' }).click();
  await expect
    .poll(() => engine.callsOf('markProblem'))
    .toMatchObject([
      { signature: '1-a', kind: 'fixed' },
      { signature: '1-a', kind: 'ignored' },
      { kind: 'seen' },
    ]);
});

test('where the chosen one leaves the list, the next one takes its place, and no press that was meant for it', async () => {
  const { page, engine, saved } = await open();
  const chosen = page.locator('.problem-row[aria-selected=true] .problem-title');
  await page.locator('.problem-rows').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const [, , third = '', fourth = ''] = await titles();
  await expect.poll(() => chosen.textContent()).toBe(third);
  const button = page.getByRole('button', { name: 'Ignore', exact: true });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => engine.callsOf('markProblem')).toHaveLength(1);
  engine.problems = (query) =>
    someProblems(
      query,
      allProblems.filter(({ id }) => id !== 'c'),
    );
  engine.push('problems');
  await expect.poll(() => chosen.textContent()).toBe(fourth);
  await expect.poll(() => saved()).toMatchObject({ problem: 'd' });
  await page.keyboard.press('Enter');
  expect(engine.callsOf('markProblem')).toHaveLength(1);
});

test('another scope keeps the problem that is shown, chosen or not, while it has it', async () => {
  const own = aProblem({ id: 'own', text: 'Own' });
  const other = aProblem({ id: 'other', text: 'Of another flow' });
  const { page } = await open({
    prepare: (engine) => {
      engine.problems = (query) => ({
        ...someProblems(query),
        rows: query.scope.kind === 'all' ? [other, own] : [own],
      });
    },
  });
  const shown = () => page.locator('.problem-name').textContent();
  const choose = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await expect.poll(shown).toBe('Own');
  await choose('All Flows');
  await expect.poll(titles).toEqual(['Of another flow', 'Own']);
  expect(await shown()).toBe('Own');
  await page.locator('.problem-row').first().click();
  await expect.poll(shown).toBe('Of another flow');
  // It is of no use here, and is there again with what it is in.
  await choose('This Flow');
  await expect.poll(shown).toBe('Own');
  await choose('All Flows');
  await expect.poll(shown).toBe('Of another flow');
});

test.each([
  [400, 700],
  [250, 600],
])(
  'a narrow list takes what its rows need, and the detail the rest: %i × %i',
  async (width, height) => {
    const { page, resize } = await open({
      prepare: (engine) => {
        engine.problems = (query) => ({ ...someProblems(query), rows: [aProblem()] });
      },
    });
    await resize({ width, height });
    const box = async (part: string) => (await page.locator(part).boundingBox())!;
    const row = await box('.problem-row');
    const detail = await box('.problem-detail');
    expect(detail.y - row.y - row.height).toBeLessThan(12);
    expect(detail.y + detail.height).toBeGreaterThan(height - 12);
  },
);

test('rows stay where they are while somebody is among them', async () => {
  const { page, engine } = await open();
  await page.locator('.problem-rows').focus();
  const before = await titles();
  const news = aProblem({ id: 'z', text: 'Printer is offline' });
  engine.problems = (query) => someProblems(query, [news, ...allProblems.toReversed()]);
  engine.push('problems');
  await expect.poll(titles).toEqual([...before, 'Printer is offline']);
  await page.locator('.page-switch button').nth(1).focus();
  engine.push('problems');
  await expect.poll(titles).toEqual(['Printer is offline', ...before.toReversed()]);
});

test('what could not be found is said, and tried again', async () => {
  const { page, engine } = await open({
    prepare: (engine) => {
      engine.problems = () => {
        throw new RequestError({ reason: 'internal', message: 'disk' });
      };
    },
  });
  await page.locator('.page-failed').waitFor();
  engine.problems = (query) => someProblems(query);
  await page.getByRole('button', { name: 'Try Again' }).click();
  await page.locator('.problem-row').first().waitFor();
});

test('the card of a failure names its problem and leads to it; a slow one says where the time went', async () => {
  const { page, saved } = await suite.open(
    withExecutions({
      saved: { why: 'open' },
      prepare: (engine) => {
        engine.ownPast = aSlowFailure;
      },
    }),
  );
  await expect
    .poll(() => page.locator('.its-problem span').textContent())
    .toMatch(
      /^Watching: 5 of 9 needed runs passed since .*, 4 more passes to be sure\. Failed 6 of the 9 runs since .* that reached this step\.$/,
    );
  expect(await page.locator('.head-slow').textContent()).toBe(
    'Slower than usual: “Click save” took 7.10 s instead of 300 ms.',
  );
  await page.getByRole('button', { name: 'Show Problem' }).click();
  await page.locator('.problem-row.chosen').waitFor();
  expect(await saved()).toMatchObject({ page: 'problems', problem: 'a' });
});

test('of one that took as long as others it says how long those took', async () => {
  const { page } = await suite.open(
    withExecutions({
      prepare: (engine) => {
        engine.ownPast = (key) => ({
          ...aSlowFailure(key),
          usual: {
            runs: 42,
            medianMs: 1_100,
            durationMs: 1_200,
            isSlow: false,
            slower: null,
            payload: null,
          },
        });
      },
    }),
  );
  await expect
    .poll(() => page.locator('.head-past').textContent())
    .toBe('Median of 42 earlier good runs: 1.10 s');
});

test('of one before which too few succeeded to compare with it says that', async () => {
  const { page } = await suite.open(withExecutions());
  await expect
    .poll(() => page.locator('.head-past').textContent())
    .toBe('Too few runs succeeded before it to compare with.');
});
