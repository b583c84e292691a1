import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { RequestError } from '../../src/protocol/packet.ts';
import type { WantedPart } from '../../src/trace/wantedPart.ts';
import { wordFinder } from '../../src/find/finder.ts';
import { nodeSections } from '../../src/find/places.ts';
import { searchSections } from '../../src/find/searchSections.ts';
import type { FindAnswer, FindQuery } from '../../src/protocol/find.ts';
import { someHits } from './findData.ts';
import { named, nodeContent } from './inspectorContents.ts';
import { withExecutions } from './panelStates.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();

const size = 5_000;
/** What the engine gives of a list: so many rows, around the one that is wanted. */
const given = 300;
const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => from + index).map((id) => ({
    ...{ id, name: `Customer ${String(id)}` },
  }));

/** Where a part is wanted: of a list by its place, of what stands in a row by the row. */
function placeOf(wanted: readonly WantedPart[]): number {
  const last = wanted.filter(({ path }) => path[0] === 'rows').at(-1);
  return last === undefined ? 0 : Number(last.path[1] ?? last.offset);
}

const whole = nodeContent({
  input: [named('table', { sheet: 'June', rows: rows(0, size) })],
  config: [named('note', 'Customer 4, at last')],
});

function content(wanted: readonly WantedPart[] = [], row: string | null = null) {
  const place = placeOf(wanted);
  const from = place < 100 ? 0 : Math.min(place - 100, size - given);
  const leftOut = [{ path: ['rows'], size, ...(from > 0 && { from }) }];
  const table = named('table', { sheet: 'June', rows: rows(from, given) }, { leftOut });
  const { data } = whole;
  return {
    ...whole,
    row: { ...whole.row, key: row ?? whole.row.key },
    data: { ...data, input: [table] },
  };
}

/** What the engine finds in all of it. */
function found(query: FindQuery, parts: Partial<FindAnswer> = {}): FindAnswer {
  const { matches } = searchSections(nodeSections(whole.data), wordFinder(query.text));
  const start = Math.max(0, Math.min(query.offset, matches.length - query.limit));
  const place = { row: 'save', nodeId: 'rpa::save', name: 'Click save', type: 'rpa', path: '' };
  const hits = matches
    .slice(start, start + query.limit)
    .map((match) => ({ ...place, match, before: '', found: query.text, after: '' }));
  const count = (section: string) => matches.filter((match) => match.section === section).length;
  const sections = (['input', 'config'] as const).map((id) => ({ section: id, count: count(id) }));
  return someHits(query, {
    ...{ total: matches.length, rows: 1, start, hits },
    sections: sections.filter((one) => one.count > 0),
    ...parts,
  });
}

async function open() {
  const panel = await suite.open(
    withExecutions({
      prepare: (engine) => {
        engine.inspect = (_, row, __, wanted) => content(wanted, row);
        engine.find = (query) => found(query);
      },
    }),
  );
  const { page, engine } = panel;
  await page.locator('#inspector-tab-input').click();
  await page.locator('.inspector-json').waitFor();
  const parts = () => engine.queriesOf('inspect').map(({ part }) => part);
  const wanted = () => engine.queriesOf('inspect').map(({ wanted = [] }) => placeOf(wanted));
  return { ...panel, parts, wanted };
}

/** It may be out of sight, and is not drawn then. */
async function chooseFirstStep(page: Page): Promise<void> {
  await page.locator('.tree-row').first().click();
  await page.keyboard.press('Home');
  await page.locator('[data-key="start"] .tree-label').click();
}

/** The places of the rows that are drawn. */
const drawnRows = async (page: Page) =>
  (await page.locator('.inspector-json-row[aria-level="2"] .inspector-json-name').allTextContents())
    .map((name) => Number.parseInt(name, 10))
    .filter((place) => !Number.isNaN(place));

test('of a large value the beginning is asked for, and the next rows where somebody goes on', async () => {
  const { page, parts, wanted } = await open();
  const branch = page.locator('.inspector-json-row', { hasText: 'rows:' }).first();
  expect(await branch.locator('.inspector-json-size').textContent()).toBe('[5000]');
  await branch.locator('.inspector-json-name').click();
  const more = page.locator('.inspector-more', { hasText: 'More of' });
  await expect.poll(() => more.textContent()).toBe('Show 100 More of 5,000');
  await more.click();
  await more.click();
  await expect.poll(async () => (await drawnRows(page)).at(-1)).toBe(299);
  expect(new Set(wanted())).toEqual(new Set([0]));
  await more.click();
  await expect.poll(async () => (await drawnRows(page)).at(-1)).toBe(399);
  expect(wanted().at(-1)).toBe(300);
  for (const last of [499, 599, 699]) {
    await more.click();
    await expect.poll(async () => (await drawnRows(page)).at(-1)).toBe(last);
  }
  expect(wanted().at(-1)).toBe(500);
  // What was left far above is not in the page any more, and comes again.
  const all = await drawnRows(page);
  expect([all[0], all.length]).toEqual([400, 300]);
  const before = page.locator('.inspector-more', { hasText: 'Previous' });
  await before.click();
  await expect.poll(async () => (await drawnRows(page))[0]).toBe(300);
  expect(wanted().at(-1)).toBe(399);
  // All of it is never asked for.
  expect(new Set(parts())).toEqual(new Set(['beginning']));
  await chooseFirstStep(page);
  await expect.poll(() => wanted().at(-1)).toBe(0);
});

/** Where the value stands in the step that is shown: its text is the host's to ask for. */
const ofTable = { key: 'workflow/spf5', row: 'save', section: 'input', index: 0, path: '' };

test('all of it is copied, and opened in an editor, and goes through no page', async () => {
  const { page, hostCalls, parts } = await open();
  const lastOf = (method: string) =>
    hostCalls.filter((call) => call.method === method).at(-1)?.params as
      { text: unknown } | undefined;
  const block = page.locator('.inspector-value');
  await block.getByRole('button', { name: 'Open table in Editor' }).click();
  await expect.poll(() => lastOf('openText')?.text).toEqual(ofTable);
  await block.getByRole('button', { name: 'Copy table' }).click();
  await expect.poll(() => lastOf('copy')?.text).toEqual(ofTable);
  expect(new Set(parts())).toEqual(new Set(['beginning']));
});

test('all of a part is copied', async () => {
  const { page, hostCalls } = await open();
  const branch = page.locator('.inspector-json-row', { hasText: 'rows:' }).first();
  await branch.hover();
  await branch.getByRole('button', { name: 'Copy Value' }).click();
  const copied = () => hostCalls.find(({ method }) => method === 'copy')?.params;
  await expect.poll(copied).toEqual({ text: { ...ofTable, path: '/rows' } });
});

test('what can be done with a part is made where somebody points, and moves no text', async () => {
  const { page } = await open();
  const branch = page.locator('.inspector-json-row', { hasText: 'rows:' }).first();
  await branch.locator('.inspector-json-name').click();
  const part = page.locator('.inspector-json-row', { hasText: /^2: / });
  const line = part.locator('.inspector-json-line');
  const buttons = page.locator('.inspector-json-actions');
  expect(await buttons.count()).toBe(1);
  await part.scrollIntoViewIfNeeded();
  const before = await line.boundingBox();
  await part.hover();
  await part.getByRole('button', { name: 'Copy Value' }).waitFor();
  expect(await buttons.count()).toBe(2);
  expect(await line.boundingBox()).toEqual(before);
});

/** Opens the search of the inspector and types. */
async function search(page: Page, text: string) {
  await page.locator('.inspector').getByRole('button', { name: /^Find/ }).first().click();
  await page.locator('.inspector-search input').fill(text);
  const mark = page.locator('.inspector-match-current');
  const count = () => page.locator('.inspector-search-count').textContent();
  return { mark, count };
}

test('all of it is searched by the engine, and a match far behind is shown with what is around it', async () => {
  const { page, engine, parts } = await open();
  const { mark, count } = await search(page, 'Customer 4321');
  await expect.poll(() => mark.textContent()).toBe('Customer 4321');
  expect(await count()).toBe('1 of 1');
  expect(engine.queriesOf('find').at(-1)).toMatchObject({
    ...{ key: 'workflow/spf5', row: 'save', text: 'Customer 4321' },
  });
  const drawn = await page.locator('.inspector-json-row').count();
  expect(drawn).toBeLessThan(500);
  const box = (await mark.boundingBox())!;
  const panel = (await page.locator('.inspector-panel').boundingBox())!;
  expect(box.y).toBeGreaterThan(panel.y);
  expect(box.y).toBeLessThan(panel.y + panel.height);
  const before = page.locator('.inspector-more', { hasText: 'Previous' });
  expect(await before.textContent()).toBe('Show Previous 100 of 5,000');
  await before.click();
  await expect.poll(() => page.getByText('4171: ', { exact: false }).count()).toBeGreaterThan(0);
  expect(new Set(parts())).toEqual(new Set(['beginning']));
});

test('who steps on goes from match to match, to the end of all of them and on to the first', async () => {
  const { page } = await open();
  const { mark, count } = await search(page, 'Customer 4');
  await expect.poll(count).toBe('1 of 1112');
  expect(await page.locator('#inspector-tab-config').textContent()).toContain('1');
  await page.keyboard.press('Shift+F3');
  await expect.poll(count).toBe('1112 of 1112');
  await expect
    .poll(() => page.locator('#inspector-tab-config').getAttribute('aria-selected'))
    .toBe('true');
  await page.keyboard.press('Shift+F3');
  await expect.poll(count).toBe('1111 of 1112');
  const row = page.locator('.inspector-json-row', { has: mark });
  await expect.poll(() => row.textContent()).toContain('Customer 4999');
  await page.keyboard.press('F3');
  await page.keyboard.press('F3');
  await expect.poll(count).toBe('1 of 1112');
  await expect.poll(() => row.textContent()).toContain('Customer 4"');
});

test('while it is searched what was found so far is told, and why nothing more is', async () => {
  const { page, engine } = await open();
  let parts: Partial<FindAnswer> = { ...{ total: 0, hits: [], sections: [] }, state: 'searching' };
  engine.find = (query) => found(query, parts);
  const { mark, count } = await search(page, 'Customer 43');
  await expect.poll(count).toBe('Loading…');
  const told = (now: Partial<FindAnswer>) => {
    parts = now;
    engine.push('find', () => true);
  };
  told({ state: 'searching' });
  await expect.poll(() => mark.textContent()).toBe('Customer 43');
  expect(await count()).toBe('1 of 111+');
  told({});
  await expect.poll(count).toBe('1 of 111');
  told({ fault: { kind: 'failed', detail: 'It broke off' } });
  await expect.poll(count).toContain('It broke off');
});

test('another step is searched for the same, and nobody is asked once the search is closed', async () => {
  const { page, engine } = await open();
  await search(page, 'Customer 4321');
  await expect.poll(() => engine.queriesOf('find').at(-1)?.row).toBe('save');
  await chooseFirstStep(page);
  await expect.poll(() => engine.queriesOf('find').at(-1)?.row).toBe('start');
  const asked = engine.queriesOf('find').length;
  await page.locator('.inspector-search input').press('Escape');
  await chooseFirstStep(page);
  expect(engine.queriesOf('find').length).toBe(asked);
});

test('a place that was found far inside it is shown, and only what is around it is asked for', async () => {
  const { page, host, parts, wanted } = await open();
  const place = { section: 'input', entry: 'input:table:', path: '/rows/4321/name' } as const;
  const match = { ...place, part: 'value', offset: 0, length: 8 } as const;
  host.emit('select', { key: 'workflow/spf5', nodeId: 'rpa::save', rowKey: 'save', match });
  const mark = page.locator('.inspector-match-current');
  await expect.poll(() => mark.textContent()).toBe('Customer');
  expect(await page.locator('.inspector-json-row', { has: mark }).textContent()).toContain('4321');
  expect(wanted().at(-1)).toBe(4_321);
  expect(new Set(parts())).toEqual(new Set(['beginning']));
});

/** A report of 20,000 lines, of which the engine gives 64 K signs. */
const report = Array.from({ length: 20_000 }, (_, n) => `Line ${String(n)} of the report`).join(
  '\n',
);

test('of a long text a window is in the page, around what was found in it, and more on either side', async () => {
  const textOf = (wanted: readonly WantedPart[] = []) => {
    const offset = wanted.at(-1)?.offset ?? 0;
    const from = offset < 32_768 ? 0 : report.lastIndexOf('\n', offset - 32_768) + 1;
    const text = report.slice(from, from + 65_536);
    const count = (part: string) => part.split('\n').length - 1;
    const lines = {
      before: count(report.slice(0, from)),
      behind: count(report.slice(from + 65_536)),
    };
    const leftOut = [{ path: [], size: report.length, from, lines, bytes: report.length }];
    return nodeContent({ input: [named('report', text, { form: 'text', leftOut })] });
  };
  const all = nodeSections(nodeContent({ input: [named('report', report)] }).data);
  const { page } = await suite.open(
    withExecutions({
      prepare: (engine) => {
        engine.inspect = (_, __, ___, wanted) => textOf(wanted);
        engine.find = (query) => {
          const [match] = searchSections(all, wordFinder(query.text)).matches;
          const hits = [{ ...someHits(query).hits[0]!, match: match! }];
          return someHits(query, { total: 1, hits, sections: [{ section: 'input', count: 1 }] });
        };
      },
    }),
  );
  await page.locator('#inspector-tab-input').click();
  const text = page.locator('.inspector-text');
  await text.waitFor();
  expect(await page.locator('.inspector-value-size').textContent()).toBe('477.4 KB');
  const { mark } = await search(page, 'Line 19876 of');
  await expect.poll(() => mark.textContent()).toBe('Line 19876 of');
  const shown = async () => (await text.textContent())?.length ?? 0;
  expect(await shown()).toBeLessThan(5_000);
  const [before, behind] = ['Earlier Lines of', 'More Lines of'].map((words) =>
    page.locator('.inspector-more', { hasText: words }),
  );
  await behind!.click();
  await before!.click();
  await expect.poll(() => text.textContent()).toContain('Line 19830 of the report');
  expect(await shown()).toBeLessThan(10_000);
});

test('where more of it can’t be had its beginning stays, and more can be asked for again', async () => {
  let isLost = true;
  const { page } = await suite.open(
    withExecutions({
      prepare: (engine) => {
        engine.inspect = (_, __, ___, wanted) => {
          if (placeOf(wanted ?? []) > 0 && isLost) {
            isLost = false;
            throw new RequestError({ reason: 'timeout', message: 'The engine did not answer' });
          }
          return content(wanted);
        };
      },
    }),
  );
  await page.locator('#inspector-tab-input').click();
  await page
    .locator('.inspector-json-row', { hasText: 'rows:' })
    .first()
    .locator('.inspector-json-name')
    .click();
  const more = page.locator('.inspector-more', { hasText: 'More of' });
  for (let shown = 100; shown <= 300; shown += 100) await more.click();
  await page.locator('.inspector-error').waitFor();
  await more.click();
  await expect.poll(() => page.getByText('399: ', { exact: false }).count()).toBeGreaterThan(0);
  expect(await page.locator('.inspector-error').count()).toBe(0);
});
