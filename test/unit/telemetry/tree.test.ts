/** What the panel makes of a traced robot: the library's records through our own decoder. */
import { describe, expect, it, test } from 'vitest';
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
        logs[1].message: element not found: #btnSave
        status.code: 1
        running_status: false
        status.message: element not found: #btnSave
        → Open the element in the robot and record its selector again: the page may have changed.
        → Let the robot wait until the element is there before it acts on it.
        → Check whether a dialog, a login or another page was in front.
    "
  `);
});

describe('an item that is given up', () => {
  const fails = () => {
    throw new Error('element not found: #btnSave');
  };
  const quietly = async (body: () => unknown) => {
    try {
      await body();
    } catch {
      // The robot goes on with the next one.
    }
  };
  const each = (id: string, body: (no: string) => unknown) =>
    tracedEach(id, ['SO-1', 'SO-2', 'SO-3'], async (no) => {
      await body(no);
    });
  const isBad = (no: string) => no === 'SO-2';
  const picture = (text: string) => text.replaceAll('  0 ms', '');

  it('is failed, and so is its round, where the robot catches the error', async () => {
    const tree = await treeOf(() =>
      each('each-order', (no) =>
        quietly(() => traced('enter', () => traced('click', isBad(no) ? fails : () => 1))),
      ),
    );
    expect(picture(tree)).toMatchInlineSnapshot(`
      "✓ succeeded  0  f1  spf00090000@hf1a2094e57960009782  2026-11-25T08:00:00.000Z
        ✓ each-order  iteration  each-order  1 of 3 items failed. Item 2.
          ✓ enter  enter  round 0
            ✓ click  click
          ✗ enter  enter  1 of 3 items failed. Item 2.  round 1
            ✗ click  click  error: element not found: #btnSave
          ✓ enter  enter  round 2
            ✓ click  click
      ! 1 of 3 items failed, and the flow went on  node  likely  enter
          running_status: false
          → Find out why this item failed; others may follow.
      "
    `);
  });

  it('is failed where it gave something before', async () => {
    const tree = await treeOf(() =>
      each('iteration::1', (no) =>
        quietly(() =>
          traced('enter', (node) => {
            node.output('begun', no);
            if (isBad(no)) fails();
          }),
        ),
      ),
    );
    expect(picture(tree)).toMatchInlineSnapshot(`
      "✓ succeeded  0  f1  spf00090000@hf1a2094e57960009782  2026-11-25T08:00:00.000Z
        ✓ iteration::1  iteration  iteration::1  1 of 3 items failed. Item 2.
          ✓ enter  enter  round 0
          ✗ enter  enter  1 of 3 items failed. Item 2.  round 1  error: element not found: #btnSave
          ✓ enter  enter  round 2
      ! 1 of 3 items failed, and the flow went on  node  likely  enter
          running_status: false
          logs[1].message: element not found: #btnSave
          → Find out why this item failed; others may follow.
      "
    `);
  });

  it('is failed where the rounds go on by themselves', async () => {
    const tree = await treeOf(() =>
      tracedEach(
        'each-order',
        ['SO-1', 'SO-2'],
        (no) => traced('enter', isBad(no) ? fails : () => 1),
        { onError: 'continue', concurrency: 2 },
      ),
    );
    expect(picture(tree)).toMatchInlineSnapshot(`
      "✓ succeeded  0  f1  spf00090000@hf1a2094e57960009782  2026-11-25T08:00:00.000Z
        ✓ each-order  iteration  each-order  1 of 2 items failed. Item 2.  error: round 1 failed: element not found: #btnSave
          ✓ enter  enter  round 0
          ✗ enter  enter  1 of 2 items failed. Item 2.  round 1  error: element not found: #btnSave
      ! 1 of 2 items failed, and the flow went on  node  likely  enter
          running_status: false
          logs[1].message: element not found: #btnSave
          → Find out why this item failed; others may follow.
      "
    `);
  });

  it('is none where another try in its round succeeds', async () => {
    const tree = await treeOf(() =>
      each('each-order', async (no) => {
        if (isBad(no)) await quietly(() => traced('enter', fails));
        traced('enter', () => 1);
      }),
    );
    expect(picture(tree)).toMatchInlineSnapshot(`
      "✓ succeeded  0  f1  spf00090000@hf1a2094e57960009782  2026-11-25T08:00:00.000Z
        ✓ each-order  iteration  each-order
          ✓ enter  enter  round 0
          ↻ enter  enter  round 1  error: element not found: #btnSave
          ✓ enter  enter  round 1
          ✓ enter  enter  round 2
      ! A node failed, and the flow went on  node  likely  enter
          running_status: false
          logs[1].message: element not found: #btnSave
          → Find out why it failed before it fails for good.
      "
    `);
  });
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
