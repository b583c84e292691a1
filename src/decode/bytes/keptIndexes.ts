import { hash } from 'node:crypto';

import { SeenWords } from '../../masking/seenWords.ts';
import { GatheredSecrets } from '../gatheredSecrets.ts';
import { KnownRuns } from '../runTable.ts';
import type { RecordIndex } from './recordIndex.ts';

/** A smaller record is indexed in less than a millisecond. */
const leastBytes = 256 * 1024;
/** Twenty runs of 10,000 nodes, or two of 100,000; the index of a record takes a sixth of its bytes, with what is found of its runs. */
const usualBytes = 48 * 1024 * 1024;

/**
 * The indexes of the large records that were looked at last, by what stands in these: a record is read when it arrives,
 * when it is seen whose it is, and when it is opened, often from bytes that were read anew. To know it again takes a
 * quarter of indexing it. Nobody writes into the bytes of a record.
 */
export class KeptIndexes {
  private readonly mostBytes: number;
  private readonly digests = new WeakMap<Uint8Array, string>();
  /** The one that was asked for last is the last. They hold no record's bytes. */
  private readonly indexes = new Map<string, RecordIndex>();
  private size = 0;

  constructor(mostBytes = usualBytes) {
    this.mostBytes = mostBytes;
  }

  /** What they take. */
  get bytes(): number {
    return this.size;
  }

  /** Whether the index of these bytes is worth keeping. */
  wants(bytes: Uint8Array): boolean {
    return bytes.length >= leastBytes;
  }

  /** The index of these bytes; `make` makes it where it isn't known. */
  of(bytes: Uint8Array, make: () => RecordIndex | undefined): RecordIndex | undefined {
    const digest = this.digests.get(bytes) ?? hash('sha256', bytes);
    this.digests.set(bytes, digest);
    const known = this.indexes.get(digest);
    if (known !== undefined) {
      this.indexes.delete(digest);
      this.indexes.set(digest, known);
      return known.over(bytes);
    }
    const found = {
      ...{ seenWords: new SeenWords(), knownRuns: new KnownRuns() },
      gatheredSecrets: new GatheredSecrets(),
    };
    const made = make()?.over(bytes, found);
    if (made !== undefined) this.keep(digest, made);
    return made;
  }

  private keep(digest: string, index: RecordIndex): void {
    this.indexes.set(digest, index.over(noBytes));
    this.size += index.size;
    for (const [oldest, { size }] of this.indexes) {
      if (this.size <= this.mostBytes) break;
      this.indexes.delete(oldest);
      this.size -= size;
    }
  }
}

const noBytes = new Uint8Array();
