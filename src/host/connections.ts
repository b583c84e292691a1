import type { ConnectionSettings, StartPosition } from '../sources/kafka/spec.ts';
import type { MarkColor } from '../sources/traits.ts';

/** The setting that holds the connections with a name. */
export const connectionsSetting = 'connections';

/** More than anyone tells apart; a picker has to hold them. */
const mostConnections = 50;

const colors: Readonly<Record<MarkColor, true>> = {
  ...{ red: true, orange: true, yellow: true, green: true, blue: true, purple: true },
};
const mechanisms: Readonly<Record<ConnectionSettings['saslMechanism'], true>> = {
  ...{ none: true, plain: true, 'scram-sha-256': true, 'scram-sha-512': true },
};

/** The fields of a connection with a name, as the setting writes them; each may be left out. */
export interface KeptConnection {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly startFrom: StartPosition['kind'];
  readonly lastRecords: number;
  readonly startTime: string;
  readonly tls: boolean;
  readonly caFile: string;
  readonly saslMechanism: ConnectionSettings['saslMechanism'];
  readonly username: string;
  readonly color: MarkColor;
}

/** Reads the setting; what a connection leaves out, or has in a form that is none, is as in the default one. */
export function readConnections(
  kept: unknown,
  standard: ConnectionSettings,
): readonly ConnectionSettings[] {
  if (!isRecord(kept)) return [];
  return Object.entries(kept)
    .filter(([name, fields]) => name.trim() !== '' && isRecord(fields))
    .slice(0, mostConnections)
    .map(([name, fields]) => readConnection(name.trim(), fields, standard));
}

function readConnection(
  name: string,
  fields: unknown,
  standard: ConnectionSettings,
): ConnectionSettings {
  const given: Partial<Record<keyof KeptConnection, unknown>> = isRecord(fields) ? fields : {};
  const { brokers, saslMechanism, color } = given;
  const text = (key: 'topic' | 'caFile' | 'username') => textOf(given[key]) ?? standard[key];
  return {
    brokers: isTexts(brokers) ? brokers.join(', ') : standard.brokers,
    topic: text('topic'),
    start: startOf(given) ?? standard.start,
    tls: typeof given.tls === 'boolean' ? given.tls : standard.tls,
    caFile: text('caFile'),
    saslMechanism: isKeyOf(mechanisms, saslMechanism) ? saslMechanism : standard.saslMechanism,
    username: text('username'),
    mark: { name, color: isKeyOf(colors, color) ? color : null },
  };
}

/** Where to start; undefined where it isn't said, or not so that it can be read. */
export function startOf(given: {
  readonly startFrom?: unknown;
  readonly lastRecords?: unknown;
  readonly startTime?: unknown;
}): StartPosition | undefined {
  const { startFrom, lastRecords, startTime } = given;
  switch (startFrom) {
    case 'latest':
    case 'earliest':
      return { kind: startFrom };
    case 'time': {
      const timestampMs = typeof startTime === 'string' ? Date.parse(startTime) : Number.NaN;
      return Number.isNaN(timestampMs) ? undefined : { kind: startFrom, timestampMs };
    }
    case 'last':
    case undefined:
      if (typeof lastRecords !== 'number' || !Number.isFinite(lastRecords)) return undefined;
      return { kind: 'last', count: Math.min(100_000, Math.max(0, Math.trunc(lastRecords))) };
    default:
      return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.trim() : undefined;
}

function isTexts(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')
  );
}

function isKeyOf<K extends string>(table: Readonly<Record<K, true>>, value: unknown): value is K {
  return typeof value === 'string' && Object.hasOwn(table, value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
