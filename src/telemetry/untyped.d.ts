/** A part of kafkajs that has no types of its own. */
declare module 'kafkajs/src/network/requestQueue/index.js' {
  interface RequestQueue {
    readonly pending: readonly unknown[];
    scheduleCheckPendingRequests: (this: RequestQueue) => void;
  }
  const requestQueue: { readonly prototype: RequestQueue };
  export = requestQueue;
}
