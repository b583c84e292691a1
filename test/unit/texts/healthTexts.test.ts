import { describe, expect, test } from 'vitest';
import type { Health } from '../../../src/protocol/health.ts';
import type { Translate } from '../../../src/texts/translate.ts';
import { healthSections } from '../../../src/texts/healthTexts.ts';
import { aHealth } from '../../webview/panelData.ts';

const t: Translate = (message, ...args) =>
  message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)]));

const linesOf = (parts: Partial<Health>) => {
  const world = { t, language: 'en', nowMs: Date.now() };
  return healthSections(aHealth(parts), world).flatMap(({ lines }) => lines);
};
const line = (parts: Partial<Health>, name: string) =>
  linesOf(parts).find((one) => one.name.startsWith(name));

test('a healthy pipeline has nothing to do', () => {
  expect(linesOf({}).map(({ level }) => level)).not.toContain('warning');
  expect(line({}, 'Read since')?.value).toBe('12,345 records, 45.2 MB');
  expect(line({}, 'Rate')?.value).toBe('120 records/s, 449.2 KB/s');
});

test.each([
  [
    { executions: 294, runs: 92, toolCalls: 59 },
    'In the list of all flows: executions: 92, tool calls: 59. Calls within their trees: 143.',
  ],
  [
    { executions: 2, runs: 2, toolCalls: 0 },
    'In the list of all flows: executions: 2, tool calls: 0.',
  ],
])('what is kept can be found again in the list: %j', (kept, note) => {
  const store = { ...aHealth().store, ...kept };
  expect(line({ store }, `Executions and calls: ${String(kept.executions)}`)?.note).toBe(note);
});

test.each([
  [0, 'just now'],
  [999, 'just now'],
  [1_000, '1 s ago'],
  [90_000, '1 min 30 s ago'],
])('the last record came %i ms ago: %s', (ms, value) => {
  const nowMs = 1_000_000;
  const health = aHealth({ intake: { ...aHealth().intake, lastMs: nowMs - ms } });
  const lines = healthSections(health, { t, language: 'en', nowMs }).flatMap((one) => one.lines);
  expect(lines.find(({ name }) => name === 'Last record')?.value).toBe(value);
});

describe('what is not well says what to do', () => {
  const slow = { ...aHealth().intake, recordsPerSecond: 10 };
  const store = { ...aHealth().store, bytes: 134_000_000 };
  test.each<[string, Partial<Health>, string, RegExp, 'fact' | 'ok' | 'warning']>([
    ['a short lag', { lag: 40, intake: slow }, 'Lag', /^$/, 'ok'],
    ['a long one', { lag: 600, intake: slow }, 'Lag', /about 1 min/, 'warning'],
    [
      'one that nobody works off',
      { lag: 1, intake: { ...slow, recordsPerSecond: 0 } },
      'Lag',
      /paused/,
      'warning',
    ],
    ['rejected records', { rejected: 2 }, 'Rejected', /in the menu says why/, 'warning'],
    ['a store that is full', { store }, 'Executions and calls: 512', /make room/, 'ok'],
    [
      'a thread that is running out of memory',
      { heap: { usedBytes: 500_000_000, mostBytes: 536_870_912 } },
      'Heap',
      /running out of memory/,
      'warning',
    ],
    [
      'metrics that don’t arrive',
      { otlp: { kind: 'failing', endpoint: 'http://c', detail: 'refused', waiting: 3 } },
      'Export',
      /refused.*3 executions are kept/,
      'warning',
    ],
    ['no history', { history: { kind: 'off' } }, 'History', /only for topics/, 'fact'],
    ['one that begins', { history: { kind: 'opening' } }, 'History', /^$/, 'fact'],
    [
      'one without anything',
      { history: { kind: 'on', sinceMs: null, bytes: 0 } },
      'History',
      /Nothing is kept/,
      'ok',
    ],
    ['one that is kept', {}, 'History', /^It goes back to /, 'ok'],
    ['a full disk', { history: { kind: 'full' } }, 'History', /Free some space/, 'warning'],
    ['an old editor', { history: { kind: 'unavailable' } }, 'History', /1\.101/, 'warning'],
    [
      'a topic that is silent',
      { intake: { ...slow, lastMs: null, recordMs: null } },
      'Last record',
      /Start position/,
      'fact',
    ],
  ])('%s', (_, parts, name, note, level) => {
    expect(line(parts, name)).toMatchObject({ note: expect.stringMatching(note) as string, level });
  });

  test('without a source there is nothing to read', () => {
    expect(line({ openedMs: null }, 'Source')?.value).toBe('No source is open.');
    expect(line({ partitions: [], partitionCount: 0 }, 'Lag')).toBeUndefined();
  });
});
