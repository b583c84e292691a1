import { describe, expect, test } from 'vitest';

import type { Json, JsonObject } from '../../../src/base/json.ts';
import { recordWith } from '../../support/fixtures.ts';
import { storyRecord, storySid, type Story } from '../../support/storyRecords.ts';
import { engineParts } from '../engine/world.ts';

// Runs of which each has its own order: what differs from the last good one because it is another order is no difference.

const names = ['Li Na', 'Wang', 'Acme Ltd', 'Zhao Min', 'Chen', 'Globex', 'Sun', 'Zhou'];

const orderOf = (n: number, more: JsonObject = {}): JsonObject => ({
  ...{ no: `SO-${String(20_000 + n * 7)}`, customer: names[n] ?? '', total: 100 + n * 12.5 },
  ...{ currency: 'CNY', lines: linesOf(n, (n % 3) + 1), ...more },
});

function linesOf(n: number, count: number): Json {
  return Array.from({ length: count }, (_, at) => ({
    ...{ sku: `A${String(n * 10 + at)}`, unit: 'pcs', price: 10 + n + at },
  }));
}

const said = (no: Json | undefined) => (typeof no === 'string' ? no : JSON.stringify(no));
const promptOf = (no: Json | undefined) =>
  `Read the order below and give its fields as JSON. Order: ${said(no)}. Answer in English.`;

function story(n: number, order: JsonObject, prompt = promptOf(order['no'])): Story {
  const no = order['no'] ?? null;
  return {
    ...{ n, question: { mail: `Please enter ${said(no)}` } },
    steps: [
      { id: 'node-start::1', name: 'Start', input: { mail: `Please enter ${said(no)}` } },
      { id: 'spark-llm::2', name: 'Extract', input: { prompt }, output: { order } },
      { id: 'rpa::3', name: 'Enter', input: { order }, output: { done: no } },
      { id: 'node-end::4', name: 'End', output: { done: no } },
    ],
    answer: { done: no },
  };
}

async function compared(more: JsonObject, prompt?: string, edit = (one: Story): Story => one) {
  const parts = engineParts();
  const good = [0, 1, 2, 3, 4].map((n) => story(n, orderOf(n)));
  const last = edit(story(6, orderOf(6, more), prompt));
  parts.take([...good, last].map((one) => recordWith(storyRecord(one))));
  const page = { onlyDifferences: true, offset: 0, limit: 0 };
  const answer = await parts.compare.answer({
    ...{ key: `workflow/${storySid(6)}`, other: null, ...page },
  });
  if (answer.kind !== 'compared') throw new Error(answer.kind);
  return answer;
}

async function differences(more: JsonObject, prompt?: string) {
  const { groups, folded } = await compared(more, prompt);
  const paths = groups.flatMap(({ items }) =>
    items.flatMap(({ aspect, path }) => (aspect === 'ownData' ? [] : [path.join('.')])),
  );
  return { paths: [...new Set(paths)], folded };
}

describe('an order like others', () => {
  test('is no difference, and counted', async () => {
    const { paths, folded } = await differences({});
    expect(paths).toEqual([]);
    expect(folded).toBeGreaterThan(5);
  });

  test.each<[string, JsonObject]>([
    ['that is three times as large', { total: 450 }],
    ['with as many lines as one before', { lines: linesOf(6, 3) }],
  ])('%s', async (_, more) => {
    expect((await differences(more)).paths).toEqual([]);
  });
});

describe('what good runs have as well', () => {
  /** A flow whose step gives one of few values; the last of the good ones is compared with. */
  const found = async (good: readonly string[], last: string, isFailed = true) => {
    const parts = engineParts();
    const ofVendor = (n: number, vendor: string): Story => ({
      ...{ n, question: { mail: 'Enter' } },
      steps: [
        { id: 'node-start::1', name: 'Start', input: { mail: 'Enter' } },
        { id: 'spark-llm::2', name: 'Extract', input: { mail: 'Enter' }, output: { vendor } },
        { id: 'rpa::3', name: 'Enter', input: { vendor } },
      ],
      answer: { done: true },
    });
    const failed = { code: 21_300, message: 'element not found' };
    const stories = [
      ...good.map((vendor, n) => ofVendor(n, vendor)),
      { ...ofVendor(good.length, last), ...(isFailed && failed) },
    ];
    parts.take(stories.map((one) => recordWith(storyRecord(one))));
    const key = `workflow/${storySid(good.length)}` as const;
    const page = { onlyDifferences: true, offset: 0, limit: 0 };
    const answer = await parts.compare.answer({ key, other: null, ...page });
    if (answer.kind !== 'compared') throw new Error(answer.kind);
    return {
      ...{ folded: answer.folded, goodRuns: answer.goodRuns },
      having: answer.groups.flatMap(({ items }) =>
        items.flatMap(({ path, having }) => (path.includes('vendor') ? [having] : [])),
      ),
    };
  };

  test.each<[string, string, readonly string[], string]>([
    ['is no difference where most have the very value', 'Acme', ['Acme', 'Acme', 'Acme'], 'Globex'],
    ['nor where most differ from the last one, too', 'Acme', ['Acme', 'Chen', 'Chen'], 'Globex'],
  ])('%s', async (_, now, earlier, last) => {
    const { having, folded } = await found([...earlier, last], now);
    expect(having).toEqual([]);
    expect(folded).toBeGreaterThan(0);
  });

  test('is one where both went well', async () => {
    const { having } = await found(['Acme', 'Acme', 'Acme', 'Globex'], 'Acme', false);
    expect([...new Set(having)]).toEqual([3]);
  });

  test('is told with how many have it, where few do or none', async () => {
    const { having, goodRuns } = await found(['Acme', 'Chen', 'Chen', 'Chen'], 'Acme');
    expect(goodRuns).toBe(4);
    expect([...new Set(having)]).toEqual([1]);
    const none = await found(['Chen', 'Chen', 'Chen', 'Chen'], 'Acme');
    expect([...new Set(none.having)]).toEqual([0]);
  });
});

describe('of two that somebody chose', () => {
  const orderFor = (n: number, vendor: string, isFailed: boolean): Story => ({
    ...{ n, question: { mail: 'Enter' } },
    steps: [
      { id: 'node-start::1', name: 'Start', input: { mail: 'Enter' } },
      { id: 'spark-llm::2', name: 'Extract', input: { mail: 'Enter' }, output: { vendor } },
      {
        ...{ id: 'rpa::3', name: 'Enter', input: { vendor } },
        ...(isFailed ? { error: 'not found' } : { output: { no: 7 } }),
      },
    ],
    ...(isFailed ? { code: 21_300, message: 'not found' } : { answer: { done: true } }),
  });
  /** What differs first between the last two, behind good runs of these vendors. */
  const firstOf = async (
    good: readonly string[],
    ...two: readonly (readonly [vendor: string, isFailed: boolean])[]
  ) => {
    const parts = engineParts();
    const stories = [
      ...good.map((vendor, n) => orderFor(n, vendor, false)),
      ...two.map(([vendor, isFailed], at) => orderFor(good.length + at, vendor, isFailed)),
    ];
    parts.take(stories.map((one) => recordWith(storyRecord(one))));
    const keyOf = (n: number) => `workflow/${storySid(n)}` as const;
    const answer = await parts.compare.answer({
      ...{ key: keyOf(good.length + 1), other: keyOf(good.length) },
      ...{ onlyDifferences: true, offset: 0, limit: 0 },
    });
    if (answer.kind !== 'compared') throw new Error(answer.kind);
    const { first, groups } = answer;
    return { what: first?.what, groups: groups.map(({ kind }) => kind) };
  };
  const usual = ['Acme', 'Chen', 'Chen', 'Chen'];

  test.each<[string, Parameters<typeof firstOf>, string | undefined]>([
    ['two that failed the same', [usual, ['Chen', true], ['Acme', true]], undefined],
    ['two that failed, one of them oddly', [usual, ['Chen', true], ['Odd', true]], 'output'],
    ['one that no longer fails', [usual, ['Acme', true], ['Chen', false]], 'status'],
    ['one whose oddity is gone', [usual, ['Odd', true], ['Chen', false]], 'output'],
    ['two good ones', [usual, ['Chen', false], ['Acme', false]], 'output'],
  ])('what good runs had does not lead: %s', async (_, given, what) => {
    const { what: found, groups } = await firstOf(...given);
    expect(found).toBe(what);
    expect(groups).toContain('outputs');
  });
});

test('attempts of a step are compared by the last of them, with good runs that needed none', async () => {
  const retried = (n: number): Story => {
    const one = story(n, orderOf(n));
    const [start, extract, enter, end] = one.steps;
    if (start === undefined || extract === undefined || enter === undefined || end === undefined)
      throw new Error('a story has four steps');
    return { ...one, steps: [start, extract, { ...enter, error: 'busy', output: {} }, enter, end] };
  };
  const parts = engineParts();
  const stories = [0, 1, 2, 3].map((n) => story(n, orderOf(n)));
  parts.take([...stories, retried(4), retried(6)].map((one) => recordWith(storyRecord(one))));
  const page = { onlyDifferences: true, offset: 0, limit: 0 };
  const answer = await parts.compare.answer({
    ...{ key: `workflow/${storySid(6)}`, other: `workflow/${storySid(4)}`, ...page },
  });
  expect(answer.kind === 'compared' && answer.groups.map(({ kind }) => kind)).toEqual([]);
});

describe('of a run that was given other data', () => {
  /** What the first difference is, and whether the data tells of it. */
  const first = async (more: JsonObject, edit?: (one: Story) => Story) => {
    const { first: found, told } = await compared(more, undefined, edit);
    const row = new Map(told).get(found?.row ?? -1);
    return { what: found?.what, isOtherData: found?.isOtherData, told: row?.hasOtherData };
  };

  test('a step that gave something else is not blamed for it', async () => {
    expect(await first({ total: 0 })).toEqual({ what: 'output', isOtherData: true, told: true });
  });

  test('a step that failed did not get the same', async () => {
    const failing = (one: Story): Story => ({
      ...one,
      ...{ code: 21_300, message: 'element not found' },
      steps: one.steps.map((step) =>
        step.id === 'rpa::3' ? { ...step, error: 'element not found', output: {} } : step,
      ),
    });
    expect(await first({}, failing)).toEqual({
      what: 'status',
      isOtherData: undefined,
      told: true,
    });
  });
});

describe('what no order had', () => {
  test.each<[string, JsonObject, string]>([
    ['an amount of nothing', { total: 0 }, 'order.total'],
    ['a negative amount', { total: -80 }, 'order.total'],
    ['a hundred times as much', { total: 15_000 }, 'order.total'],
    ['no customer', { customer: '' }, 'order.customer'],
    ['an amount as text', { total: '175' }, 'order.total'],
    ['a number of another form', { no: '20042/B' }, 'order.no'],
    ['another currency, where all had one', { currency: 'USD' }, 'order.currency'],
    ['more lines than ever', { lines: linesOf(6, 9) }, 'order.lines.3'],
    [
      'a line of another unit',
      { lines: [{ sku: 'A60', unit: 'box', price: 16 }] },
      'order.lines.0.unit',
    ],
    ['a name as long as a letter', { customer: `Li ${'very '.repeat(30)}long` }, 'order.customer'],
  ])('%s stands', async (_, more, path) => {
    expect((await differences(more)).paths).toContain(path);
  });

  test('another prompt around it stands', async () => {
    const prompt = promptOf('SO-20042').replace('in English', 'in Chinese');
    expect((await differences({}, prompt)).paths).toEqual(['prompt']);
  });
});
