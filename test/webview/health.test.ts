import { expect, test } from 'vitest';
import { aHealth, executions, liveStatus } from './panelData.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();

async function openHealth() {
  const panel = await suite.open({
    prepare: (engine) => {
      engine.rows = executions(12);
      engine.status = liveStatus;
    },
    seed: { hasStarted: true },
  });
  const { page } = panel;
  await page.getByRole('button', { name: 'More Actions…' }).click();
  await page.getByRole('menuitem', { name: 'Health' }).click();
  await page.getByRole('heading', { name: 'Health' }).waitFor();
  return panel;
}

test('says how the pipeline is, and follows it', async () => {
  const { page, engine, screenshot, asked } = await openHealth();
  await page.getByText('12,345 records, 45.2 MB').waitFor();
  await expect.poll(() => page.locator('.health-partitions tbody tr').count()).toBe(2);
  await screenshot('health');
  engine.health = aHealth({ rejected: 4, lag: 90_000 });
  engine.push('health');
  await page.locator('.health-warning', { hasText: 'Rejected records' }).waitFor();
  await page.locator('.health-warning', { hasText: 'Lag of 2 partitions' }).waitFor();
  await page.getByRole('button', { name: /Setting of “Heap/ }).click();
  expect(await asked('openSettings')).toEqual({ setting: 'rpaTrace.engine.maxHeapMegabytes' });
});

test('is left by key, and no longer asked for then', async () => {
  const { page, engine } = await openHealth();
  await expect.poll(() => engine.queriesOf('health')).toHaveLength(1);
  await page.keyboard.press('Escape');
  await page.locator('.execution-row').first().waitFor();
  await expect.poll(() => engine.isWatched('health')).toBe(false);
});
