import type { ExecutionKey, NamedValue, RunKey } from '../trace/execution.ts';

/** What the engine is told of large values; null in its settings: nothing is fetched. */
export interface LargeValueSettings {
  readonly maxBytes: number;
  /** For the whole of it, from the first connection to the last byte. */
  readonly timeoutMs: number;
  /** Hosts as written in records (`minio:9000`) → hosts that this machine reaches. */
  readonly hostRewrite: Readonly<Record<string, string>>;
}

/** A stored text that shall be fetched. */
export interface StoredTextQuery {
  /** The asker's own, to cancel it by. */
  readonly id: string;
  readonly key: ExecutionKey;
  /** The row that shows it; null: the execution itself. */
  readonly row: RunKey | null;
  /** Name of the value that is replaced: what is secret depends on it. */
  readonly name: string;
  /** As shown, that is masked: the engine finds the real one in the record, and fetches no other. */
  readonly address: string;
  readonly consent: FetchConsent;
}

/** What the reader agreed to when he asked for a value. The engine fetches nothing else. */
export interface FetchConsent {
  /** The host, and the port where it isn't the usual one, that he was told beforehand. */
  readonly host: string;
  /** The IP address of this machine itself, or of what is beside it, that he was told when it was refused. */
  readonly near: string | null;
}

/** Where no large value is expected: this machine, its local link, or what gives it its credentials. */
export type NearPlace = 'machine' | 'link' | 'metadata';

/** Why a stored text could not be fetched. Holds hosts, never whole addresses. */
export type FetchFailure =
  /** The workspace is not trusted. */
  | { readonly reason: 'notTrusted' }
  | { readonly reason: 'cancelled' }
  /** As many as may are being fetched. */
  | { readonly reason: 'busy' }
  | { readonly reason: 'badAddress' }
  /** Not from the host that the reader was told: the setting has changed meanwhile. */
  | { readonly reason: 'otherHost'; readonly host: string }
  /** It needs a second word; `address` is the IP address that the host has. */
  | {
      readonly reason: 'near';
      readonly host: string;
      readonly address: string;
      readonly place: NearPlace;
    }
  /** The setting names something that is no host. */
  | { readonly reason: 'badRewrite'; readonly host: string; readonly target: string }
  /** `bytes` null: the server didn't say how large it is. */
  | { readonly reason: 'tooLarge'; readonly bytes: number | null; readonly maxBytes: number }
  | { readonly reason: 'timeout'; readonly host: string; readonly seconds: number }
  | { readonly reason: 'status'; readonly host: string; readonly status: number }
  | { readonly reason: 'redirect'; readonly host: string; readonly target: string }
  | { readonly reason: 'unreachable'; readonly host: string; readonly detail: string };

/** What became of it. */
export type StoredTextAnswer =
  | { readonly ok: true; readonly value: NamedValue; readonly bytes: number }
  | { readonly ok: false; readonly error: FetchFailure };

/** A fetch ends by its own timeout, which a setting may raise to 600 s; whoever asks waits longer than that. */
export const fetchAnswerMs = 630_000;
