import { expect, test } from 'vitest';

import { maskAgain } from '../../../src/intake/maskAgain.ts';
import type { TreeWindow } from '../../../src/protocol/tree.ts';
import { recordWith } from '../../support/fixtures.ts';
import { runWithGap, runWithoutGap } from '../../support/gapRuns.ts';
import { storyRecord, storySid, type Step } from '../../support/storyRecords.ts';
import { pastTrace } from '../../../scripts/pastTrace.ts';
import { engineParts, treeQuery } from '../engine/world.ts';

function opened(records: readonly string[], n: number): Promise<TreeWindow> {
  const parts = engineParts();
  parts.take(records.map((record) => recordWith(record)));
  return parts.tree.window(treeQuery(`workflow/${storySid(n)}`));
}

test('a node without an entry is called as in the last good run', async () => {
  const { failing, rows } = await opened([runWithoutGap(1), runWithGap(2)], 2);
  expect(failing).toMatchObject({ nodeId: 'rpa::3', name: 'Enter rows', inferred: true });
  expect(rows.at(-1)).toMatchObject({ nodeId: 'rpa::3', type: 'rpa', failing: true });
});

test('where the last good run went another way, one that went the way of which the message speaks is asked', async () => {
  const before: Step[] = [
    { id: 'node-start::1', name: 'Start' },
    { id: 'if-else::2', name: 'Large?', next: ['message::3', 'rpa::4'] },
  ];
  const end: Step = { id: 'node-end::5', name: 'End' };
  const ran = (n: number, step: Step) => storyRecord({ n, steps: [...before, step, end] });
  const asked = ran(2, { id: 'message::3', name: 'Ask' });
  const broke = (message: string) => storyRecord({ n: 3, code: 21_300, message, steps: before });
  const placed = async (records: readonly string[]) => (await opened(records, 3)).failing?.nodeId;

  const ofRobot = broke('RPA node request failed(403 Forbidden)');
  expect(await placed([ran(1, { id: 'rpa::4', name: 'Enter' }), asked, ofRobot])).toBe('rpa::4');
  // What came next there is no robot.
  expect(await placed([asked, ofRobot])).toBeNull();
  // The words tell no type.
  expect(await placed([asked, broke('403 Forbidden')])).toBe('message::3');
});

test('without one nobody knows', async () => {
  const { failing, rows } = await opened([runWithGap(2)], 2);
  expect(failing).toMatchObject({ nodeId: null, inferred: true });
  expect(rows.at(-1)).toMatchObject({ nodeId: '', failing: true });
});

test('numbers and problems know it, too', async () => {
  const records = [runWithoutGap(1), runWithGap(2)].map((record) => recordWith(record));
  const { executions } = await pastTrace(records);
  expect(executions.map(({ failure }) => failure?.nodeId)).toEqual([undefined, 'rpa::3']);
});

test('of a node that is hidden by rules of now nothing is seen', async () => {
  const parts = engineParts();
  parts.take([runWithoutGap(1), runWithGap(2)].map((record) => recordWith(record)));
  const seen = async () =>
    JSON.stringify(await parts.tree.window(treeQuery(`workflow/${storySid(2)}`)));
  expect(await seen()).toContain('Enter rows');
  parts.redaction.configure({ patterns: ['Enter \\w+'], names: [], allowReveal: false });
  maskAgain(parts.store, parts.room, parts.rejected, parts.redaction.rules);
  expect(await seen()).not.toContain('Enter rows');
});

test('a good run that comes later gives the name to what is open', async () => {
  const parts = engineParts();
  const key = `workflow/${storySid(2)}`;
  parts.take([recordWith(runWithGap(2))]);
  expect((await parts.tree.window(treeQuery(key))).failing?.nodeId).toBeNull();
  const before = parts.tree.stamp(key);
  parts.take([recordWith(runWithoutGap(3))]);
  expect(parts.tree.stamp(key)).not.toBe(before);
  expect((await parts.tree.window(treeQuery(key))).failing?.nodeId).toBe('rpa::3');
});
