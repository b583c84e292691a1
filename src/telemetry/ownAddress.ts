import { networkInterfaces } from 'node:os';

/** The first IPv4 address of the machine that others can reach, else that of the loopback. */
export function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const own = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  return own?.address ?? '127.0.0.1';
}
