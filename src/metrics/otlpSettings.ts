/** Where metrics are sent. */
export interface OtlpSettings {
  readonly endpoint: string;
  readonly protocol: 'auto' | 'grpc' | 'http/protobuf';
  readonly intervalMs: number;
  /** The endpoint is the whole address: no path is added to it. */
  readonly isWhole?: boolean;
  /** How long one export may take. */
  readonly timeoutMs?: number;
  /** Sent with each export: over HTTP as headers, over gRPC as metadata. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly tls?: OtlpTls;
}

/** Paths of PEM files; empty: none. */
export interface OtlpTls {
  /** Who may have signed the endpoint's certificate. */
  readonly caFile: string;
  /** The certificate and the key by which the endpoint knows who sends. */
  readonly certFile: string;
  readonly keyFile: string;
}

/** Whether metrics are sent, and whether they arrive. */
export type OtlpState =
  | { readonly kind: 'off' }
  | { readonly kind: 'on'; readonly endpoint: string }
  | {
      readonly kind: 'failing';
      readonly endpoint: string;
      readonly detail: string;
      /** Executions that were counted and are kept until an endpoint receives them. */
      readonly waiting: number;
    };
