/** What a tracer has met before takes a short way: it is written as what is met for the first time. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createMask } from '../../../src/telemetry/mask.ts';
import { createIds } from '../../../src/telemetry/newId.ts';
import { NodeLog } from '../../../src/telemetry/nodeLog.ts';
import { scopes } from '../../../src/telemetry/traceContext.ts';
import { traced } from '../../../src/telemetry/traced.ts';
import { WrittenFields } from '../../../src/telemetry/writtenFields.ts';
import { maskMark } from '../../../src/trace/masked.ts';
import { plantedCases } from '../../support/secretCorpus.ts';
import { tracedWorld } from './tracedWorld.ts';

const textsOf = (file: string) => {
  const url = new URL(`../../fixtures/secrets/${file}`, import.meta.url);
  return Object.values(JSON.parse(readFileSync(url, 'utf8')) as Record<string, string | string[]>);
};
/** Each notation of secrets that is known, and values that hold none. */
const corpus: readonly unknown[] = [
  ...plantedCases(1).map(({ value }) => value),
  ...textsOf('notations.json'),
  ...textsOf('ordinary.json').flat(),
  ...[1280.5, -0, 12345678901234567890n, Number.NaN, true, null, undefined, '', 'x', [], {}],
];

test.each(['g3', 'g1'] as const)('the corpus is written alike each time: %s', (form) => {
  const { tracer, last } = tracedWorld({ form, maxNodes: 100_000, snapshotMs: false });
  // A name that tells a secret, one that may, and one that doesn't.
  const names = ['password', 'session_key', 'order'];
  tracer.run({}, () => {
    for (const value of corpus) {
      const input = Object.fromEntries(names.map((name) => [name, value]));
      for (const _ of ['first', 'known']) traced('a::1', input, () => ({ value }));
    }
  });
  const mask = createMask();
  const alone = corpus.map((value) => {
    const log = new NodeLog({ sid: 's', form, mask });
    for (const name of names) log.appendInputData(name, value);
    log.appendOutputData('value', value);
    return (JSON.parse(log.toJson()) as { readonly data: unknown }).data;
  });
  expect(last().trace.map(({ data }) => data)).toEqual(alone.flatMap((data) => [data, data]));
});

test('what is found to be secret later is hidden in names and values that were met before', () => {
  const { tracer, last } = tracedWorld();
  const secret = 'tulip-window';
  const node = { id: `open ${secret}`, name: `Open ${secret}` };
  tracer.run({}, () => {
    traced(node, { field: secret }, () => undefined);
    scopes().getStore()?.execution.hide(secret);
    traced(node, { field: secret }, () => undefined);
  });
  const [before, after] = last().trace;
  expect(before?.node_name).toBe(`Open ${secret}`);
  expect(JSON.stringify({ ...after, next_log_ids: [] })).not.toContain(secret);
  expect(after?.node_id).toBe(`open ${maskMark}`);
});

test('nodes of one id keep the names that they were given', () => {
  const { tracer, last } = tracedWorld();
  tracer.run({}, () => {
    traced({ id: 'a', name: 'One', category: 'x' }, {}, () => undefined);
    traced({ id: 'a', name: 'Two' }, {}, () => undefined);
    traced('a', {}, () => undefined);
    traced({ id: 'a', name: 'One', category: 'x' }, {}, () => undefined);
  });
  expect(last().trace.map(({ node_name }) => node_name)).toEqual(['One', 'Two', 'a', 'One']);
});

test('fields that are known have a bound, and what can change is none of them', () => {
  const fields = new WrittenFields();
  const field = fields.add('list', 'list');
  const list = ['a'];
  field?.add(list, '["a"]');
  field?.add('x'.repeat(129), 'x');
  expect([field?.of(list), field?.of('x'.repeat(129))]).toEqual([undefined, undefined]);
  expect(fields.add('x'.repeat(129), 'x')).toBeUndefined();
  for (let at = 0; at < 3_000; at++) fields.add(`n${String(at)}`, 'x')?.add('a', 'x');
  const known = Array.from({ length: 3_000 }, (_, at) => fields.of(`n${String(at)}`));
  expect(known.filter((field) => field !== undefined).length).toBeLessThanOrEqual(1_000);
});

test('a field that says something new each time is not remembered for a while, others are', () => {
  const fields = new WrittenFields();
  const order = fields.add('order', 'order')!;
  const state = fields.add('state', 'state')!;
  let lookedUp = 0;
  for (let at = 0; at < 1_000; at++) {
    if (order.of(`SO-${String(at)}`) === undefined) order.add(`SO-${String(at)}`, 'x');
    const value = `state ${String(at % 40)}`;
    if (state.of(value) === undefined) state.add(value, 'x');
    else lookedUp++;
  }
  expect(lookedUp).toBe(960);
  order.add('SO-1000', 'x');
  expect(order.of('SO-1000')).toBeUndefined();
  // It may say the same from now on.
  let round = 0;
  while (order.of('the same') === undefined && round < 10_000) {
    order.add('the same', 'x');
    round++;
  }
  expect(round).toBeLessThan(2_000);
});

test('values of all fields together have a bound', () => {
  const fields = new WrittenFields();
  const names = Array.from({ length: 100 }, (_, at) => `n${String(at)}`);
  for (let at = 0; at < 60; at++) {
    for (const name of names) (fields.of(name) ?? fields.add(name, name))?.add(at, 'x');
  }
  const known = names.map((name) => {
    const field = fields.of(name);
    return Array.from({ length: 60 }, (_, at) => field?.of(at)).filter(
      (text) => text !== undefined,
    );
  });
  expect(known.flat().length).toBeLessThanOrEqual(2_000);
});

test('a number is hidden or shown by the name of its field alone', () => {
  const { tracer, last } = tracedWorld();
  tracer.run({}, () => {
    for (const pin of [1234, 98.5]) traced('a', { pin, amount: pin }, () => undefined);
  });
  const vars = last().trace.map(({ data }) => JSON.stringify(data));
  for (const [at, number] of ['1234', '98.5'].entries()) {
    expect(vars[at]!.split(number)).toHaveLength(2);
    expect(vars[at]).toContain(maskMark);
  }
});

test('ids are thirty-two digits, and no two are the same', () => {
  const next = createIds();
  const ids = Array.from({ length: 2_000 }, () => next());
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[\da-f]{32}$/.test(id))).toEqual([]);
});
