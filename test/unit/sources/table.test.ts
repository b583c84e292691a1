import { expect, test } from 'vitest';
import type { SourceSpec } from '../../../src/protocol/sources.ts';
import { labelOf } from '../../../src/sources/createSource.ts';
import { sourceName } from '../../../src/sources/sourceName.ts';
import { isKept, isLive, sourceKinds, traitsOf } from '../../../src/sources/table.ts';

const topic: SourceSpec = {
  kind: 'kafka',
  connection: {
    ...{ brokers: ['user:s3cr3t-a@a:9092', 'b:9092?key=s3cr3t-b'], clientId: 'c' },
    tls: { enabled: true, rejectUnauthorized: true },
    sasl: { mechanism: 'plain', username: 'user', password: 's3cr3t-c' },
  },
  ...{ topic: 'orders', start: { kind: 'earliest' } },
};
const bytes = new Uint8Array();

test.each<[SourceSpec, string, string, string]>([
  [topic, 'orders', 'a:9092, b:9092', 'orders'],
  [{ kind: 'files', paths: ['/t/a', 'C:\\t\\b'] }, 'a, b', '/t/a\nC:\\t\\b', 'a, b'],
  [{ kind: 'contents', files: [{ name: 'a.json', bytes }] }, 'a.json', 'a.json', 'a.json'],
  [{ kind: 'sample' }, '', '', 'the robot'],
])('what $kind is called, without credentials', (spec, name, detail, shown) => {
  const label = labelOf(spec);
  expect(label).toEqual({ kind: spec.kind, name, detail });
  expect(sourceName(label, () => 'the robot')).toBe(shown);
});

test('where nothing is read there is nothing to know', () => {
  expect(traitsOf('none')).toBeUndefined();
  expect(sourceName({ kind: 'none', name: '' }, (text) => text)).toBe('');
});

test('each kind is what the rest of the house takes it for', () => {
  const kindsThat = (are: (kind: (typeof sourceKinds)[number]) => boolean) =>
    sourceKinds.filter(are);
  expect({
    live: kindsThat((kind) => isLive({ kind })),
    kept: kindsThat(isKept),
    counted: kindsThat((kind) => traitsOf(kind).isCounted),
    newEachTime: kindsThat((kind) => traitsOf(kind).isNewEachTime),
    needingTrust: kindsThat((kind) => traitsOf(kind).needsTrust),
    limited: kindsThat((kind) => traitsOf(kind).limit !== null),
  }).toEqual({
    live: ['kafka', 'sample'],
    kept: ['kafka', 'files', 'sample'],
    counted: ['kafka'],
    newEachTime: ['sample'],
    needingTrust: ['kafka'],
    limited: ['kafka'],
  });
});

test.each(['', 'none', 'collector', 'toString', '__proto__', 'contents'])(
  '“%s” is no kind that is remembered',
  (kind) => {
    expect(isKept(kind)).toBe(false);
  },
);
