import type { ConnectionOptions } from 'node:tls';

/** How records are compressed on their way; `zstd` needs Node 22.15 or newer. */
export type Compression = 'none' | 'gzip' | 'zstd';

/** Name and password for brokers that ask for them. */
export interface SaslOptions {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}

/** Where the brokers are and how they are spoken to. */
export interface KafkaOptions {
  /** Each `host:port`. */
  readonly servers: readonly string[];
  readonly clientId?: string | undefined;
  readonly compression?: Compression | undefined;
  /** `true` for TLS with the system's authorities, or what Node's `tls.connect` takes. */
  readonly tls?: boolean | ConnectionOptions | undefined;
  readonly sasl?: SaslOptions | undefined;
}

/** Some of them, the others as they are by default. */
export type KafkaParts = { readonly [Name in keyof KafkaOptions]?: KafkaOptions[Name] | undefined };
