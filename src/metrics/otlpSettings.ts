/** Where metrics are sent. */
export interface OtlpSettings {
  readonly endpoint: string;
  readonly protocol: 'auto' | 'grpc' | 'http/protobuf';
  readonly intervalMs: number;
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
