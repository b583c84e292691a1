import { describe, expect, test } from 'vitest';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import { keptSummary } from '../../../src/decode/keptSummary.ts';
import type { ExecutionSummary } from '../../../src/trace/execution.ts';
import { aSummary } from '../../support/builders.ts';
import { recordWith } from '../../support/fixtures.ts';
import { sampleRecord } from '../../support/sampleRecords.ts';
import { usualRules } from '../../support/usualRules.ts';

const long = 'Traceback (most recent call last) '.repeat(30_000);
const many = Array.from({ length: 50_000 }, (_, n) => `rpa::${String(n)}`);
const failing = {
  ...{ nodeId: long, runKey: long, name: long, inferred: false, afterNodeId: long },
};

const texts = (summary: ExecutionSummary) =>
  JSON.stringify(summary, (key, value: unknown) =>
    key === 'nodeIds' || key === 'nodeNames' ? [] : value,
  );

describe('what a summary keeps', () => {
  test.each<[string, Partial<ExecutionSummary>]>([
    ['a message', { message: long }],
    ['ids', { key: long, sid: long, flowId: long }],
    ['what ran, and where', { subject: long, service: long }],
    ['the failing node', { failing }],
    ['what began it', { calledBy: { sid: long, runKey: long } }],
    ['everything', { message: long, key: long, sid: long, subject: long, service: long, failing }],
  ])('is some kilobytes: %s', (_, parts) => {
    expect(texts(keptSummary(aSummary(parts))).length).toBeLessThan(8_000);
  });

  test.each<[string, readonly string[]]>([
    ['many', many],
    ['long', many.map((id) => id + long.slice(0, 5_000))],
    ['one that is very long', [long]],
  ])('holds a part of its nodes: %s', (_, list) => {
    const { nodeIds, nodeNames } = keptSummary(aSummary({ nodeIds: list, nodeNames: list }));
    for (const kept of [nodeIds, nodeNames]) {
      expect(kept.length).toBeGreaterThan(0);
      expect(kept.length).toBeLessThanOrEqual(2_000);
      expect(kept.join('').length).toBeLessThanOrEqual(100_000);
    }
  });

  test('says that it was cut, between characters', () => {
    const { message } = keptSummary(aSummary({ message: `${'x'.repeat(1_998)}😀 and more` }));
    expect(message).toBe(`${'x'.repeat(1_998)}…`);
  });

  test('tells ids apart that begin alike', () => {
    const [one, other] = [`${long}1`, `${long}2`].map((sid) => keptSummary(aSummary({ sid })).sid);
    expect(one).not.toBe(other);
  });

  test('is the same where nothing is too long, its lists the very same', () => {
    const summary = aSummary({ message: 'no room', nodeIds: ['a'], nodeNames: ['b'] });
    expect(keptSummary(summary)).toEqual(summary);
    expect(keptSummary(summary).nodeIds).toBe(summary.nodeIds);
  });
});

test('a record that arrives is cut, one that is opened is whole', () => {
  const root = JSON.parse(sampleRecord('failed', 1)) as { status: { message: string } };
  root.status.message = long;
  const record = recordWith(root);
  const decoded = decodeRecord(record, usualRules);
  expect(decoded.ok && decoded.value.summary.message.length).toBe(2_000);
  expect(openRecord(record, usualRules).execution().summary.message).toBe(long);
});
