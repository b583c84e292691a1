/**
 * What crosses a boundary between two runtimes. Ids carry their author's prefix (`h…` host, `p…` a life of a
 * page), so that the host can pass an engine's answer on without looking into it, and no page takes another's.
 */
export type Packet =
  | {
      readonly kind: 'request';
      readonly id: string;
      readonly method: string;
      readonly params: unknown;
    }
  | { readonly kind: 'answer'; readonly id: string; readonly result: unknown }
  | { readonly kind: 'failure'; readonly id: string; readonly error: Failure }
  | { readonly kind: 'event'; readonly name: string; readonly payload: unknown };

/** An error as it crosses a boundary. */
export interface Failure {
  readonly reason:
    | 'timeout'
    | 'unknownMethod'
    | 'disposed'
    /** The engine died with the request under way; ask again once it is back. */
    | 'engineLost'
    /** The execution, node or file asked for isn't here any more. */
    | 'notFound'
    /** Another record stands where the record of the execution stood: the topic was made anew. */
    | 'madeAnew'
    /** The settings don't allow it. */
    | 'notAllowed'
    | 'internal';
  readonly message: string;
}

/** A `Failure` thrown where the request was made. */
export class RequestError extends Error {
  readonly reason: Failure['reason'];

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'RequestError';
    this.reason = failure.reason;
  }
}

/** A webview talks to two partners through one `postMessage`: the host itself, and the engine behind it. */
export interface Envelope {
  readonly partner: 'host' | 'engine';
  readonly packet: Packet;
}
