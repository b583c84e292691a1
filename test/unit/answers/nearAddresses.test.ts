import { describe, expect, test } from 'vitest';
import { lookupRefusingNear, nearPlaceOf } from '../../../src/answers/nearAddresses.ts';

describe('the place of an address', () => {
  test.each([
    ['10.0.0.5', null],
    ['192.168.1.20', null],
    ['172.17.0.1', null],
    ['203.0.113.9', null],
    ['126.255.255.255', null],
    ['128.0.0.1', null],
    ['169.253.255.255', null],
    ['2001:db8::7f00:1', null],
    ['fd00::1', null],
    ['64:ff9b::a00:5', null],
    ['minio', null],
    ['', null],
    ['127.255.255.254', 'machine'],
    ['0.1.2.3', 'machine'],
    ['::ffff:0.0.0.0', 'machine'],
    ['2002:7f00:1::', 'machine'],
    ['fe80::1%eth0', 'link'],
    ['febf::1', 'link'],
    ['2002:a9fe:101::1', 'link'],
    ['168.63.129.16', 'metadata'],
  ])('%s: %s', (address, place) => {
    expect(nearPlaceOf(address, [])).toBe(place);
  });

  test('an interface of this machine is this machine', () => {
    const own = ['172.17.0.1', '2001:db8::5'];
    expect(nearPlaceOf('172.17.0.1', own)).toBe('machine');
    expect(nearPlaceOf('::ffff:172.17.0.1', own)).toBe('machine');
    expect(nearPlaceOf('2001:db8::5', own)).toBe('machine');
    expect(nearPlaceOf('172.17.0.2', own)).toBe(null);
  });
});

describe('a name is looked up for each connection', () => {
  type Found = { readonly address: string; readonly family: number }[];
  const ask = (found: Found | Error, agreed: string | null, all: boolean) =>
    new Promise<unknown>((resolve) => {
      const guarded = lookupRefusingNear(agreed, (_host, _options, done) => {
        if (found instanceof Error) done(found, []);
        else done(null, found);
      });
      guarded('minio', { all }, (error, address, family) => {
        resolve(error ?? (all ? address : { address, family }));
      });
    });
  const away = { address: '203.0.113.9', family: 4 };
  const here = { address: '127.0.0.1', family: 4 };

  test.each([true, false])('and leads away, all: %s', async (all) => {
    expect(await ask([away], null, all)).toEqual(all ? [away] : away);
  });

  test.each([
    ['here', [here]],
    ['here too', [away, here]],
    ['to the metadata', [{ address: '::ffff:169.254.169.254', family: 6 }]],
  ])('and is refused where it leads %s', async (_, found) => {
    expect(await ask(found, null, true)).toMatchObject({ place: expect.any(String) as string });
  });

  test('and is not where it leads elsewhere than was agreed to', async () => {
    expect(await ask([here], '127.0.0.1', true)).toEqual([here]);
    expect(await ask([here], '127.0.0.2', true)).toMatchObject({ address: '127.0.0.1' });
  });

  test('and what goes wrong is said', async () => {
    expect(await ask(new Error('ENOTFOUND'), null, true)).toMatchObject({ message: 'ENOTFOUND' });
    expect(await ask([], null, false)).toMatchObject({ message: 'minio has no address' });
  });
});
