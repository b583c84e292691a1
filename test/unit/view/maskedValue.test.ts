import { expect, test } from 'vitest';
import type { InspectorContent } from '../../../src/protocol/inspector.ts';
import { aSummary } from '../../support/builders.ts';
import { holdsMask, placeOfEvidence, placeToReveal } from '../../../src/view/maskedValue.ts';

test.each([
  ['••••c3f1', true],
  ['plain', false],
  [7, false],
  [null, false],
  [{ a: [{ b: 'x••••' }] }, true],
  [{ '••••': 1 }, true],
  [[1, 'two', { three: 3 }], false],
])('%j holds a mask: %s', (value, masked) => {
  expect(holdsMask(value)).toBe(masked);
});

const node = (canReveal?: boolean) =>
  ({ kind: 'node', ...(canReveal === undefined ? {} : { canReveal }) }) as InspectorContent;

const execution = (fields: number): InspectorContent => {
  const field = { name: 'x', value: 'y', form: 'text', round: null } as const;
  return {
    ...{ kind: 'execution', canReveal: true, summary: aSummary() },
    data: { question: field, answer: field, fields: Array.from({ length: fields }, () => field) },
    position: { topic: '', partition: 0, offset: '0' },
  };
};

test.each([
  ['a value of a node', node(true), 'config', { section: 'config', index: 2 }],
  ['a log line', node(true), 'logs', { section: 'logs', index: 2 }],
  ['its id', node(true), 'id', { section: 'id', index: 2 }],
  ['its id where the settings forbid it', node(false), 'id', null],
  ['a field of a record', execution(3), 'other', { section: 'other', index: 2 }],
  ['the message behind them', execution(2), 'other', { section: 'message', index: 0 }],
  ['a time', node(true), 'timing', null],
  ['where the settings forbid it', node(false), 'config', null],
  ['where nothing is said', node(), 'config', null],
  ['a node that never ran', { kind: 'notRun' } as InspectorContent, 'config', null],
  ['nothing', null, 'config', null],
] as const)('the place of %s', (_name, content, section, place) => {
  expect(placeToReveal(content, section, 2)).toEqual(place);
});

test.each([
  [{ kind: 'log', index: 3 }, 'own', { section: 'logs', index: 3 }],
  [{ kind: 'message' }, null, { section: 'message', index: 0 }],
  [{ kind: 'log', index: 3 }, 'of another node', null],
  [{ kind: 'runningStatus' }, 'own', null],
] as const)('the place of the evidence %j of %s', (source, runKey, place) => {
  const of = (canReveal: boolean, value: string) =>
    placeOfEvidence({ kind: 'node', row: { key: 'own' }, canReveal } as InspectorContent, {
      source,
      value,
      runKey,
    });
  expect(of(true, 'password=••••')).toEqual(place);
  expect(of(true, 'nothing hidden')).toBeNull();
  expect(of(false, 'password=••••')).toBeNull();
});
