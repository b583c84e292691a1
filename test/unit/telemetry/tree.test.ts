/** What the panel makes of a traced robot: the library's records through our own decoder. */
import { expect, test } from 'vitest';
import { traced } from '../../../src/telemetry/traced.ts';
import { tracedEach } from '../../../src/telemetry/tracedEach.ts';
import { treeText } from '../../../src/view/treeText.ts';
import { readRecords } from '../../../src/sources/files/readRecords.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';
import { printedTrace } from '../../../scripts/printedTrace.ts';
import type { TracerOptions } from '../../../src/telemetry/tracer.ts';
import { tracedWorld } from './tracedWorld.ts';

test('nested nodes, rounds and the failing step stand in the tree', async () => {
  const { tracer, clock, sent } = tracedWorld({ newSid: () => 'spf00090000@hf1a2094e57960009782' });
  const step = (ms: number) => () => {
    clock.advance(ms);
  };
  const running = tracer.run({ question: { mail: 'invoice' } }, async () => {
    traced({ id: 'node-start::1', name: 'Start' }, {}, step(1));
    await tracedEach({ id: 'iteration::2', name: 'For each order' }, ['SO-1', 'SO-2'], (no) =>
      traced({ id: 'rpa::3', name: 'Enter order' }, { no }, () => {
        traced({ id: 'click::4', name: 'Open form' }, {}, step(30));
        traced({ id: 'click::5', name: 'Click save' }, {}, () => {
          clock.advance(200);
          if (no === 'SO-2') throw new Error('element not found: #btnSave');
        });
      }),
    );
  });
  await expect(running).rejects.toThrow('#btnSave');
  const bytes = new TextEncoder().encode(sent.map(({ json }) => json).join('\n'));
  const { executions, rejected } = await printedTrace(readRecords(bytes, 'robot'), null);
  expect(rejected).toEqual([]);
  expect(treeText(executions[0]!, plainEnglish)).toMatchInlineSnapshot(`
    "✗ failed  1  f1  spf00090000@hf1a2094e57960009782  2026-11-25T08:00:00.000Z  461 ms
      ✓ node-start::1  node-start  Start  1 ms
      ✗ iteration::2  iteration  For each order  460 ms  1 of 2 items failed. Item 2.
        ✓ rpa::3  rpa  Enter order  230 ms  round 0
          ✓ click::4  click  Open form  30 ms
          ✓ click::5  click  Click save  200 ms
        ✗ rpa::3  rpa  Enter order  230 ms  1 of 2 items failed. Item 2.  round 1
          ✓ click::4  click  Open form  30 ms
          ✗ click::5  click  Click save  200 ms  error: element not found: #btnSave
    ! The robot didn’t find an element  robotTask  likely  click::5
        status.code: 1
        logs[0].message: element not found: #btnSave
        running_status: false
        status.message: element not found: #btnSave
        → Open the element in the robot and record its selector again: the page may have changed.
        → Let the robot wait until the element is there before it acts on it.
        → Check whether a dialog, a login or another page was in front.
    "
  `);
});

test('what a record lacks is said', async () => {
  const robot = () => {
    for (const id of ['a', 'b', 'c']) traced(id, {}, () => undefined);
  };
  expect(await treeOf(robot, { maxNodes: 2 })).toMatch(
    /a .*\n.*c .*\n1 step isn’t listed: the record had no room for it\.\n$/,
  );
});

/** Runs the robot and gives what the panel makes of it, as text. */
async function treeOf(robot: () => unknown, options: Partial<TracerOptions> = {}): Promise<string> {
  const { tracer, sent } = tracedWorld({
    newSid: () => 'spf00090000@hf1a2094e57960009782',
    ...options,
  });
  await Promise.resolve(tracer.run({}, robot)).catch(() => undefined);
  const bytes = new TextEncoder().encode(sent.at(-1)?.json);
  const { executions } = await printedTrace(readRecords(bytes, 'robot'), null);
  return treeText(executions[0]!, plainEnglish);
}

test('nodes that run at once under one id keep their own children', async () => {
  const enter = (no: string, turns: number) =>
    traced({ id: 'rpa::1', name: `Enter ${no}` }, {}, async () => {
      for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
      await traced({ id: 'click::2', name: `Save ${no}` }, {}, () => new Promise(setImmediate));
      for (let turn = 0; turn < 5 - turns; turn++) await new Promise(setImmediate);
    });
  expect(await treeOf(() => Promise.all([enter('A', 1), enter('B', 3), enter('C', 2)])))
    .toMatchInlineSnapshot(`
    "✓ succeeded  0  f1  spf00090000@hf1a2094e57960009782  2026-11-25T08:00:00.000Z  0 ms
      ✓ rpa::1  rpa  Enter A  0 ms
        ✓ click::2  click  Save A  0 ms
      ✓ rpa::1  rpa  Enter B  0 ms
        ✓ click::2  click  Save B  0 ms
      ✓ rpa::1  rpa  Enter C  0 ms
        ✓ click::2  click  Save C  0 ms
    "
  `);
});
