import * as zlib from 'node:zlib';
import { Decompressed, isTooLarge, TooLargeError } from './decompressed.ts';
import { zstdFrames, type ZstdFrame } from './zstdFrames.ts';

/** Node's own way, as far as it is used here. */
export type NodeZstd = (
  bytes: Uint8Array,
  options: {
    readonly maxOutputLength: number;
    readonly params: Readonly<Record<number, number>>;
  },
  done: (error: Error | null, result: Buffer) => void,
) => void;

const newerZlib = zlib as {
  readonly zstdDecompress?: NodeZstd;
  readonly constants: { readonly ZSTD_d_windowLogMax?: number };
};
/** Where Node has it (22.15 and later): several times faster than fzstd, and off this thread. */
const builtIn = newerZlib.zstdDecompress ?? null;

/** Memory for a window is taken as a frame asks for it: at least what producers write, 8 MB, at most zstd's own limit. */
const windowLogs = { least: 23, most: 27 } as const;

/** Decompresses all frames of zstd in `bytes`, or rejects: with a `TooLargeError` once that makes more than `maxBytes`. */
export async function decompressZstd(
  bytes: Uint8Array,
  maxBytes: number,
  native: NodeZstd | null = builtIn,
): Promise<Uint8Array> {
  const { content, isWhole } = await decompressZstdSoFar(bytes, maxBytes, native);
  if (!isWhole) throw new Error('zstd frame cut off');
  return content;
}

/** The same of what may break off: its whole frames, and the whole blocks of the one that is cut. */
export async function decompressZstdSoFar(
  bytes: Uint8Array,
  maxBytes: number,
  native: NodeZstd | null = builtIn,
): Promise<{ readonly content: Uint8Array; readonly isWhole: boolean }> {
  const output = new Decompressed(maxBytes);
  const addByNode = native === null ? null : withNode(native, output);
  let addWithoutNode: ((frame: ZstdFrame) => void) | undefined;
  let frames = 0;
  let isWhole = true;
  for (const frame of zstdFrames(bytes)) {
    // Node gives nothing of a frame that is cut.
    if (addByNode === null || frame.isCut) {
      addWithoutNode ??= (await import('./zstdWithoutNode.ts')).addWithFzstd(output);
      addWithoutNode(frame);
    } else await addByNode(frame);
    isWhole = !frame.isCut;
    frames++;
  }
  if (frames === 0) throw new Error('No zstd frame');
  return { content: output.taken(), isWhole };
}

/** Frame by frame: given several at once, Node may stop behind the first without a word. */
function withNode(native: NodeZstd, output: Decompressed): (frame: ZstdFrame) => Promise<void> {
  const { maxBytes } = output;
  const { least, most } = windowLogs;
  const windowLog = Math.min(most, Math.max(least, Math.ceil(Math.log2(maxBytes))));
  const { ZSTD_d_windowLogMax: name } = newerZlib.constants;
  const params = name === undefined ? {} : { [name]: windowLog };
  return ({ bytes }) =>
    new Promise<Uint8Array>((resolve, reject) => {
      // Node takes no limit of 0.
      native(bytes, { maxOutputLength: Math.max(1, output.left), params }, (error, result) => {
        if (error === null) resolve(result);
        else reject(isTooLarge(error) ? new TooLargeError(maxBytes) : error);
      });
    }).then((plain) => output.adopt(plain));
}
