import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { NearPlace } from '../protocol/storedText.ts';

/**
 * Addresses behind which no large value is expected: programs of this machine answer there, or what gives a
 * machine its credentials. Whoever writes a record could have them asked.
 */
const near: readonly (readonly [NearPlace, readonly string[]])[] = [
  [
    'metadata',
    [
      ...['169.254.169.254/32', '169.254.170.2/32', '100.100.100.200/32', '168.63.129.16/32'],
      ...['192.0.0.192/32', 'fd00:ec2::254/128', 'fd20:ce::254/128'],
    ],
  ],
  // The last three are 127.0.0.0/8 within addresses of version 6: compatible, translated, tunnelled.
  ['machine', ['127.0.0.0/8', '0.0.0.0/8', '::/96', '64:ff9b::7f00:0/104', '2002:7f00::/24']],
  ['link', ['169.254.0.0/16', 'fe80::/10', '64:ff9b::a9fe:0/112', '2002:a9fe::/32']],
];

const lists = near.map(([place, ranges]) => {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits = ''] = range.split('/');
    list.addSubnet(net, Number(bits), familyOf(net));
  }
  return { place, list };
});

/** What of this machine, or beside it, an IP address is; null for any other. */
export function nearPlaceOf(
  address: string,
  ownAddresses: readonly string[] = addressesOfThisMachine(),
): NearPlace | null {
  const bare = address.replace(/^\[|\]$|%.*$/g, '');
  if (isIP(bare) === 0) return null;
  const known = lists.find(({ list }) => list.check(bare, familyOf(bare)));
  if (known !== undefined) return known.place;
  const own = new BlockList();
  for (const one of ownAddresses) own.addAddress(one, familyOf(one));
  return own.check(bare, familyOf(bare)) ? 'machine' : null;
}

/** A connection that was not made, because it would lead to such an address. */
export class NearAddressError extends Error {
  readonly address: string;
  readonly place: NearPlace;

  constructor(address: string, place: NearPlace) {
    super(`${address} is near`);
    this.address = address;
    this.place = place;
  }
}

/** Throws where an address is near, unless it is the one that was agreed to. */
export function refuseNear(address: string, agreed: string | null): void {
  const place = nearPlaceOf(address);
  if (place !== null && address !== agreed) throw new NearAddressError(address, place);
}

/**
 * Finds the addresses of a name for a connection, and refuses those that are near: a name is nobody's
 * promise of where it leads, and may lead elsewhere the next time it is asked.
 */
export function lookupRefusingNear(
  agreed: string | null,
  lookup: (
    host: string,
    options: { all: true },
    done: (error: Error | null, found: LookupAddress[]) => void,
  ) => void = systemLookup,
): LookupFunction {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      try {
        if (error !== null) throw error;
        for (const { address } of found) refuseNear(address, agreed);
        const [first] = found;
        if (first === undefined) throw new Error(`${host} has no address`);
        if (options.all === true) done(null, found);
        else done(null, first.address, first.family);
      } catch (refused) {
        done(refused as Error, []);
      }
    });
  };
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

function addressesOfThisMachine(): string[] {
  return Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).map(({ address }) => address.replace(/%.*$/, '')),
  );
}
