import { expect, test } from 'vitest';
import type { Reach } from '../../src/protocol/status.ts';
import { RequestError } from '../../src/protocol/packet.ts';
import { anExecution, executions, liveStatus } from './panelData.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();
const sinceMs = new Date(2026, 10, 24, 12, 0, 0).getTime();
const reach = (parts: Partial<Reach> = {}): Reach => ({
  ...{ sinceMs, before: 400, state: 'idle' },
  ...parts,
});

function open(shown: Reach | null, options: Parameters<typeof suite.open>[0] = {}, rows = 40) {
  return suite.open({
    prepare: (engine) => {
      // The newest are 41 and above: what is older has the numbers before.
      engine.rows = executions(40 + rows).slice(0, rows);
      engine.status = { ...liveStatus, reach: shown };
    },
    seed: { hasStarted: true, ...options.seed },
    ...options,
  });
}

const foot = () => suite.panel.page.locator('.list-foot');
const button = () =>
  suite.panel.page.getByRole('button', { name: /^(Load Older|加载更早的执行)$/ });

test.each([
  ['light', { theme: 'light-modern' }],
  ['narrow-contrast', { theme: 'high-contrast', width: 400 }],
  ['chinese', { seed: { hasStarted: true, language: 'zh-cn' } }],
] as const)('the end of the list says how far back it reaches: %s', async (name, options) => {
  const { page, engine, screenshot } = await open(reach(), options);
  if (name === 'narrow-contrast') await page.locator('.picker-button').click();
  await expect.poll(() => foot().innerText()).toMatch(/All since .*12:00:00|12:00:00 起/);
  await screenshot(`load-older-${name}`);
  await button().click();
  await expect.poll(() => engine.callsOf('loadOlder')).toHaveLength(1);
});

test('older ones come in at the end: no row moves, and the focus stays', async () => {
  const { page, engine } = await open(reach());
  const { promise, resolve } = Promise.withResolvers<null>();
  engine.loadOlder = () => promise;
  const list = page.locator('.execution-rows');
  await list.evaluate((it) => (it.scrollTop = it.scrollHeight));
  const before = await list.evaluate((it) => it.scrollTop);
  await button().focus();
  await page.keyboard.press('Enter');
  engine.status = { ...engine.status, reach: reach({ state: 'reading' }) };
  engine.pushStatus();
  await foot().getByText('Loading older executions…').waitFor();
  await page.keyboard.press('Enter');
  engine.rows = executions(80);
  engine.pushList();
  engine.status = { ...engine.status, reach: reach({ before: 0 }) };
  engine.pushStatus();
  resolve(null);
  await foot().getByText('From the beginning of the topic').waitFor();
  expect(engine.callsOf('loadOlder')).toHaveLength(1);
  expect(await list.evaluate((it) => it.scrollTop)).toBe(before);
  await expect
    .poll(() => page.locator('.execution-row').first().getAttribute('aria-setsize'))
    .toBe('80');
});

test('what the history knows comes in behind, page by page, and says where only a summary is left', async () => {
  const { page, engine, screenshot } = await open(reach({ before: 0 }), {}, 20);
  const history = page.locator('.list-earlier');
  engine.earlier = { isLooking: false, backToMs: null, found: 0, hasMore: true };
  engine.pushList();
  await history.getByText('The history has older executions').waitFor();
  engine.onList = ({ earlier = 0 }) => {
    if (earlier === 0) return;
    engine.earlier = { isLooking: false, backToMs: sinceMs, found: 20, hasMore: false };
    engine.rows = executions(60)
      .slice(0, 40)
      .map((row, at) => (at === 39 ? { ...row, summaryOnly: true } : row));
  };
  await history.getByRole('button', { name: 'Show History' }).click();
  await history.getByText(/All of the history: since .*12:00:00/).waitFor();
  expect(await history.getByRole('button').count()).toBe(0);
  await expect
    .poll(() => page.locator('.execution-row').first().getAttribute('aria-setsize'))
    .toBe('40');
  const list = page.locator('.execution-rows');
  await list.evaluate((it) => (it.scrollTop = it.scrollHeight));
  await page.locator('.execution-row[aria-label$="summary only"] .codicon-history').waitFor();
  await screenshot('load-older-history');
  // What the history has are none of those in memory.
  await page.locator('.filter-input').fill('e');
  await expect.poll(() => engine.queriesOf('list').at(-1)?.filter).toBe('e');
  await expect.poll(() => page.locator('.scope-count').allTextContents()).toEqual(['40']);
});

test('memory that is full leads to the setting', async () => {
  const { page, engine, asked } = await open(reach({ state: 'full' }));
  await foot().getByText('Memory is full').waitFor();
  await page.getByRole('button', { name: 'Open Settings' }).click();
  expect(await asked('openSettings')).toEqual({ setting: 'rpaTrace.store.maxMegabytes' });
  expect(engine.callsOf('loadOlder')).toEqual([]);
});

test('what could not be read is told', async () => {
  const { page, engine } = await open(reach());
  engine.loadOlder = () => {
    throw new RequestError({ reason: 'internal', message: 'The connection was lost' });
  };
  await button().click();
  const text = 'Older executions could not be read. The connection was lost';
  await page.locator('.banner').getByText(text).waitFor();
});

test('also where nothing was read yet', async () => {
  const { engine } = await open(reach({ sinceMs: null }), {}, 0);
  await button().click();
  await expect.poll(() => engine.callsOf('loadOlder')).toHaveLength(1);
  engine.arrive(anExecution(1));
  await foot().getByText('The topic has older executions').waitFor();
});

test('nothing of it where a source is always read whole', async () => {
  const { page } = await open(null);
  await page.locator('.execution-row').first().waitFor();
  expect(await foot().count()).toBe(0);
});
