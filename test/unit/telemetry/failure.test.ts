/** What a robot may throw, and how the record calls it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { exceptionOf } from '../../../src/telemetry/errorText.ts';
import { failureOf } from '../../../src/telemetry/failure.ts';

const asItIs = (text: string) => text;
const coded = (message: string, fields: object) => Object.assign(new Error(message), fields);

test.each([
  [new Error('x'), 1, 'unknown', 'x'],
  [coded('x', { code: 'EACCES' }), 4, 'permission', 'x'],
  [coded('x', { code: 'ENOSPC' }), 3, 'resource', 'x'],
  [coded('x', { code: 'ECONNREFUSED' }), 1, 'network', 'x'],
  [coded('x', { code: 55_004 }), 55_004, 'unknown', 'x'],
  [coded('x', { category: 'configuration' }), 5, 'configuration', 'x'],
  [coded('x', { status: 403 }), 4, 'permission', 'x'],
  [coded('x', { statusCode: 504 }), 2, 'timeout', 'x'],
  [coded('x', { code: 'ERR_BAD_REQUEST', response: { status: 403 } }), 4, 'permission', 'x'],
  [coded('x', { response: { statusCode: 429 } }), 3, 'quota', 'x'],
  [
    coded('timeout of 1000ms exceeded', { code: 'ECONNABORTED' }),
    2,
    'timeout',
    'timeout of 1000ms exceeded',
  ],
  [coded('aborted', { code: 'ECONNABORTED' }), 1, 'network', 'aborted'],
  [new DOMException('too long', 'TimeoutError'), 2, 'timeout', 'too long'],
  [new DOMException('stopped', 'AbortError'), 1, 'cancelled', 'stopped'],
  [new DOMException('no', 'NotFoundError'), 1, 'unknown', 'no'],
  [
    coded('The operation was aborted', {
      name: 'AbortError',
      code: 'ABORT_ERR',
      cause: new DOMException('too long', 'TimeoutError'),
    }),
    2,
    'timeout',
    'The operation was aborted: too long',
  ],
  [
    new Error('fetch failed', { cause: { code: 'ENOTFOUND' } }),
    1,
    'network',
    'fetch failed: ENOTFOUND',
  ],
  [new Error('a', { cause: new Error('b', { cause: new Error('c') }) }), 1, 'unknown', 'a: b: c'],
  [new Error('a failed: b', { cause: new Error('b') }), 1, 'unknown', 'a failed: b'],
  [
    new AggregateError(
      [new Error('first'), coded('second', { code: 'EACCES' })],
      'All promises were rejected',
    ),
    4,
    'permission',
    'All promises were rejected: first; second',
  ],
  [new AggregateError([new Error('first')]), 1, 'unknown', 'first'],
  [
    new Error('x', { cause: new AggregateError([new Error('a'), new Error('b')], 'all') }),
    1,
    'unknown',
    'x: all: a; b',
  ],
  [
    new AggregateError([new AggregateError([new Error('a', { cause: 'deep' })], 'some')], 'all'),
    1,
    'unknown',
    'all: some: a: deep',
  ],
  [{ reason: 'no stock', no: 7 }, 1, 'unknown', '{"reason": "no stock", "no": 7}'],
  [new Error('x', { cause: { reason: 'no stock' } }), 1, 'unknown', 'x: {"reason": "no stock"}'],
  [new Error('\u001b[31mexpect\u001b[39m(x)'), 1, 'unknown', 'expect(x)'],
  ['just a text', 1, 'unknown', 'just a text'],
  [undefined, 1, 'unknown', 'undefined'],
  [Object.create(null), 1, 'unknown', 'an error without a text'],
  [new Error('x'.repeat(10_000)), 1, 'unknown', `${'x'.repeat(4_000)}…`],
])('%o is code %d, %s', (error, code, category, message) => {
  expect(failureOf(error)).toEqual({ code, category, message });
});

test('what a chain of causes that has no end says', () => {
  const error = new Error('a');
  error.cause = error;
  expect(failureOf(error)).toEqual({ code: 1, category: 'unknown', message: 'a' });
  expect(exceptionOf(error, asItIs).stack.length).toBeLessThan(5_000);
});

/** As Node itself throws them. */
test.each<[string, (signal: AbortSignal) => Promise<unknown>]>([
  ['a request', (signal) => withSilentServer((url) => fetch(url, { signal }))],
  ['a pause', (signal) => pause(60_000, undefined, { signal })],
])(
  '%s that AbortSignal.timeout ends is a time-out, one that is aborted is none',
  async (_name, wait) => {
    const late: unknown = await wait(AbortSignal.timeout(1)).catch((error: unknown) => error);
    expect(failureOf(late)).toMatchObject({ code: 2, category: 'timeout' });
    const ended: unknown = await wait(AbortSignal.abort()).catch((error: unknown) => error);
    expect(failureOf(ended)).toMatchObject({ code: 1, category: 'cancelled' });
  },
);

async function withSilentServer<T>(work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** A host has an address of each kind: the error itself says nothing then. */
test('a connection that every address refused says of each why', () => {
  const refused = (at: string) =>
    coded(`connect ECONNREFUSED ${at}`, { code: 'ECONNREFUSED', stack: `Error\n    at ${at}` });
  const cause = Object.assign(new AggregateError([refused('::1:9'), refused('127.0.0.1:9')]), {
    code: 'ECONNREFUSED',
  });
  const error = new TypeError('fetch failed', { cause });
  expect(failureOf(error)).toMatchObject({
    category: 'network',
    message: 'fetch failed: connect ECONNREFUSED ::1:9; connect ECONNREFUSED 127.0.0.1:9',
  });
  const { stack } = exceptionOf(error, asItIs);
  expect(stack).toContain('one of them Error\n    at 127.0.0.1:9');
});

test('errors that name each other without end are told so far', () => {
  const parts: Error[] = [];
  for (let at = 0; at < 100; at++) parts.push(new AggregateError(parts, `no ${String(at)}`));
  const { message, stack } = exceptionOf(new AggregateError(parts, 'all'), asItIs);
  expect(message.length).toBeLessThan(4_002);
  expect(stack.length).toBeLessThan(4_002);
});

test('a stack ends, and has those of the causes', () => {
  const deep = (left: number): never => {
    if (left > 0) return deep(left - 1);
    throw new Error('a', { cause: new Error('b') });
  };
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 200;
  try {
    deep(100);
  } catch (error) {
    const { name, message, stack } = exceptionOf(error, asItIs);
    expect([name, message]).toEqual(['Error', 'a: b']);
    expect(stack.split('\n').filter((line) => line.includes(' deep ')).length).toBeLessThanOrEqual(
      40,
    );
    expect(stack.length).toBeLessThanOrEqual(4_001);
  } finally {
    Error.stackTraceLimit = limit;
  }
  expect(exceptionOf(new Error('a', { cause: new TypeError('b') }), asItIs).stack).toMatch(
    /^Error: a\n(?: +at .*\n)+caused by TypeError: b\n +at /,
  );
  expect(exceptionOf('text', asItIs)).toEqual({ name: 'Error', message: 'text', stack: '' });
});
