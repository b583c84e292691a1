import { beforeEach, describe, expect, test } from 'vitest';
import { Emitter } from '../../../src/base/event.ts';
import { Notifications } from '../../../src/host/notifications.ts';
import type { NotifyFailures } from '../../../src/host/settings.ts';
import type { EngineEvents } from '../../../src/protocol/engineProtocol.ts';
import type { SourceSpec } from '../../../src/protocol/sources.ts';
import type { ExecutionKey } from '../../../src/trace/execution.ts';
import { FakeVscode } from '../../support/fakeVscode.ts';
import { formatWhen } from '../../../src/texts/format.ts';
import { ManualClock } from '../../support/manualClock.ts';

type Failed = EngineEvents['failed'];

const failed = (sid: string, parts: object = {}, flow: Failed['flow'] = null): Failed => ({
  row: {
    ...{ key: `k${sid}`, sid, name: sid, kind: 'workflow', service: '', outcome: 'failed' },
    ...{ code: 5, beginMs: null, durationMs: null, failing: null, subCount: 0, ...parts },
  } as never,
  ...{ flow, told: 'no', of: null, insteadOf: [] },
});
const aFlow: Failed['flow'] = { uri: 'u', name: 'n', share: 1, tied: [] };

const resolved = (
  sid: string,
  parts: object = {},
  flow: Failed['flow'] = null,
  row: object = {},
) => ({
  ...failed(sid, row, flow),
  problem: {
    ...{ nodeName: 'Save', text: 'x', count: 2, passes: 1, needed: 1, sinceMs: null, lastRunMs: 0 },
    ...parts,
  },
});

let vscode: FakeVscode;
let clock: ManualClock;
let setting: NotifyFailures;
let notifications: Notifications;
let panelShown: () => void;
let source: SourceSpec | undefined;
let revealed: Emitter<ExecutionKey>;
let sourceChanged: Emitter<undefined>;
/** How often all notifications were put aside. */
let hidden: number;

beforeEach(() => {
  vscode = new FakeVscode();
  clock = new ManualClock();
  setting = 'all';
  source = { kind: 'sample' };
  hidden = 0;
  vscode.commands.set('notifications.hideToasts', () => hidden++);
  const raise = (error: unknown) => {
    throw error;
  };
  revealed = new Emitter(raise);
  sourceChanged = new Emitter(raise);
  notifications = new Notifications({
    ...{ vscode: vscode.api, clock, notifyFailures: () => setting },
    panel: {
      onDidShow: (listener: () => void) => {
        panelShown = listener;
        return { dispose: () => undefined };
      },
    } as never,
    revealer: { onDidReveal: revealed.event } as never,
    ...{ sourceOf: () => source, onDidChangeSource: sourceChanged.event },
  });
});

const stayOpen = () => new Promise<undefined>(() => undefined);
const settled = () => new Promise((done) => setImmediate(done));
async function told(...failures: Failed[]): Promise<string[]> {
  for (const one of failures) notifications.take(one);
  clock.advance(1_000);
  await settled();
  return vscode.shown.map(({ text }) => text);
}

test.each<[NotifyFailures, Failed['flow'], number]>([
  ['off', aFlow, 0],
  ['flowFiles', null, 0],
  ['flowFiles', aFlow, 1],
  ['all', null, 1],
])('%s, and a flow file %j: %i', async (wanted, flow, count) => {
  setting = wanted;
  expect(await told(failed('a', {}, flow))).toHaveLength(count);
});

/** The workflow of a sid that failed at a step, and what was told before that is one with it. */
const workflow = (sid: string, parts: Partial<Failed> = {}, flow: Failed['flow'] = null) => ({
  ...failed(sid, { name: sid, failing: { id: 'n', name: 'Save', inferred: false } }, flow),
  ...parts,
});

test('one failure of a robot and of the workflow that called it is one, told as the workflow’s', async () => {
  const robot = failed('a', { key: 'rpa a', kind: 'rpa', name: 'robot' });
  expect(await told(robot, workflow('a', { insteadOf: ['rpa a'] }))).toEqual([
    'a failed at “Save” (5).',
  ]);
});

test('two flows of one sid that fail are two', async () => {
  expect(await told(workflow('a'), failed('a', { key: 'other', name: 'Other' }))).toEqual([
    'Other and 1 more execution failed.',
  ]);
});

describe('the failure of a workflow that another one called', () => {
  const inner = workflow('inner');
  const outer = workflow('outer', { told: 'withoutFile', of: 'kinner' });
  const late = workflow('inner', { told: 'withoutFile', insteadOf: ['kouter'] });
  const joined = 'inner failed at “Save” (5). outer, which called it, failed with it.';

  test.each<[string, readonly Failed[], string]>([
    ['that of the caller later', [inner, outer], joined],
    ['that of the caller first', [workflow('outer'), late], joined],
    [
      'with two callers',
      [inner, outer, workflow('outmost', { told: 'withoutFile', of: 'kinner' })],
      'inner failed at “Save” (5). outer and others that called it failed with it.',
    ],
    [
      'with a robot and a caller',
      [
        failed('inner', { key: 'robot', kind: 'rpa' }),
        workflow('inner', { told: 'withoutFile', insteadOf: ['robot'] }),
        outer,
      ],
      joined,
    ],
    ['with another problem', [inner, outer, workflow('x')], 'x and 2 more executions failed.'],
  ])('is one notification: %s', async (_, failures, text) => {
    expect(await told(...failures)).toEqual([text]);
  });

  test.each([
    ['caller', [inner, outer]],
    ['called', [workflow('outer'), late]],
  ])('is none once more, where the record of the %s comes seconds later', async (_, pair) => {
    vscode.press = stayOpen;
    const [first, second] = pair;
    if (first === undefined || second === undefined) return;
    expect(await told(first)).toHaveLength(1);
    expect(await told(second)).toHaveLength(1);
    vscode.press = () => Promise.resolve(undefined);
    expect(await told(second)).toHaveLength(1);
  });

  test('is told for its caller where that alone is of a flow file', async () => {
    setting = 'flowFiles';
    expect(await told(inner, { ...outer, flow: aFlow })).toEqual(['outer failed at “Save” (5).']);
    expect(await told(inner, { ...outer, flow: aFlow, told: 'yes' })).toHaveLength(1);
  });

  test('is read where the step of either is shown', async () => {
    vscode.press = stayOpen;
    await told(inner, outer);
    revealed.fire('kouter');
    expect(hidden).toBe(1);
  });

  test('is gone to in the flow file of its caller, where it has none itself', async () => {
    const failing = { nodeId: 'call', name: 'Call' };
    const row = { ...outer.row, failing } as never;
    await told(inner, { ...outer, row, flow: aFlow });
    expect(vscode.shown.map(({ buttons }) => buttons)).toEqual([
      ['Go to “Call” in n', 'Show in Trace Panel'],
    ]);
  });
});

test('a resolved problem is said once, since when, by the setting, also where robot and workflow both passed', () => {
  const moment = (atMs: number) => formatWhen(atMs, 'en', clock.now());
  notifications.takeResolved(resolved('a'));
  notifications.takeResolved(resolved('a', {}, null, { key: 'rpa a', kind: 'rpa' }));
  notifications.takeResolved(
    resolved('b', { nodeName: '', passes: 3, needed: 2, sinceMs: 60_000 }),
  );
  setting = 'flowFiles';
  notifications.takeResolved(resolved('c'));
  notifications.takeResolved(resolved('d', {}, aFlow));
  setting = 'off';
  notifications.takeResolved(resolved('e', {}, aFlow));
  expect(vscode.shown.map(({ text }) => text)).toEqual([
    `Resolved: a at “Save”, 1 of 1 needed runs passed since ${moment(0)}.`,
    `Resolved: b, passed 3 times since ${moment(60_000)}.`,
    `Resolved: d at “Save”, 1 of 1 needed runs passed since ${moment(0)}.`,
  ]);
});

test('each of several problems that one execution resolved is said', () => {
  const robot = { key: 'rpa a', kind: 'rpa' };
  for (const row of [robot, {}]) {
    notifications.takeResolved(resolved('a', {}, null, row));
    notifications.takeResolved(resolved('a', { text: 'y' }, null, row));
    notifications.takeResolved(resolved('a', { nodeName: 'Send' }, null, row));
  }
  expect(vscode.shown.map(({ text }) => text)).toEqual([
    expect.stringMatching(/ at “Save”/),
    expect.stringMatching(/ at “Save”/),
    expect.stringMatching(/ at “Send”/),
  ]);
});

test('what has no name is told by what it is, and its id', async () => {
  const robot = failed('a', { kind: 'rpa', service: 'rpa-server', name: '1958443321' });
  expect(await told(robot)).toEqual(['RPA robot 1958443321 failed (5).']);
});

test.each([
  [['a'], 'a failed (5).'],
  [['a', 'b'], 'b and 1 more execution failed.'],
  [['a', 'b', 'c'], 'c and 2 more executions failed.'],
])('several at once are one notification: %j', async (names, text) => {
  expect(await told(...names.map((name) => failed(name)))).toEqual([text]);
});

test('while one is open, others are left to the panel; after it they are told again', async () => {
  let close: () => void = () => undefined;
  vscode.press = () => new Promise<undefined>((done) => (close = () => done(undefined)));
  await told(failed('a'));
  expect(await told(failed('b'))).toHaveLength(1);
  close();
  await settled();
  expect(await told(failed('c'))).toHaveLength(2);
});

const other: SourceSpec = { kind: 'files', paths: ['/a.jsonl'] };

test.each<[string, () => void, number]>([
  ['the panel comes into sight', () => panelShown(), 1],
  ['its failing step is shown', () => revealed.fire('ka'), 1],
  ['a step of another execution is shown', () => revealed.fire('kb'), 0],
  [
    'another source is opened',
    () => {
      source = other;
      sourceChanged.fire(undefined);
    },
    1,
  ],
  ['the source is disconnected, and its executions stay', () => sourceChanged.fire(undefined), 0],
])('what was told is put aside once when it is read or outdated: %s', async (_, happen, times) => {
  happen();
  expect(hidden).toBe(0);
  source = { kind: 'sample' };
  vscode.press = stayOpen;
  await told(failed('a'));
  happen();
  happen();
  expect(hidden).toBe(times);
  // What comes next is told again where it was, and else left to the panel.
  expect(await told(failed('b'))).toHaveLength(1 + times);
});

test('what fails in a source that is left meanwhile is not told', async () => {
  notifications.take(failed('a'));
  source = other;
  sourceChanged.fire(undefined);
  expect(await told()).toEqual([]);
  expect(await told(failed('b'))).toHaveLength(1);
});

test('what is gathered when it is let go is not told', async () => {
  notifications.take(failed('a'));
  notifications.dispose();
  expect(await told()).toEqual([]);
});
