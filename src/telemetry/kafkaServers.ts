import { shownAddresses } from '../base/shownAddress.ts';
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
  const wrong = servers.filter((server) => !isAddress(server));
  return wrong.length === 0
    ? undefined
    : `${from} has “${shownAddresses(wrong)}”, which is not host:port with a port from 1 to 65535. No traces are sent.`;
}

function isAddress(server: string): boolean {
  const port = Number(/^[^\s:/@]+:(\d{1,5})$/.exec(server)?.[1]);
  return port >= 1 && port <= 65_535;
}
