import type { ByteReader } from './byteStream.ts';

/** Buckets in order, each with how many fell into it, between two places of `numbers`. Nothing of it ever changes. */
export interface BucketList {
  readonly numbers: ArrayLike<number>;
  readonly from: number;
  readonly to: number;
  /** How many fell into all of them. */
  readonly count: number;
}

/** None. */
export const noBuckets: BucketList = { numbers: [], from: 0, to: 0, count: 0 };

/** A quarter of a megabyte, for some hundred lists. */
const numbersAtOnce = 65_536;

/**
 * Where lists of buckets are kept that are read out of bytes, beside each other: a month of all nodes has a million
 * buckets, and as arrays of their own they cost more in collecting garbage than in everything that is done with them.
 */
export class BucketRoom {
  private numbers = new Int32Array(0);
  private used = 0;

  /** Those that stand there: how far each is from the one before, and how many fell into it. Valid until the next are read. */
  read(buckets: number, bytes: ByteReader): BucketList {
    // Of damaged bytes no room is made.
    if (2 * buckets > bytes.left) throw new RangeError('The bytes end too early');
    if (this.used + 2 * buckets > this.numbers.length) {
      this.numbers = new Int32Array(Math.max(2 * buckets, numbersAtOnce));
      this.used = 0;
    }
    const { numbers, used: from } = this;
    let [at, bucket, count] = [from, -1, 0];
    for (let left = buckets; left > 0; left--) {
      bucket += bytes.count();
      const times = bytes.count();
      numbers[at++] = bucket;
      numbers[at++] = times;
      count += times;
    }
    return { numbers, from, to: at, count };
  }

  /** What was read last stays. */
  kept(list: BucketList): BucketList {
    if (list.numbers === this.numbers) this.used = list.to;
    return list;
  }
}
