import type { ConnectionOptions } from 'node:tls';

/** How records are compressed on their way; `zstd` needs Node 22.15 or newer. */
export type Compression = 'none' | 'gzip' | 'zstd';

/** Name and password for brokers that ask for them. */
export interface SaslOptions {
  /** How the broker wants to be logged in to. */
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  /** The user. */
  readonly username: string;
  /** The password of the user. */
  readonly password: string;
}

/** Where the brokers are and how they are spoken to. */
export interface KafkaOptions {
  /** Each `host:port`. */
  readonly servers: readonly string[];
  /** What the brokers call this client in their logs. */
  readonly clientId?: string | undefined;
  /** How records are compressed on their way. Default: `gzip`. */
  readonly compression?: Compression | undefined;
  /** `true` for TLS with the system's authorities, or what Node's `tls.connect` takes. */
  readonly tls?: boolean | ConnectionOptions | undefined;
  /** How to log in, if the brokers want that. */
  readonly sasl?: SaslOptions | undefined;
}

/** Some of them, the others as they are by default. */
export type KafkaParts = { readonly [Name in keyof KafkaOptions]?: KafkaOptions[Name] | undefined };
