import { shownAddress } from '../base/shownAddress.ts';

/** What is wrong with the brokers' addresses; undefined for nothing. `from` is where they are written. */
export function serversFault(servers: readonly string[], from: string): string | undefined {
  if (servers.length === 0) return `${from} names no broker. No traces are sent.`;
  const wrong = servers.find((server) => !/^[^\s:/@]+:\d{1,5}$/.test(server));
  return wrong === undefined
    ? undefined
    : `“${shownAddress(wrong)}” is not host:port. No traces are sent.`;
}
