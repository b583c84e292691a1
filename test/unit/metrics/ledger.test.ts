import { expect, test } from 'vitest';
import { Ledger } from '../../../src/metrics/ledger.ts';

const at = (offset: string, partition = 0) => ({ topic: 't', partition, offset });

test('each record counts once, over a restart too', () => {
  const ledger = new Ledger({});
  expect(ledger.take(at('5'))).toBe(true);
  expect(ledger.take(at('5'))).toBe(false);
  expect(ledger.take(at('5', 1))).toBe(true);
  const later = new Ledger(ledger.toData());
  expect(later.take(at('4'))).toBe(false);
  expect(later.take(at('6'))).toBe(true);
});

test('compares offsets beyond 2^53', () => {
  const ledger = new Ledger({ 't/0': '9007199254740993' });
  expect(ledger.take(at('9007199254740992'))).toBe(false);
  expect(ledger.take(at('9007199254740993'))).toBe(true);
});

test('a topic that was made anew is counted from its beginning', () => {
  const ledger = new Ledger({ 't/0': '100' });
  ledger.reset({ topic: 't', partition: 0, high: '3' });
  expect(ledger.take(at('0'))).toBe(true);
});

test('so is one that is known to be another, whatever its offsets are', () => {
  const ledger = new Ledger({ 't/0': '100', 't/1': '7', 't/0/0': '5', 'tt/0': '5' });
  ledger.forget('t');
  expect(ledger.toData()).toEqual({ 't/0/0': '5', 'tt/0': '5' });
});

test('a topic that goes on is not', () => {
  const ledger = new Ledger({ 't/0': '100' });
  ledger.reset({ topic: 't', partition: 0, high: '100' });
  expect(ledger.take(at('99'))).toBe(false);
});

test('data that is broken counts as none', () => {
  expect(new Ledger({ 't/0': 'x' }).take(at('0'))).toBe(true);
});

test('what is included moves a partition on, never back', () => {
  const ledger = new Ledger({ 't/0': '5' });
  ledger.include({ 't/0': '3', 't/1': '9' });
  expect(ledger.toData()).toEqual({ 't/0': '5', 't/1': '9' });
  ledger.include({ 't/0': '7' });
  expect(ledger.take(at('6'))).toBe(false);
});
