import { shownAddress } from '../base/shownAddress.ts';
import { textOf } from './wireValue.ts';

/** Brokers as they may be given: a list, or a text as KAFKA_SERVERS has it; in JavaScript anything. */
export function serversIn(given: unknown): readonly string[] {
  if (Array.isArray(given)) return given.map((server) => textOf(server));
  if (typeof given !== 'string') return [];
  return given.split(',').flatMap((server) => server.trim() || []);
}

/** What is wrong with the brokers' addresses; undefined for nothing. `from` is where they are written. */
export function serversFault(servers: readonly string[], from: string): string | undefined {
  if (servers.length === 0) return `${from} names no broker. No traces are sent.`;
  const wrong = servers.find((server) => !/^[^\s:/@]+:\d{1,5}$/.test(server));
  return wrong === undefined
    ? undefined
    : `“${shownAddress(wrong)}” is not host:port. No traces are sent.`;
}
