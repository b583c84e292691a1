import { describe, expect, test } from 'vitest';
import type { ConsumedRecord } from '../../../src/record/consumedRecord.ts';
import { recordsOf, recordWith } from '../../support/fixtures.ts';
import { engineParts, treeQuery } from '../engine/world.ts';

/** Workflows that end before their caller; a workflow with other parameters; the caller; one an hour later. */
const [first, other, second, caller, later] = recordsOf('37-sub-workflows.g1.jsonl') as [
  ConsumedRecord,
  ConsumedRecord,
  ConsumedRecord,
  ConsumedRecord,
  ConsumedRecord,
];
const keyOf = (record: ConsumedRecord) => `workflow/${rootOf(record).sid}`;
const rootOf = ({ value }: ConsumedRecord) =>
  JSON.parse(new TextDecoder().decode(value ?? undefined)) as { sid: string } & Record<
    string,
    unknown
  >;

/** The caller as somebody else's, with a sid of its own. */
const secondCaller = (change: (text: string) => string = (text) => text) => {
  const { sid } = rootOf(caller);
  const text = new TextDecoder().decode(caller.value ?? undefined);
  return recordWith(change(text.replaceAll(sid, sid.replace('0070', '0080'))));
};

async function calledIn(parts: ReturnType<typeof engineParts>, record: ConsumedRecord) {
  const { rows } = await parts.tree.window(treeQuery(keyOf(record)));
  return rows.flatMap(({ execution, confidence, level }) =>
    execution === null ? [] : [`${execution}, ${String(confidence)}, level ${String(level)}`],
  );
}

const certain = `${keyOf(first)}, certain, level 2`;
const likely = `${keyOf(second)}, likely, level 2`;

test.each([
  ['before', [first, other, second, later, caller]],
  ['behind', [caller, later, second, other, first]],
])(
  'workflows that came %s their caller hang below the nodes that called them',
  async (_, records) => {
    const parts = engineParts();
    parts.take(records);
    expect(await calledIn(parts, caller)).toEqual([certain, likely]);
    expect(await calledIn(parts, first)).toEqual([]);
  },
);

test('an open tree follows when a workflow comes that its node called', async () => {
  const parts = engineParts();
  parts.take([caller]);
  const query = treeQuery(keyOf(caller));
  await parts.handlers.watch({ watcher: 'w', id: 't', kind: 'tree', query });
  expect(await calledIn(parts, caller)).toEqual([]);
  const stamp = parts.tree.stamp(keyOf(caller));
  parts.take([other]);
  expect(await calledIn(parts, caller)).toEqual([]);
  parts.take([first]);
  expect(parts.tree.stamp(keyOf(caller))).not.toBe(stamp);
  expect(await calledIn(parts, caller)).toEqual([certain]);
  parts.changed();
  await expect.poll(() => parts.events.filter(([name]) => name === 'pushed').length).toBe(1);
});

test('where its bytes are gone only flow and time can be compared', async () => {
  const parts = engineParts({ maxBytes: 8_000, maxExecutions: 100 });
  await parts.opened;
  parts.take([first, caller]);
  expect(parts.room.isHeld(parts.store.get(keyOf(first))!)).toBe(false);
  expect(await calledIn(parts, caller)).toEqual([`${keyOf(first)}, likely, level 2`]);
});

test('it can be opened from its row, and is inspected as an execution', async () => {
  const parts = engineParts();
  parts.take([first, caller]);
  const { rows } = await parts.tree.window(treeQuery(keyOf(caller)));
  const row = rows.find(({ execution }) => execution !== null);
  expect(row?.name).toBe('7379450201923930001');
  expect(await parts.tree.inspect(keyOf(caller), row?.key ?? '')).toMatchObject({
    ...{ kind: 'execution', summary: { key: keyOf(first), kind: 'workflow' } },
  });
});

describe('two callers at the same time', () => {
  const withoutParameters = secondCaller((text) =>
    text.replaceAll('\\"parameters\\"', '\\"params\\"'),
  );

  test('never share a workflow: the first that was opened keeps it', async () => {
    const parts = engineParts();
    const twin = secondCaller();
    parts.take([first, second, caller, twin]);
    expect(await calledIn(parts, caller)).toEqual([certain, likely]);
    expect(await calledIn(parts, twin)).toEqual([]);
    expect(await calledIn(parts, caller)).toEqual([certain, likely]);
  });

  test('the one that knows better takes it from the other', async () => {
    const parts = engineParts();
    parts.take([first, caller, withoutParameters]);
    expect(await calledIn(parts, withoutParameters)).toEqual([`${keyOf(first)}, likely, level 2`]);
    expect(await calledIn(parts, caller)).toEqual([certain]);
    expect(await calledIn(parts, withoutParameters)).toEqual([]);
  });
});

test('parameters are compared as they are meant, however written', async () => {
  const parts = engineParts();
  const spaced = recordWith(
    new TextDecoder()
      .decode(caller.value ?? undefined)
      .replaceAll('\\"invoiceNo\\": ', '\\"invoiceNo\\":   '),
  );
  parts.take([first, spaced]);
  expect(await calledIn(parts, caller)).toEqual([certain]);
});

describe('an execution whose record names what began it', () => {
  const { sid } = rootOf(caller);
  const runs = (rootOf(caller)['trace'] as { readonly id: string }[]).map(({ id }) => id);
  const begun = (own: string, srv: Readonly<Record<string, string>>) =>
    recordWith(JSON.stringify({ ...rootOf(other), sid: own, srv }));
  const large = { workflow_version: 'v'.repeat(20_000) };

  test.each([
    [
      'a run of another, in a large record',
      { ...large, parent_sid: sid, parent_log_id: runs[0] ?? '' },
      'told, level 2',
    ],
    ['a run of another', { parent_sid: sid, parent_log_id: runs[0] ?? '' }, 'told, level 2'],
    ['another as a whole', { parent_sid: sid }, 'told, level 1'],
    ['a run that the record left out', { parent_sid: sid, parent_log_id: 'x' }, 'told, level 1'],
    ['one that nobody knows', { parent_sid: 'x', parent_log_id: runs[0] ?? '' }, undefined],
    ['itself', { parent_sid: 'own', parent_log_id: runs[0] ?? '' }, undefined],
  ])('%s', async (_, srv, expected) => {
    const parts = engineParts();
    const child = begun('own', srv);
    parts.take([child, caller]);
    const found = (await calledIn(parts, caller)).filter((line) => line.includes('/own'));
    expect(found).toEqual(expected === undefined ? [] : [`workflow/own, ${expected}`]);
    expect(await calledIn(parts, child)).toEqual([]);
  });

  test('stands in the tree that is open when it comes, and under no other node', async () => {
    const parts = engineParts();
    parts.take([caller, first]);
    expect(await calledIn(parts, caller)).toEqual([certain]);
    const stamp = parts.tree.stamp(keyOf(caller));
    // The same workflow says now that it was begun by another.
    const root = { ...rootOf(first), srv: { parent_sid: 'x' } };
    parts.take([recordWith(JSON.stringify(root), { offset: '90' })]);
    expect(parts.tree.stamp(keyOf(caller))).not.toBe(stamp);
    expect(await calledIn(parts, caller)).toEqual([]);
    const again = parts.tree.stamp(keyOf(caller));
    parts.take([begun('own', { parent_sid: sid })]);
    expect(parts.tree.stamp(keyOf(caller))).not.toBe(again);
    expect(await calledIn(parts, caller)).toEqual(['workflow/own, told, level 1']);
    expect(parts.store.calledFrom(sid, 10)).toHaveLength(1);
  });
});
