import { describe, expect, it } from 'vitest';

import { isBroker, splitBrokers } from '../../../src/base/brokers.ts';

describe('a list of brokers', () => {
  it.each<[string, string[]]>([
    ['a:1', ['a:1']],
    ['a:1,b:2', ['a:1', 'b:2']],
    [' a:1 ;\tb:2\n', ['a:1', 'b:2']],
    ['a:1，b:2；c:3、d:4', ['a:1', 'b:2', 'c:3', 'd:4']],
    ['a：1， b：2', ['a:1', 'b:2']],
    ['a:1\u3000b:2', ['a:1', 'b:2']],
    ['[::1]:9092,[2001:db8::7]:9093', ['[::1]:9092', '[2001:db8::7]:9093']],
    ['［::1］:9092', ['[::1]:9092']],
    ['', []],
    [',，;', []],
  ])('%j', (text, brokers) => {
    expect(splitBrokers(text)).toEqual(brokers);
  });
});

describe('a broker', () => {
  it.each([
    'localhost:9092',
    '10.0.0.7:9092',
    'kafka-1.example.org:29092',
    '[::1]:9092',
    '[2001:db8::7]:9092',
    '[::ffff:10.0.0.7]:9092',
    '[fe80::1%eth0]:9092',
    '卡夫卡.example:9092',
  ])('is %s', (broker) => {
    expect(isBroker(broker)).toBe(true);
  });

  it.each([
    '',
    'localhost',
    'localhost:',
    'localhost:0',
    'localhost:65536',
    '::1:9092',
    '[::1]',
    '[localhost]:9092',
    '[]:9092',
    'PLAINTEXT://kafka:9092',
    'user@kafka:9092',
    'a b:1',
  ])('is not %j', (broker) => {
    expect(isBroker(broker)).toBe(false);
  });
});
