import { expect, test } from 'vitest';

import { parseFlow } from '../../../src/flow/parseFlow.ts';
import { maskAgain } from '../../../src/intake/maskAgain.ts';
import { recordWith } from '../../support/fixtures.ts';
import { runWithGap, runWithoutGap } from '../../support/gapRuns.ts';
import { engineParts, flowFile, listQuery } from '../engine/world.ts';

// A step that left no entry is told by what followed in a good run, or by the flow file: in the list as well as in the tree.

function listOf(...records: readonly string[]) {
  const parts = engineParts();
  const take = (...more: readonly string[]) => parts.take(more.map((text) => recordWith(text)));
  take(...records);
  const found = (filter: string) => parts.list.window(listQuery({ filter })).total;
  const failing = () =>
    parts.list.window(listQuery()).rows.find(({ outcome }) => outcome === 'failed')?.failing;
  return { ...parts, takeTexts: take, found, failing };
}

test('a row names the step that left no entry, once its record was looked into', async () => {
  const { failing, list } = listOf(runWithoutGap(1), runWithGap(2));
  const stamp = list.stamp(listQuery());
  expect(failing()).toMatchObject({ nodeId: null, inferred: true });
  await expect.poll(() => failing()?.nodeId).toBe('rpa::3');
  expect(failing()).toMatchObject({ name: 'Enter rows', inferred: true, afterNodeId: 'plugin::2' });
  expect(list.stamp(listQuery())).not.toBe(stamp);
});

test.each(['failing:"enter rows"', 'failing:rpa::3'])(
  '%s finds it, also where no row shows it',
  async (filter) => {
    const { found } = listOf(runWithoutGap(1), runWithGap(2), runWithoutGap(3));
    expect(found(filter)).toBe(0);
    await expect.poll(() => found(filter)).toBe(1);
  },
);

test('node:rpa::3 finds it as what it came to', async () => {
  const { found } = listOf(runWithoutGap(1), runWithGap(2));
  await expect.poll(() => found('node:rpa::3 status:failed')).toBe(1);
  expect(found('node:rpa::3 -status:failed')).toBe(1);
});

test.each(['"enter rows"', 'rpa::3'])('%s finds it so once a row has shown it', async (word) => {
  const { found, failing } = listOf(runWithoutGap(1), runWithGap(2));
  await expect.poll(() => failing()?.nodeId).toBe('rpa::3');
  expect(found(`${word} status:failed`)).toBe(1);
  expect(found(`${word} -status:failed`)).toBe(1);
});

test('what a filter left out is found by it once the step is known', async () => {
  const { found, takeTexts } = listOf(runWithGap(2));
  const filter = 'failing:"Enter rows"';
  expect(found(filter)).toBe(0);
  expect(found(`-${filter}`)).toBe(1);
  takeTexts(runWithoutGap(3));
  await expect.poll(() => found(filter)).toBe(1);
  expect(found(`-${filter}`)).toBe(1);
});

test('a flow file tells it, and tells it anew when it changes', async () => {
  const { flows, list, takeFixture } = engineParts();
  const key = takeFixture('missing').key;
  const { uri, fileName, text } = flowFile('invoice-entry.yaml');
  const failing = () => list.window(listQuery()).rows.find((row) => row.key === key)?.failing;
  expect(failing()).toMatchObject({ nodeId: null });
  flows.set(uri, fileName, parseFlow(text, fileName));
  await expect.poll(() => failing()?.nodeId ?? '').not.toBe('');
  const name = failing()?.name ?? '';
  flows.set(uri, fileName, parseFlow(text.replaceAll(name, `New ${name}`), fileName));
  await expect.poll(() => failing()?.name).toBe(`New ${name}`);
});

test('each is looked into once', async () => {
  const { failing, room, list } = listOf(runWithoutGap(1), runWithGap(2));
  await expect.poll(() => failing()?.nodeId).toBe('rpa::3');
  let read = 0;
  const { held } = room;
  room.held = (...of) => {
    read++;
    return held.apply(room, of);
  };
  for (const filter of ['', 'failing:enter', '']) list.window(listQuery({ filter }));
  await new Promise(setImmediate);
  expect(read).toBe(0);
});

test('of a step that is hidden by rules of now nothing is seen', async () => {
  const { failing, found, redaction, store, room, rejected } = listOf(
    runWithoutGap(1),
    runWithGap(2),
  );
  await expect.poll(() => failing()?.name).toBe('Enter rows');
  redaction.configure({ patterns: ['Enter \\w+'], names: [], allowReveal: false });
  maskAgain(store, room, rejected, redaction.rules);
  expect(failing()?.name).not.toContain('Enter rows');
  await expect.poll(() => failing()?.nodeId).toBe('rpa::3');
  expect(failing()?.name).not.toContain('Enter rows');
  expect(found('failing:"Enter rows"')).toBe(0);
});

test('it is offered as a value of the filter', async () => {
  const { failing, handlers } = listOf(runWithoutGap(1), runWithGap(2));
  await expect.poll(() => failing()?.nodeId).toBe('rpa::3');
  const at = { scope: { kind: 'all' }, filter: 'failing:', cursor: 8 } as const;
  const offered = await handlers.complete(at);
  expect(offered?.items.map(({ insert }) => insert)).toEqual(['"Enter rows"']);
});
