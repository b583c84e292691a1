import { describe, expect, test } from 'vitest';

import {
  shownAddress,
  shownAddresses,
  withoutCredentials,
} from '../../../src/base/shownAddress.ts';

describe('an address is shown as origin and path', () => {
  test.each([
    ['127.0.0.1:4317', '127.0.0.1:4317'],
    ['broker-1.example:9092', 'broker-1.example:9092'],
    ['[::1]:9092', '[::1]:9092'],
    ['', ''],
    ['http://host:4318/v1/metrics', 'http://host:4318/v1/metrics'],
    ['https://host', 'https://host'],
    ['https://host/a@b/c', 'https://host/a@b/c'],
    ['https://host/a:1/b', 'https://host/a:1/b'],
    // User and password.
    ['user:hunter2@host:9092', 'host:9092'],
    ['user@host:9092', 'host:9092'],
    ['user:hunter2@[::1]:9092', '[::1]:9092'],
    ['http://user:hunter2@host:4318/v1/metrics', 'http://host:4318/v1/metrics'],
    ['http://hunter2@host/', 'http://host/'],
    ['https://:hunter2@host/x', 'https://host/x'],
    ['SASL_SSL://user:hunter2@host:9092', 'SASL_SSL://host:9092'],
    ['http://user:%68unter2@host/x', 'http://host/x'],
    // Not as they have to be written.
    ['http://user:hun@ter2@host/x', 'http://host/x'],
    ['http://user:hun/ter2@host/x', 'http://host/x'],
    ['http://user:hun?ter2@host/x', 'http://host/x'],
    ['http://user:hun#ter2@host/x', 'http://host/x'],
    ['http://user:hun ter2@host/y', 'http://host/y'],
    ['http://user:hunter2', 'http://user:•••'],
    ['user:hunter2', 'user:•••'],
    ['http://user:hunter2/x', 'http://user:•••/x'],
    ['http://user:hun\\ter2@host/y', 'http://host/y'],
    ['user:hun/ter2@host:9092', 'host:9092'],
    ['http:/user:hunter2@host/x', 'http:/host/x'],
    ['http:user:hunter2@host/x', 'host/x'],
    ['//user:hunter2@host/x', '//host/x'],
    // Query and fragment.
    ['https://host/v1/metrics?token=hunter2', 'https://host/v1/metrics'],
    ['https://host?token=hunter2', 'https://host'],
    ['https://host/v1?a=b@hunter2', 'https://host/v1'],
    ['https://host/v1#hunter2', 'https://host/v1'],
    ['host:4318/v1?token=hunter2', 'host:4318/v1'],
    ['host:4318?token=hunter2', 'host:4318'],
    ['host:4318/v1?mail=hunter2@x', 'host:4318/v1'],
    // An address in an address.
    ['https://proxy/http://user:hunter2@host/x', 'https://proxy/http://host/x'],
    ['https://proxy/user:hunter2@host/x', 'https://proxy/host/x'],
  ])('%j', (address, shown) => {
    expect(shownAddress(address)).toBe(shown);
  });

  test.each([
    [[], ''],
    [['a:1', 'b:2'], 'a:1, b:2'],
    [['a:1', 'user:hunter2@b:2'], 'a:1, b:2'],
    // A password with a comma in it was taken for two brokers.
    [['a:1', 'user:hunt', 'er2@b:2'], 'a:1, user:•••, b:2'],
    [['user', 'a:1'], 'user, a:1'],
  ])('a list: %j', (addresses, shown) => {
    expect(shownAddresses(addresses)).toBe(shown);
  });
});

describe('a text shows no credentials of the addresses in it', () => {
  test.each([
    ['nothing to hide: a question?', 'nothing to hide: a question?'],
    ['at 12:00 in rpa::1, 3 @ once', 'at 12:00 in rpa::1, 3 @ once'],
    [
      'connect ECONNREFUSED http://user:hunter2@host:4318/v1?t=hunter2 (3 times)',
      'connect ECONNREFUSED http://host:4318/v1 (3 times)',
    ],
    ['“http://user:hunter2@host” is no address', '“http://host” is no address'],
    ['fetch("https://user:hunter2@h/x?y=hunter2") failed', 'fetch("https://h/x") failed'],
    ['see <https://h/x?key=hunter2>.', 'see <https://h/x>.'],
    ['See https://h/x.', 'See https://h/x.'],
    ['http://u:hunter2@h:4318: refused', 'http://h:4318: refused'],
    ['at http://[::1]:4318, http://[::1]', 'at http://[::1]:4318, http://[::1]'],
    ['file:///home/a@b/c.json', 'file:///home/a@b/c.json'],
    // A comma may be part of a password.
    ['user:hunter2@a:1,user:hunter2@b:2 hung up', 'b:2 hung up'],
    ['broker user:hunter2@host:9092: no answer', 'broker host:9092: no answer'],
    ['(user:hunter2@host:9092)', '(host:9092)'],
    ['GET /v1/metrics?token=hunter2 403', 'GET /v1/metrics 403'],
    ['http://u:hunter2@a/x,http://u:hunter2@b/y', 'http://a/x,http://b/y'],
    ['{"url":"http://u:hunter2@a/x?k=hunter2","n":1}', '{"url":"http://a/x","n":1}'],
    ['jdbc:kafka://u:hunter2@h:1;', 'jdbc:kafka://h:1;'],
  ])('%j', (text, shown) => {
    expect(withoutCredentials(text)).toBe(shown);
  });

  test.each([
    ['the answer: hunter2 is wrong', ['http://user:hunter2@host'], 'the answer: ••• is wrong'],
    ['path /v1?token=hunter2&x=1', ['http://host/v1?token=hunter2&x=1'], 'path /v1'],
    ['token hunter2 expired', ['http://host/v1?token=hunter2&x=1'], 'token ••• expired'],
    ['as hunt%65r2 or hunter2', ['http://user:hunt%65r2@host'], 'as ••• or •••'],
    ['as hun ter2', ['https://h/?a=hun+ter2'], 'as •••'],
    ['bad port hun/ter2', ['http://user:hun/ter2@host/x'], 'bad port •••'],
    ['a fragment hunter2', ['http://host/#hunter2'], 'a fragment •••'],
    ['broker hunter2', ['user:hunter2@host:9092'], 'broker •••'],
    // Too short to be told from ordinary words.
    ['1 of 12', ['http://host/?a=1&b=12'], '1 of 12'],
    ['%E0%A4%A hunter2', ['http://user:hunter2%E0%A4%A@host'], '%E0%A4%A hunter2'],
  ])('nor those of an address that is known: %j', (text, known, shown) => {
    expect(withoutCredentials(text, known)).toBe(shown);
  });
});
