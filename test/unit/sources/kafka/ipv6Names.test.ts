import { describe, expect, it } from 'vitest';

import { withIpv6Addresses, withIpv6Name } from '../../../../src/sources/kafka/ipv6Names.ts';

describe('an IPv6 address as a name', () => {
  it.each([
    ['[::1]:9092', '::1'],
    ['[2001:DB8::7]:9092', '2001:DB8::7'],
    ['[::ffff:10.0.0.7]:9092', '::ffff:10.0.0.7'],
    ['[fe80::1%eth0.1]:9092', 'fe80::1%eth0.1'],
  ])('%s is taken apart at its one colon, and is the address again', (broker, address) => {
    const [name = '', port, ...more] = withIpv6Name(broker).split(':');
    expect([port, more]).toEqual(['9092', []]);
    expect(withIpv6Addresses(name)).toBe(address);
    expect(withIpv6Addresses(`connect to ${name}:9092 failed`)).toContain(` ${address}:9092 `);
  });

  it.each(['kafka:9092', '10.0.0.7:9092', 'ipv6-literal:9092'])('%s stays', (broker) => {
    expect(withIpv6Name(broker)).toBe(broker);
    expect(withIpv6Addresses(broker)).toBe(broker);
  });
});
