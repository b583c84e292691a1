import { beforeEach, expect, test } from 'vitest';
import { Notifications } from '../../../src/host/notifications.ts';
import type { NotifyFailures } from '../../../src/host/settings.ts';
import type { EngineEvents } from '../../../src/protocol/engineProtocol.ts';
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

let vscode: FakeVscode;
let clock: ManualClock;
let setting: NotifyFailures;
let notifications: Notifications;
let panelShown: () => void;

beforeEach(() => {
  vscode = new FakeVscode();
  clock = new ManualClock();
  setting = 'all';
  notifications = new Notifications({
    ...{ vscode: vscode.api, clock, notifyFailures: () => setting },
    panel: {
      onDidShow: (listener: () => void) => {
        panelShown = listener;
        return { dispose: () => undefined };
      },
    } as never,
    ...{ revealer: {} as never, sourceOf: () => undefined },
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

test('what was told goes out of the way of a panel that comes into sight, and the next is told', async () => {
  const run: string[] = [];
  vscode.commands.set('notifications.hideToasts', () => run.push('hidden'));
  panelShown();
  expect(run).toEqual([]);
  vscode.press = () => new Promise<undefined>(() => undefined);
  await told(failed('a'));
  panelShown();
  panelShown();
  expect(run).toEqual(['hidden']);
  expect(await told(failed('b'))).toHaveLength(2);
});

test('what is gathered when it is let go is not told', async () => {
  notifications.take(failed('a'));
  notifications.dispose();
  expect(await told()).toEqual([]);
});
