/** A part of kafkajs that has no types of its own. */
declare module 'kafkajs/src/protocol/requests/fetch/index.js' {
  /** What a fetch asks for. */
  interface FetchArguments {
    readonly maxBytes?: number;
    readonly topics: readonly {
      readonly topic: string;
      readonly partitions: readonly {
        readonly partition: number;
        readonly fetchOffset: string;
        readonly maxBytes: number;
      }[];
    }[];
  }
  /** The answer to it. */
  interface DecodedFetch {
    readonly throttleTime: number;
    readonly clientSideThrottleTime?: number;
    readonly responses: readonly {
      readonly topicName: string;
      readonly partitions: readonly {
        readonly partition: number;
        errorCode: number;
        readonly preferredReadReplica?: number;
        messages: readonly object[];
      }[];
    }[];
  }
  interface Made {
    readonly request: object;
    readonly response: { readonly decode: (raw: Buffer) => Promise<DecodedFetch> };
  }
  const fetchRequests: {
    readonly versions: readonly string[];
    /** How to ask in a version of the protocol, and how to read the answer. */
    protocol: (wanted: { readonly version: number }) => (asked: FetchArguments) => Made;
  };
  export = fetchRequests;
}

declare module 'kafkajs-snappy' {
  /** A codec of kafkajs for snappy, raw as librdkafka writes it or framed as the Java client does. */
  const snappy: () => {
    compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>;
    decompress(buffer: Buffer): Promise<Buffer>;
  };
  export = snappy;
}
