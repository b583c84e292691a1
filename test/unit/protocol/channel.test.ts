import { beforeEach, expect, test } from 'vitest';
import { asFailure, Channel } from '../../../src/protocol/channel.ts';
import type { Packet } from '../../../src/protocol/packet.ts';
import { RequestError } from '../../../src/protocol/packet.ts';
import { ManualClock } from '../../support/manualClock.ts';

interface Methods {
  double: { params: number; result: number };
  fail: { params: null; result: null };
  never: { params: null; result: null };
}
interface Events {
  tick: number;
}

let clock: ManualClock;
let caller: Channel<Methods, object, Events, object>;
let answerer: Channel<object, Methods, object, Events>;
let errors: unknown[];

beforeEach(() => {
  clock = new ManualClock();
  errors = [];
  const options = { clock, timeoutMs: 100, onError: (error: unknown) => errors.push(error) };
  caller = new Channel({
    ...options,
    prefix: 'p',
    post: (packet) => {
      answerer.receive(structuredClone(packet));
    },
  });
  answerer = new Channel({
    ...options,
    prefix: 'h',
    post: (packet) => {
      caller.receive(structuredClone(packet));
    },
  });
  answerer.handle({
    double: (value) => value * 2,
    fail: () => {
      throw new RequestError({ reason: 'notFound', message: 'gone' });
    },
    never: () => new Promise(() => undefined),
  });
});

test('a request is answered', async () => {
  await expect(caller.call('double', 21)).resolves.toBe(42);
});

test.each([
  ['a handler that fails', () => caller.call('fail', null), 'notFound'],
  ['a method nobody knows', () => caller.call('nope' as never, null), 'unknownMethod'],
  // A name that every object inherits must not be taken for a handler.
  ['an inherited name', () => caller.call('constructor' as never, null), 'unknownMethod'],
  [
    'an answer that never comes',
    () => {
      const call = caller.call('never', null);
      clock.advance(100);
      return call;
    },
    'timeout',
  ],
  [
    'a partner that died',
    () => {
      const call = caller.call('never', null);
      caller.failPending({ reason: 'engineLost', message: 'heap' });
      return call;
    },
    'engineLost',
  ],
  [
    'a channel that was closed',
    () => {
      caller.dispose();
      return caller.call('double', 1);
    },
    'disposed',
  ],
])('%s ends the request with its reason', async (_, run, reason) => {
  await expect(run()).rejects.toMatchObject({ name: 'RequestError', reason });
});

test('an answer after its timeout is dropped', async () => {
  const call = caller.call('never', null);
  clock.advance(100);
  await expect(call).rejects.toThrow();
  caller.receive({ kind: 'answer', id: 'p0', result: null });
  expect(errors).toEqual([]);
});

test('a listener that throws is told of and keeps no other from hearing', () => {
  const heard: number[] = [];
  caller.on('tick', () => {
    throw new Error('broken listener');
  });
  const second = caller.on('tick', (value) => heard.push(value));
  answerer.emit('tick', 1);
  second.dispose();
  answerer.emit('tick', 2);
  expect(heard).toEqual([1]);
  expect(errors).toHaveLength(2);
});

test('nothing is posted after disposal', () => {
  const posted: Packet[] = [];
  const channel = new Channel<Methods, object, Events, Events>({
    clock,
    prefix: 'p',
    post: (packet) => posted.push(packet),
    onError: () => undefined,
  });
  channel.dispose();
  channel.emit('tick', 1);
  expect(posted).toEqual([]);
});

test('a request after disposal, and one without a timeout of its own, are answered too', async () => {
  const posted: Packet[] = [];
  const lonely = new Channel<Methods, object, Events, object>({
    ...{ clock, prefix: 'l', onError: (error: unknown) => errors.push(error) },
    post: (packet) => posted.push(packet),
  });
  const waiting = lonely.call('never', null);
  expect(posted).toHaveLength(1);
  lonely.dispose();
  await expect(waiting).rejects.toMatchObject({ reason: 'disposed' });
  await expect(lonely.call('double', 1)).rejects.toMatchObject({ reason: 'disposed' });
});

test('an event that nobody listens to is no fault', () => {
  answerer.emit('tick', 1);
  expect(errors).toEqual([]);
});

test.each([
  [
    new RequestError({ reason: 'notFound', message: 'gone' }),
    { reason: 'notFound', message: 'gone' },
  ],
  [new Error('broken'), { reason: 'internal', message: 'broken' }],
  ['only words', { reason: 'internal', message: 'only words' }],
  [
    new Error('http://user:hunter2@host/x?token=hunter2: 403'),
    { reason: 'internal', message: 'http://host/x: 403' },
  ],
])('what is thrown crosses as a failure: %s', (thrown, failure) => {
  expect(asFailure(thrown)).toEqual(failure);
});
