import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { aTree, executions, liveStatus } from './panelData.ts';
import { panelSuite } from './panelSuite.ts';
import { row } from './treeRows.ts';

const suite = panelSuite();

const steps = Array.from({ length: 60 }, (_, n) => row(`step ${n}`));
const rowOf = (page: Page, name: string) => page.locator(`.tree [data-key="${name}"]`);
const topOf = (page: Page) => page.locator('.tree-rows').evaluate((tree) => tree.scrollTop);

/** A failed execution of many steps, scrolled down, with one of them selected. */
async function lookAround(): Promise<Page> {
  const { page } = await suite.open({
    prepare: (engine) => {
      engine.rows = executions(12);
      engine.status = liveStatus;
      engine.treeOf = (execution) => ({
        ...aTree(execution),
        ...{ rows: steps, totalRows: steps.length },
      });
    },
    seed: { hasStarted: true },
    ...{ width: 1300, height: 800 },
  });
  await rowOf(page, 'step 0').waitFor();
  await page.locator('.tree-rows').evaluate((tree) => {
    tree.scrollTop = 30 * 22;
  });
  await rowOf(page, 'step 31').click();
  await expect.poll(() => rowOf(page, 'step 31').getAttribute('aria-selected')).toBe('true');
  // What comes of reading on.
  await page.locator('.why-folds summary', { hasText: 'Unusual inputs' }).click();
  await page.locator('.why-folds details[open]').waitFor();
  return page;
}

const pageNamed = (name: string) => async (page: Page) => {
  await page.locator('.page-switch button', { hasText: name }).click();
  await page.locator('.tree-rows').waitFor({ state: 'detached' });
  await page.locator('.page-switch button', { hasText: 'Executions' }).click();
};

test('who jumps to the failing step sees in the panel what happened there', async () => {
  const { page, asked } = await suite.open({
    prepare: (engine) => {
      engine.rows = executions(12);
      engine.status = liveStatus;
    },
    seed: { hasStarted: true },
  });
  const selected = page.locator('.tree-row[aria-selected="true"]');
  await expect.poll(() => selected.textContent()).toMatch(/Click save/);
  await page.locator('.tree-row').first().click();
  await expect.poll(() => selected.textContent()).not.toMatch(/Click save/);
  await page.getByRole('button', { name: 'Jump to Failing Step' }).click();
  expect(await asked('revealNode')).toMatchObject({ target: 'failing' });
  await expect.poll(() => selected.textContent()).toMatch(/Click save/);
});

test.each([
  ['the problems', pageNamed('Problems')],
  ['the numbers', pageNamed('Numbers')],
  [
    'a comparison',
    async (page: Page) => {
      await page.locator('.compare-last-good').click();
      await page.locator('.compare-list').waitFor();
      await page.getByRole('button', { name: 'Back to Executions' }).click();
    },
  ],
  [
    'another execution',
    async (page: Page) => {
      const rows = page.locator('.execution-row');
      const left = await page.locator('.execution-row.selected').getAttribute('data-index');
      await rows.nth(Number(left) + 1).click();
      await expect.poll(() => topOf(page)).toBe(0);
      await rows.nth(Number(left)).click();
    },
  ],
] as const)('who comes back from %s finds the tree as he left it', async (_, goAndComeBack) => {
  const page = await lookAround();
  const top = await topOf(page);
  expect(top).toBeGreaterThan(400);
  await goAndComeBack(page);
  await page.locator('.tree-rows').waitFor();
  await expect.poll(() => topOf(page)).toBe(top);
  await expect.poll(() => rowOf(page, 'step 31').getAttribute('aria-selected')).toBe('true');
  await page.locator('.why-folds details[open]').waitFor();
});
