import { expect, test } from 'vitest';

import type { EngineLoss } from '../../src/protocol/engineLoss.ts';
import { executions, liveStatus, noStatus } from './panelData.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();

const loss: EngineLoss = { cause: 'memory', detail: 'heap', deaths: 6, comesBack: false };

const banner = () => suite.panel.page.locator('.banner');
const words = () => suite.panel.page.locator('.source-status').innerText();
const button = (name: string) => banner().getByRole('button', { name });

test('an engine that is started again is told of, and nothing is to be done', async () => {
  await suite.open({
    prepare: (engine) => {
      engine.rows = executions(3);
      engine.status = liveStatus;
    },
  });
  const { host, page } = suite.panel;
  host.emit('engineLost', { ...loss, deaths: 1, comesBack: true });
  await banner().getByText('It is being restarted; what you see stays.').waitFor();
  await expect.poll(() => words()).toMatch(/^Restarting/);
  expect(await button('Restart Engine').count()).toBe(0);
  await expect.poll(() => page.locator('.execution-row').count()).toBe(3);
});

test('one that is given up says why, and what the reader can do', async () => {
  await suite.open({
    prepare: (engine) => {
      engine.rows = executions(3);
      engine.status = liveStatus;
    },
  });
  const { host, page, asked, screenshot } = suite.panel;
  host.emit('engineLost', loss);
  await banner()
    .getByText(/^The trace engine ran out of memory\. .*6 times in a row/)
    .waitFor();
  await expect.poll(() => words()).toMatch(/^Stopped/);
  await screenshot('engine-given-up');
  await expect.poll(() => page.locator('.execution-row').count()).toBe(3);
  await button('Open Settings').click();
  expect(await asked('openSettings')).toEqual({ setting: 'rpaTrace.engine.maxHeapMegabytes' });
  await button('Restart Engine').click();
  await asked('startEngine');
  host.emit('engineReady', null);
  await banner().waitFor({ state: 'detached' });
  await expect.poll(() => words()).toMatch(/^Live/);
});

test('a page that begins while the engine is away says so, and shows all once it is back', async () => {
  const selected = executions(3)[2]?.key ?? '';
  await suite.open({
    seed: { hasStarted: true, engineLost: loss },
    saved: { selected },
    prepare: (engine) => {
      engine.rows = executions(3);
      engine.status = liveStatus;
      engine.isAway = true;
    },
  });
  const { engine, host, page } = suite.panel;
  await button('Restart Engine').waitFor();
  expect(await page.locator('.execution-row').count()).toBe(0);
  expect(await page.getByText('Opening the last source').count()).toBe(0);
  engine.isAway = false;
  host.emit('engineReady', null);
  await banner().waitFor({ state: 'detached' });
  await page.locator('.execution-row.selected').waitFor();
  await page.getByRole('treeitem').first().waitFor();
  expect(engine.queriesOf('tree').at(-1)?.key).toBe(selected);
});

test('one that is replaced is no loss, and what is shown stays until the next has read', async () => {
  await suite.open({
    prepare: (engine) => {
      engine.rows = executions(3);
      engine.status = liveStatus;
    },
  });
  const { engine, host, page } = suite.panel;
  await page.locator('.execution-row').nth(2).waitFor();
  // It is idle until the host has told it what to read.
  engine.forget();
  engine.status = noStatus;
  const asked = engine.queriesOf('list').length;
  host.emit('engineReady', null);
  await expect.poll(() => engine.queriesOf('list').length).toBeGreaterThan(asked);
  engine.pushStatus();
  engine.pushList();
  await expect.poll(() => page.locator('.execution-row').count()).toBe(3);
  expect(await banner().count()).toBe(0);
  engine.status = liveStatus;
  engine.arrive(...executions(2));
  await expect.poll(() => page.locator('.execution-row').count()).toBe(2);
});
