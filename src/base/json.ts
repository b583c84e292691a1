/** Any JSON value. Integers beyond 2^53 are kept as `{ "$integer": "…" }`-free decimal strings by the decoder. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object; its keys are data, never trusted as property names of ours. */
export interface JsonObject {
  readonly [key: string]: Json;
}
