import { describe, expect, test } from 'vitest';

import type { TreeQuery } from '../../../src/protocol/tree.ts';
import { recordWith } from '../../support/fixtures.ts';
import { sampleRecord, sampleSid } from '../../support/sampleRecords.ts';
import { engineParts, flowFile, treeQuery } from '../engine/world.ts';

const asOpened = { at: { around: 'failing' }, limit: 3 } as const;
/** As many as stay open. */
const mostOpened = 24;

/** A run of more than a quarter of a megabyte that failed, with what `changes` says of it. */
function largeRecord(changes: Readonly<Record<string, unknown>> = {}, bytes = 300_000) {
  const root = JSON.parse(sampleRecord('failed', 100)) as { trace: object[] };
  const [first, ...others] = root.trace;
  const trace = [{ ...first, note: 'x'.repeat(bytes) }, ...others];
  return recordWith(JSON.stringify({ ...root, trace, ...changes }));
}

function withLongError() {
  const root = JSON.parse(sampleRecord('failed', 100)) as { trace: object[] };
  const logs = [JSON.stringify({ level: 'ERROR', message: 'at line 1. '.repeat(30_000) })];
  const trace = root.trace.map((entry) => ({ ...entry, logs }));
  return recordWith(JSON.stringify({ ...root, trace }));
}

/** A large run that was opened, and others after it; nothing of its bytes is in memory. */
async function openedBefore(record = largeRecord(), query: Partial<TreeQuery> = asOpened) {
  const parts = engineParts({ maxBytes: 10, maxExecutions: 1_000 });
  await parts.opened;
  const [key = ''] = parts.take([record]).finished.map(({ summary }) => summary.key);
  const first = await parts.tree.window(treeQuery(key, query));
  const robots = Array.from({ length: mostOpened }, (_, n) => recordWith(sampleRecord('robot', n)));
  for (const { summary } of parts.take(robots).finished) {
    await parts.tree.window(treeQuery(summary.key, asOpened));
  }
  /** The window again, and how many records were read for it. */
  const again = async (other: Partial<TreeQuery> = query) => {
    const before = parts.fetched.length;
    const window = await parts.tree.window(treeQuery(key, other));
    return { window, read: parts.fetched.length - before };
  };
  return { ...parts, key, first, again };
}

type Opened = Awaited<ReturnType<typeof openedBefore>>;

describe('a large execution that was looked at before', () => {
  test('shows what it showed first, and nothing is read for it', async () => {
    const { first, again, tree, key } = await openedBefore();
    expect(first.rows.some(({ failing }) => failing)).toBe(true);
    expect(await again()).toEqual({ window: first, read: 0 });
    expect((await tree.inspect(key, first.rows[0]?.key ?? '')).kind).toBe('node');
    // Now it is open.
    expect(await again()).toEqual({ window: first, read: 0 });
  });

  test.each<readonly [string, (opened: Opened) => unknown]>([
    ['it was reported anew', ({ take }) => take([largeRecord({ version: '2' })])],
    ['a robot that it called came', ({ take }) => take([recordWith(sampleRecord('robot', 100))])],
    [
      'a workflow came that says so',
      ({ take }) => {
        const root = JSON.parse(sampleRecord('succeeded', 101)) as object;
        take([recordWith(JSON.stringify({ ...root, srv: { parent_sid: sampleSid(100) } }))]);
      },
    ],
    ['its flow file is known', ({ handlers }) => handlers.setFlow(flowFile('invoice-entry.yaml'))],
    [
      'more is masked',
      ({ redaction }) => redaction.configure({ patterns: ['录入'], names: [], allowReveal: false }),
    ],
  ])('is read again where %s', async (_, change) => {
    const opened = await openedBefore();
    await change(opened);
    const { window, read } = await opened.again();
    expect(read).toBe(1);
    expect(window).not.toEqual(opened.first);
  });

  test('is read again where another source is opened', async () => {
    const { tree, again, first } = await openedBefore();
    tree.clear();
    expect(await again()).toEqual({ window: first, read: 1 });
  });

  test.each<readonly [string, Partial<TreeQuery>]>([
    ['other rows', { at: { offset: 0 }, limit: 3 }],
    ['more of them', { ...asOpened, limit: 5 }],
    ['a row of it', { at: { aroundRow: 'x' }, limit: 3 }],
    ['closed rows', { ...asOpened, collapsed: ['x'] }],
  ])('is read again for %s', async (_, query) => {
    const { again } = await openedBefore();
    expect((await again(query)).read).toBe(1);
  });
});

test.each<readonly [string, Parameters<typeof openedBefore>]>([
  ['a small one', [largeRecord({}, 10)]],
  ['what was asked by its place', [largeRecord(), { at: { offset: 0 }, limit: 3 }]],
  ['one with long errors', [withLongError()]],
])('of %s nothing is kept', async (_, [record, query]) => {
  const { again } = await openedBefore(record, query);
  expect((await again()).read).toBe(1);
});
