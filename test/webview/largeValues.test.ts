import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import type { InspectorContent } from '../../src/protocol/inspector.ts';
import { RequestError } from '../../src/protocol/packet.ts';
import { named, nodeContent } from './inspectorContents.ts';
import { withExecutions } from './panelStates.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();

/** What the engine sends of a table of 5,000 rows: 300 of them, until more is asked for, or the whole. */
const size = 5_000;
const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: index, name: `Customer ${String(index)}` }));
const table = { sheet: 'June', rows: rows(size) };

function content(part: 'beginning' | undefined, further = 0): InspectorContent {
  const sent = 300 * 4 ** further;
  const value =
    part === undefined || sent >= size
      ? named('table', table)
      : named(
          'table',
          { sheet: 'June', rows: rows(sent) },
          { leftOut: [{ path: ['rows'], size }] },
        );
  return nodeContent({ input: [value] });
}

async function open() {
  const panel = await suite.open(
    withExecutions({
      prepare: (engine) => {
        engine.inspect = (_, __, part, further) => content(part, further);
      },
    }),
  );
  const { page, engine } = panel;
  await page.locator('#inspector-tab-input').click();
  await page.locator('.inspector-json').waitFor();
  const parts = () => engine.queriesOf('inspect').map(({ part }) => part);
  const further = () => engine.queriesOf('inspect').map(({ further = 0 }) => further);
  return { ...panel, parts, further };
}

/** It may be out of sight, and is not drawn then. */
async function chooseFirstStep(page: Page): Promise<void> {
  await page.locator('.tree-row').first().click();
  await page.keyboard.press('Home');
  await page.locator('[data-key="start"] .tree-label').click();
}

test('of a large value the beginning is asked for, and ever more where somebody goes on', async () => {
  const { page, parts, further } = await open();
  const branch = page.locator('.inspector-json-row', { hasText: 'rows:' }).first();
  expect(await branch.locator('.inspector-json-size').textContent()).toBe('[5000]');
  await branch.locator('.inspector-json-name').click();
  const more = page.locator('.inspector-more');
  await expect.poll(() => more.textContent()).toBe('Show 100 More of 5,000');
  await more.click();
  await more.click();
  await expect.poll(() => page.getByText('299', { exact: false }).count()).toBeGreaterThan(0);
  expect(new Set(further())).toEqual(new Set([0]));
  await more.click();
  await expect.poll(() => page.getByText('399: ', { exact: false }).count()).toBeGreaterThan(0);
  expect(further().at(-1)).toBe(1);
  for (let shown = 400; shown <= 1_200; shown += 100) await more.click();
  await expect.poll(() => page.getByText('1299: ', { exact: false }).count()).toBeGreaterThan(0);
  expect(further().at(-1)).toBe(2);
  // All of it is never asked for.
  expect(new Set(parts())).toEqual(new Set(['beginning']));
  await chooseFirstStep(page);
  await expect.poll(() => further().at(-1)).toBe(0);
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
        engine.inspect = (_, __, part, further) => {
          if (further === 1 && isLost) {
            isLost = false;
            throw new RequestError({ reason: 'timeout', message: 'The engine did not answer' });
          }
          return content(part, further);
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
  const more = page.locator('.inspector-more');
  for (let shown = 100; shown <= 300; shown += 100) await more.click();
  await page.locator('.inspector-error').waitFor();
  await more.click();
  await expect.poll(() => page.getByText('499: ', { exact: false }).count()).toBeGreaterThan(0);
  expect(await page.locator('.inspector-error').count()).toBe(0);
});
