import { Decompress, decompress } from 'fzstd';
import { type Decompressed, TooLargeError } from './decompressed.ts';
import type { ZstdFrame } from './zstdFrames.ts';

/**
 * fzstd moves its window on by copying all of it after each block: a small batch of many empty blocks with a large
 * window would keep it busy for hours. Producers write blocks of 128 KB and windows of 8 MB at most, which makes so
 * many bytes for each that is decompressed.
 */
const mostCopies = 64;

/** Where Node can't. fzstd takes memory as the frames ask for it, so what they say is looked at first. */
export function addWithFzstd(output: Decompressed): (frame: ZstdFrame) => void {
  const { maxBytes } = output;
  let copied = 0;
  return ({ bytes, contentBytes, windowBytes, blocks, isCut }) => {
    // What says that it holds nothing is no more bound by it than what says nothing: fzstd looks at the window then.
    if (contentBytes !== null && contentBytes > 0 && !isCut) {
      output.expect(contentBytes);
      output.adopt(decompress(bytes));
      return;
    }
    // A cut one is read block by block as well, with a window of all that it says it holds where it names none.
    const window = Math.max(windowBytes, isCut ? (contentBytes ?? 0) : 0);
    copied += window * blocks;
    if (window > maxBytes || copied > mostCopies * maxBytes) throw new TooLargeError(maxBytes);
    new Decompress((block) => output.add(block)).push(bytes, !isCut);
  };
}
