import type { SourceMark } from '../traits.ts';

/** Where to start reading each partition. */
export type StartPosition =
  | { readonly kind: 'last'; readonly count: number }
  | { readonly kind: 'latest' }
  | { readonly kind: 'earliest' }
  | { readonly kind: 'time'; readonly timestampMs: number };

/** How to reach a Kafka cluster. */
export interface KafkaConnection {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly tls: {
    readonly enabled: boolean;
    readonly caFile?: string;
    readonly rejectUnauthorized: boolean;
  };
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
}

/** A topic to read. */
export interface KafkaSpec {
  readonly connection: KafkaConnection;
  readonly topic: string;
  readonly start: StartPosition;
  /** Of a connection that has a name. */
  readonly mark?: SourceMark;
}

/** What the connect form holds. A password is never sent to the panel: `hasPassword` tells that one is kept. */
export interface ConnectionForm {
  /** `host:port`, comma separated. */
  readonly brokers: string;
  readonly topic: string;
  readonly start: StartPosition;
  readonly tls: boolean;
  readonly caFile: string;
  readonly saslMechanism: 'none' | 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly hasPassword: boolean;
  /** The connection's name and colour; the default one has none. */
  readonly mark?: SourceMark;
}

/** A connection as the settings have it: they know of no password. */
export type ConnectionSettings = Omit<ConnectionForm, 'hasPassword'>;

/** A topic as it is remembered. Holds no secret: a password stays in the secret storage. */
export interface KeptTopic {
  /** Without one, as an older version wrote it: the one that the settings hold. */
  readonly form?: ConnectionForm;
}
