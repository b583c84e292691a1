import { describe, expect, it } from 'vitest';

import { createRedactor } from '../../../src/masking/redact.ts';
import { usualRules } from '../../support/usualRules.ts';

const redactor = createRedactor([], usualRules);
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('the arguments of a call', () => {
  it.each([
    ['login("bob", "S3cretPw9")', 'login("bob", "••••")'],
    ['login("bob", "S3cretPw9", "en")', 'login("bob", "••••", "en")'],
    ['login("https://x.example", "bob", "S3cretPw9")', 'login("https://x.example", "bob", "••••")'],
    ['login(host, "bob", "S3cretPw9")', 'login(host, "bob", "••••")'],
    ['login("x.example:22", "bob", "S3cretPw9")', 'login("x.example:22", "bob", "••••")'],
    ['login("bob",    "S3cretPw9"   )', 'login("bob",    "••••"   )'],
    ['connect(user, "S3cretPw9")', 'connect(user, "••••")'],
    ['connect("h", 1, "Abcdef12")', 'connect("h", 1, "••••")'],
    ['connect("h", 1, "abc123def")', 'connect("h", 1, "••••")'],
    ['connect("h", 1, "ab!2345")', 'connect("h", 1, "••••")'],
  ])('%s: the secret is masked alone', (text, masked) => {
    expect(redactor.text(text)).toBe(masked);
  });

  it.each([
    'login("only")',
    'login(, "x")',
    'login("bob", "unfinished',
    'connect("h.example", 22, "mqtt.example.com")',
    'connect("h", 1, "topic-a-1")',
    'connect("h", 1, "abc-12-def")',
  ])('%s: no secret is seen', (text) => {
    expect(redactor.text(text)).toBe(text);
  });
});

describe('a user and a secret in base64', () => {
  it.each([
    ['a usual user', `x ${base64('admin:S3cretPw9')}`],
    ['a word about a login before it', `login ${base64('bob:hunter22')}`],
    ['a secret that looks like one', `x ${base64('bob:Hunter22x')}`],
  ])('is masked for %s', (_why, text) => {
    const masked = redactor.text(text).split(' ')[1] ?? '';
    expect(Buffer.from(masked, 'base64').toString()).toMatch(/^(?:admin|bob):••••$/);
  });

  it.each([
    ['the end of an address', '//host:8080'],
    ['the row of a table', 'User:1024'],
    ['the place in a list', 'arrayconnection:10abc'],
    ['an id', 'Order:50a74cff-1111-2222-3333-444455556666'],
    ['words', 'bob:hunter22'],
    ['a name of parts', 'bob:Hunter-22x'],
    ['a constant', 'bob:HUNTER22X'],
    ['what is masked already', 'bob:••••'],
  ])('stays for %s', (_what, inner) => {
    const text = `x ${base64(inner)}`;
    expect(redactor.text(text)).toBe(text);
  });
});

describe('a column of secrets', () => {
  it.each([
    ['password,name\nS3cretPw,bob', 'password,name\n••••,bob'],
    ['token,name\nabc,bob\nAb3xYz9Qw1,ann', 'token,name\nabc,bob\n••••,ann'],
    ['password,name\nhas blank,bob\nA1b2 C3d4 E5f6,x', 'password,name\nhas blank,bob\n••••E5f6,x'],
    ['x {"csv":"name,password\\nbob,S3cretPw"} y', 'x {"csv":"name,password\\nbob,••••"} y'],
  ])('%j is masked cell by cell', (text, masked) => {
    expect(redactor.text(text)).toBe(masked);
  });

  it.each(['password,name', 'name,password\nbob,string\nann,required'])('%j has none', (text) => {
    expect(redactor.text(text)).toBe(text);
  });
});

describe('a list', () => {
  it.each([
    [
      ['--password', 'x9y8z7'],
      ['--password', '••••'],
    ],
    [
      ['Token', 'Bearer', 'Zq7Kd93hTTx1'],
      ['Token', 'Bearer', '••••TTx1'],
    ],
    [
      ['password', '-v'],
      ['password', '-v'],
    ],
    [
      ['Bearer', 'order'],
      ['Bearer', 'order'],
    ],
  ])('%j: what stands behind a secret name', (list, masked) => {
    expect(redactor.named('args', list)).toEqual(masked);
  });
});

it.each([
  ["if 'S3cretPw' == password:", "if '••••' == password:"],
  ['typed "S3cretPw" into password', 'typed "••••" into password'],
  ['"a\\nb" == password', '"a\\nb" == password'],
])('%s is compared', (text, masked) => {
  expect(redactor.text(text)).toBe(masked);
});
