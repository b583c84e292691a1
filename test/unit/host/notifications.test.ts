import { beforeEach, expect, test } from 'vitest';
import { Emitter } from '../../../src/base/event.ts';
import { Notifications } from '../../../src/host/notifications.ts';
import type { NotifyFailures } from '../../../src/host/settings.ts';
import type { EngineEvents } from '../../../src/protocol/engineProtocol.ts';
import type { SourceSpec } from '../../../src/protocol/sources.ts';
import type { ExecutionKey } from '../../../src/trace/execution.ts';
import { FakeVscode } from '../../support/fakeVscode.ts';
import { ManualClock } from '../../support/manualClock.ts';

type Failed = EngineEvents['failed'];

const failed = (sid: string, parts: object = {}, flow: Failed['flow'] = null): Failed => ({
  row: {
    ...{ key: `k${sid}`, sid, name: sid, kind: 'workflow', service: '', outcome: 'failed' },
    ...{ code: 5, beginMs: null, durationMs: null, failing: null, subCount: 0, ...parts },
  } as never,
  flow,
});
const aFlow: Failed['flow'] = { uri: 'u', name: 'n', share: 1, tied: [] };

const resolved = (sid: string, parts: object = {}, flow: Failed['flow'] = null) => ({
  ...failed(sid, {}, flow),
  problem: { nodeName: 'Save', text: 'x', failures: 2, passes: 1, ...parts },
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

test('one failure of a robot and of the workflow that called it is one, told as the workflow’s', async () => {
  const robot = failed('a', { kind: 'robot', name: 'robot' });
  const failing = { id: 'n', name: 'Save', inferred: false };
  expect(await told(robot, failed('a', { name: 'flow', failing }), robot)).toEqual([
    'flow failed at “Save” (5).',
  ]);
});

test('a resolved problem is said once, by the setting, also where robot and workflow both passed', () => {
  notifications.takeResolved(resolved('a'));
  notifications.takeResolved(resolved('a', { nodeName: '' }));
  notifications.takeResolved(resolved('b', { nodeName: '', passes: 3 }));
  setting = 'flowFiles';
  notifications.takeResolved(resolved('c'));
  notifications.takeResolved(resolved('d', {}, aFlow));
  setting = 'off';
  notifications.takeResolved(resolved('e', {}, aFlow));
  expect(vscode.shown.map(({ text }) => text)).toEqual([
    'Resolved: a at “Save”, passed once since.',
    'Resolved: b, passed 3 times since.',
    'Resolved: d at “Save”, passed once since.',
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

const stayOpen = () => new Promise<undefined>(() => undefined);
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
