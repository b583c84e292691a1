import { expect, test } from 'vitest';
import type { SourceState } from '../../src/record/recordSource.ts';
import { type Failure, RequestError } from '../../src/protocol/packet.ts';
import { executions, liveStatus } from './panelData.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();
const stuck: SourceState = {
  ...{ kind: 'stuck', lag: 40, more: 0 },
  batch: {
    ...{ topic: 'spark-agent-builder', partition: 3, offset: '120', lastOffset: '139' },
    ...{ fault: 'checksum', bytes: 9_000, detail: '34865cf8 instead of bba43d2b' },
  },
};

function open(rows: number, options: Parameters<typeof suite.open>[0] = {}) {
  return suite.open({
    prepare: (engine) => {
      engine.rows = executions(rows);
      engine.status = { ...liveStatus, state: stuck };
    },
    ...options,
  });
}

test.each([
  ['light', { theme: 'light-modern' }],
  ['narrow-contrast', { theme: 'high-contrast', width: 520 }],
  ['chinese', { seed: { language: 'zh-cn' } }],
] as const)(
  'a source that is stuck says where, and skips what is damaged: %s',
  async (name, options) => {
    const { page, engine, screenshot } = await open(12, options);
    const banner = page.locator('.banner');
    await expect
      .poll(() => banner.innerText())
      .toMatch(/partition 3, offset 120|分区 3、偏移量 120/);
    await expect.poll(() => banner.innerText()).toMatch(/20 records are lost|丢失 20 条记录/);
    await expect.poll(() => page.locator('.source-status').innerText()).toMatch(/Stuck|读取受阻/);
    await expect.poll(() => page.locator('.source-status').innerText()).toMatch(/40/);
    await screenshot(`stuck-${name}`);
    await banner.getByRole('button', { name: /^(Skip|跳过)$/ }).click();
    const position = { topic: 'spark-agent-builder', partition: 3, offset: '120' };
    await expect.poll(() => engine.callsOf('skipDamaged')).toEqual([{ position }]);
    engine.setState({ kind: 'live', lag: 0 });
    await expect.poll(() => banner.count()).toBe(0);
  },
);

test('without any execution too', async () => {
  const { page, engine } = await open(0);
  await page.getByText('Damaged batch at partition 3, offset 120').waitFor();
  await page.getByRole('button', { name: 'Skip' }).click();
  await expect.poll(() => engine.callsOf('skipDamaged')).toHaveLength(1);
});

test.each<[Failure['reason'], RegExp | null]>([
  // Reading has gone on by itself.
  ['notFound', null],
  ['timeout', /There was no response in time/],
  ['engineLost', /The trace engine stopped before it responded/],
  ['internal', /it went wrong/],
])('a skip that fails is told, unless there is nothing to skip: %s', async (reason, says) => {
  const { page, engine } = await open(12);
  engine.skipDamaged = () => {
    throw new RequestError({ reason, message: 'it went wrong' });
  };
  await page.locator('.banner').getByRole('button', { name: 'Skip' }).click();
  await expect.poll(() => engine.callsOf('skipDamaged')).toHaveLength(1);
  if (says !== null) await page.locator('.banner').getByText(says).waitFor();
  // What comes after the answer is shown after it.
  engine.setState({ kind: 'live', lag: 0 });
  await expect.poll(() => page.locator('.banner').count()).toBe(says === null ? 0 : 1);
});
