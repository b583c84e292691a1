import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { RequestError } from '../../src/protocol/packet.ts';
import type { WantedPart } from '../../src/trace/wantedPart.ts';
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

function content(part: 'beginning' | undefined, wanted: readonly WantedPart[] = []) {
  const place = placeOf(wanted);
  const from = place < 100 ? 0 : Math.min(place - 100, size - given);
  const value =
    part === undefined
      ? named('table', { sheet: 'June', rows: rows(0, size) })
      : named(
          'table',
          { sheet: 'June', rows: rows(from, given) },
          { leftOut: [{ path: ['rows'], size, ...(from > 0 && { from }) }] },
        );
  return nodeContent({ input: [value] });
}

async function open() {
  const panel = await suite.open(
    withExecutions({
      prepare: (engine) => {
        engine.inspect = (_, __, part, wanted) => content(part, wanted);
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
const whole = { key: 'workflow/spf5', row: 'save', section: 'input', index: 0, path: '' };

test('all of it is copied, and opened in an editor, and goes through no page', async () => {
  const { page, hostCalls, parts } = await open();
  const lastOf = (method: string) =>
    hostCalls.filter((call) => call.method === method).at(-1)?.params as
      { text: unknown } | undefined;
  const block = page.locator('.inspector-value');
  await block.getByRole('button', { name: 'Open table in Editor' }).click();
  await expect.poll(() => lastOf('openText')?.text).toEqual(whole);
  await block.getByRole('button', { name: 'Copy table' }).click();
  await expect.poll(() => lastOf('copy')?.text).toEqual(whole);
  expect(new Set(parts())).toEqual(new Set(['beginning']));
});

test('all of a part is copied', async () => {
  const { page, hostCalls } = await open();
  const branch = page.locator('.inspector-json-row', { hasText: 'rows:' }).first();
  await branch.hover();
  await branch.getByRole('button', { name: 'Copy Value' }).click();
  const copied = () => hostCalls.find(({ method }) => method === 'copy')?.params;
  await expect.poll(copied).toEqual({ text: { ...whole, path: '/rows' } });
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

test('all of it is searched, and a match far behind is shown with what is around it', async () => {
  const { page } = await open();
  await page.locator('.inspector').getByRole('button', { name: /^Find/ }).first().click();
  await page.locator('.inspector-search input').fill('Customer 4321');
  const mark = page.locator('.inspector-match-current');
  await expect.poll(() => mark.textContent()).toBe('Customer 4321');
  expect(await page.locator('.inspector-search-count').textContent()).toBe('1 of 1');
  const drawn = await page.locator('.inspector-json-row').count();
  expect(drawn).toBeLessThan(500);
  const before = page.locator('.inspector-more', { hasText: 'Previous' });
  expect(await before.textContent()).toBe('Show Previous 100 of 5,000');
  await before.click();
  await expect.poll(() => page.getByText('4171: ', { exact: false }).count()).toBeGreaterThan(0);
});

test('another step begins with the beginning of its values again', async () => {
  const { page, parts } = await open();
  await page.locator('.inspector').getByRole('button', { name: /^Find/ }).first().click();
  await expect.poll(() => parts().at(-1)).toBeUndefined();
  await page.keyboard.press('Escape');
  await chooseFirstStep(page);
  await expect.poll(() => parts().at(-1)).toBe('beginning');
});

test('where the whole can’t be had its beginning stays, and it is said', async () => {
  const panel = await suite.open(
    withExecutions({
      prepare: (engine) => {
        engine.inspect = (_, __, part) => {
          if (part === undefined) {
            throw new RequestError({ reason: 'timeout', message: 'The engine did not answer' });
          }
          return content(part);
        };
      },
    }),
  );
  const { page } = panel;
  await page.locator('#inspector-tab-input').click();
  await page.locator('.inspector-json').waitFor();
  await page.locator('.inspector').getByRole('button', { name: /^Find/ }).first().click();
  await page.locator('.inspector-error').waitFor();
  expect(await page.locator('.inspector-json-size').first().textContent()).toBe('[5000]');
});

test('where more of it can’t be had its beginning stays, and more can be asked for again', async () => {
  let isLost = true;
  const { page } = await suite.open(
    withExecutions({
      prepare: (engine) => {
        engine.inspect = (_, __, part, wanted) => {
          if (placeOf(wanted ?? []) > 0 && isLost) {
            isLost = false;
            throw new RequestError({ reason: 'timeout', message: 'The engine did not answer' });
          }
          return content(part, wanted);
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
