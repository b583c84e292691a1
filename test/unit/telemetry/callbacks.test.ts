/** What a robot hands in may throw: what the robot sees is its own, its record arrives, and the fault is said once. */
import { afterEach, expect, test, vi } from 'vitest';
import type { Mask } from '../../../src/telemetry/mask.ts';
import { NodeLog } from '../../../src/telemetry/nodeLog.ts';
import { observe } from '../../../src/telemetry/observe.ts';
import { traced } from '../../../src/telemetry/traced.ts';
import { tracedEach } from '../../../src/telemetry/tracedEach.ts';
import { tracedRetry } from '../../../src/telemetry/tracedRetry.ts';
import type { TracerOptions } from '../../../src/telemetry/tracer.ts';
import { WorkflowLog } from '../../../src/telemetry/workflowLog.ts';
import { maskMark } from '../../../src/trace/masked.ts';
import { tracedWorld } from './tracedWorld.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Whatever a type says, JavaScript gives it. */
const as = (value: unknown) => value as never;

function throwing(): never {
  throw new Error('not yours');
}

const fault = (what: string) =>
  `warn ${what} threw or gave nothing of use, the robot goes on without it: Error: not yours`;

test.each([
  ['throws', throwing],
  ['rejects', () => Promise.reject(new Error('not yours'))],
])('a robot gets its own error where isWorthRetrying %s', async (_, isWorthRetrying) => {
  const { tracer, lines, records } = tracedWorld();
  const own = new Error('the robot’s own');
  const fail = () => Promise.reject(own);
  const retry = () => tracedRetry('log-in', {}, fail, { isWorthRetrying, delayMs: 0 });
  await expect(retry()).rejects.toBe(own);
  for (const _ of [1, 2]) await expect(tracer.run({}, retry)).rejects.toBe(own);
  expect(lines).toEqual([fault('isWorthRetrying')]);
  expect(records().map(({ status }) => status.message)).toEqual([own.message, own.message]);
});

test('what isWorthRetrying promises counts', async () => {
  let tries = 0;
  const isWorthRetrying = () => Promise.resolve(false);
  const fail = () => {
    tries++;
    throwing();
  };
  const retry = tracedRetry('a', {}, fail, { isWorthRetrying, delayMs: 0 });
  await expect(retry).rejects.toThrow('not yours');
  expect(tries).toBe(1);
});

test('options may be null', async () => {
  expect(await tracedRetry('a', {}, () => 1, as(null))).toBe(1);
  expect(await tracedEach('a', [1], (item) => item, as(null))).toEqual([1]);
  expect(observe('a', () => 1, as(null))()).toBe(1);
});

test('a robot gets its own error where leaving its items throws', async () => {
  const own = new Error('the robot’s own');
  const items = {
    [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }), return: throwing }),
  };
  const each = tracedEach('each', as(items), () => Promise.reject(own));
  await expect(each).rejects.toBe(own);
});

test('what says the input of an observed function may throw', () => {
  const { tracer, lines } = tracedWorld();
  const enter = observe('enter', (order: number) => order + 1, { input: throwing });
  expect(tracer.run({}, () => [enter(1), enter(2)])).toEqual([2, 3]);
  expect(lines).toEqual([fault('input of observe')]);
});

test.each<[string, Partial<TracerOptions>, string]>([
  ['the time', { clock: as({ now: throwing, after: throwing }) }, 'clock.now'],
  ['ids of entries', { newId: throwing }, 'newId'],
  ['sids', { newSid: throwing }, 'newSid'],
])('%s of the robot may throw', async (_, options, what) => {
  const { tracer, lines, last } = tracedWorld(options);
  expect(
    tracer.run({}, () =>
      traced('a', {}, (node) => {
        node.info('one');
        node.error('two');
        node.firstFrame();
        return 1;
      }),
    ),
  ).toBe(1);
  await tracer.close();
  expect(lines.filter((line) => line === fault(what))).toHaveLength(1);
  expect(last().sid).not.toBe('');
  expect(last().trace).toHaveLength(1);
  expect(last().trace[0]!.logs).toHaveLength(2);
});

test('a time that is none is the system’s', () => {
  const { tracer, last } = tracedWorld({ clock: as({ now: () => '?', after: () => undefined }) });
  tracer.run({}, () => 1);
  expect(last().start_time).toBeGreaterThan(1e12);
});

test('a log that rejects is not heard', async () => {
  const log = () => as(Promise.reject(new Error('not yours')));
  const { tracer } = tracedWorld({ log, newId: throwing });
  const unhandled = vi.fn();
  process.once('unhandledRejection', unhandled);
  expect(tracer.run({}, () => traced('a', {}, () => 1))).toBe(1);
  await new Promise(setImmediate);
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['a number', 5],
  ['an empty text', ''],
])('a store that gives %s for an address leaves the text in its record', async (_, address) => {
  const upload = () => Promise.resolve(as(address));
  const { tracer, sent, lines } = tracedWorld({ largeFieldStore: { upload }, snapshotMs: false });
  const text = 'x '.repeat(5_000);
  for (const _ of [1, 2]) tracer.run({}, () => traced('a', { text }, () => 1));
  await tracer.close(1_000);
  expect(sent).toHaveLength(2);
  expect(sent[0]!.json).toContain(text.trim());
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('the store gave no address');
});

test('a mask that throws hides all, and says so once', () => {
  const said: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const mask: Mask = { value: throwing, text: throwing };
  const log = new WorkflowLog({ sid: 's', flowId: 'f', mask });
  const node = new NodeLog({ sid: 's', nodeId: 'a', mask });
  node.appendInputData('order', 'SO-1');
  node.addInfoLog('SO-2');
  log.addNodeLog([node]);
  log.setStatus(1, 'SO-3');
  expect(log.toJson()).toContain(maskMark);
  expect(log.toJson()).not.toContain('SO-');
  expect(said).toEqual([expect.stringContaining('a mask threw')]);
});
