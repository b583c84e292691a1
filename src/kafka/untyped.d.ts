declare module 'lz4js' {
  /** Decompresses one block of `src` into `dst` from `dIndex` on and gives the index after it. No bounds are checked. */
  export function decompressBlock(
    src: Uint8Array,
    dst: Uint8Array,
    sIndex: number,
    sLength: number,
    dIndex: number,
  ): number;
}

declare module 'kafkajs-snappy' {
  /** A codec of kafkajs for snappy, raw as librdkafka writes it or framed as the Java client does. */
  const snappy: () => {
    compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>;
    decompress(buffer: Buffer): Promise<Buffer>;
  };
  export = snappy;
}
