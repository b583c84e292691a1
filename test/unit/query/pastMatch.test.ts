import { expect, test } from 'vitest';

import { parseQuery } from '../../../src/query/parseQuery.ts';
import {
  headMatches,
  isOfPast,
  type MatchedPast,
  pastMatches,
  spanOfTerms,
} from '../../../src/query/pastMatch.ts';

const nowMs = new Date(2026, 5, 16, 12).getTime();
const failed: MatchedPast = {
  ...{ kind: 'workflow', outcome: 'failed', beginMs: nowMs - 60_000, durationMs: 4_000 },
  ...{ sid: 'spf01@hf', service: 'workflow', flow: '7379', name: 'Invoices', code: 55_003 },
  failure: { nodeId: 'rpa::1', name: 'Click save', cause: 'elementNotFound', category: 'node' },
  nodes: [
    { nodeId: 'node-start::1', name: 'Start' },
    { nodeId: 'rpa::1', name: 'Click save' },
  ],
};
const call: MatchedPast = {
  ...{ kind: 'link', outcome: 'succeeded', beginMs: nowMs - 90_000_000, durationMs: null },
  ...{ sid: 'lnk02@hf', service: 'spark-link', flow: 'tool@1', name: 'OCR', code: 0 },
  ...{ failure: null, nodes: [] },
};
const unknown = {
  ...failed,
  failure: { nodeId: null, name: '', cause: null, category: 'network' },
};

test.each([
  ['', [failed, call]],
  ['invoices', [failed]],
  ['SPF01', [failed]],
  ['55003', [failed]],
  ['failed', [failed]],
  ['spark', [call]],
  ['start', [failed]],
  ['status:failed', [failed]],
  ['-status:failed', [call]],
  ['kind:tool', [call]],
  ['-kind:tool', [failed]],
  ['node:"click save"', [failed]],
  ['node:rpa::1', [failed]],
  ['failing:save', [failed]],
  ['failing:start', []],
  ['cause:elementNotFound', [failed]],
  ['-cause:elementNotFound', [call]],
  ['service:link', [call]],
  ['sid:02', [call]],
  ['flow:7379', [failed]],
  ['flow:ocr', [call]],
  ['duration:>3s', [failed]],
  ['duration:<3s', []],
  ['code:55000..55999', [failed]],
  ['time:1h', [failed]],
  ['time:<12:00', [failed, call]],
  ['status:failed node:save -flow:ocr', [failed]],
] as const)('of the past “%s” finds what it finds in memory', (filter, found) => {
  const { terms, faults } = parseQuery(filter, nowMs);
  expect(faults).toEqual([]);
  expect([failed, call].filter((past) => pastMatches(past, terms))).toEqual(found);
  // What the head alone rules out is none that was looked for.
  for (const past of found) expect(headMatches(past, terms)).toBe(true);
});

test('a failure of an unknown cause goes by its category', () => {
  const { terms } = parseQuery('cause:network failing:x', nowMs);
  expect(pastMatches(unknown, terms.slice(0, 1))).toBe(true);
  expect(pastMatches(unknown, terms)).toBe(false);
});

test('inputs and outputs are not of the past', () => {
  const { terms } = parseQuery('text:"INV-1"', nowMs);
  expect(isOfPast(terms)).toBe(false);
  expect(pastMatches(failed, terms)).toBe(false);
  expect(isOfPast(parseQuery('failed', nowMs).terms)).toBe(true);
});

test.each([
  ['failed', -Infinity, Infinity],
  ['time:1h', nowMs - 3_600_000, Infinity],
  ['time:1h time:<11:30', nowMs - 3_600_000, nowMs - 1_800_000],
  ['-time:1h', -Infinity, Infinity],
])('the time that “%s” asks for', (filter, fromMs, toMs) => {
  const span = spanOfTerms(parseQuery(filter, nowMs).terms);
  expect(span.fromMs).toBe(fromMs);
  expect(span.toMs === toMs || span.toMs === nowMs).toBe(true);
});
