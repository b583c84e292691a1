import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { ConsumedRecord, Offset } from '../../record/consumedRecord.ts';
import { readRecords, type FileContent } from './readRecords.ts';

interface Place {
  readonly name: string;
  readonly content: FileContent;
  records: Generator<ConsumedRecord>;
  /** The one that was read last, as a number. */
  last: number;
  /** The last ones by their offset, oldest first: executions begin in another order than they end. */
  readonly passed: Map<Offset, ConsumedRecord>;
  passedBytes: number;
}

/** Some hundred records; further back the file is read from its beginning again. */
const mostPassedBytes = 8 * 1024 * 1024;

/** As long as records are asked for one after the other the file stays in memory; then it is let go. */
const idleMs = 5_000;

/**
 * Finds records of files again. Whoever wants many (a save of what left the window) asks in the order of the
 * file mostly: going on from the last one reads it once, not once for each.
 */
export class FileCursor {
  private readonly clock: Clock;
  private readonly contentOf: (name: string) => Promise<FileContent | undefined>;
  private place: Place | undefined;
  private idle: Disposable | undefined;

  constructor(clock: Clock, contentOf: (name: string) => Promise<FileContent | undefined>) {
    this.clock = clock;
    this.contentOf = contentOf;
  }

  async find(name: string, offset: Offset): Promise<ConsumedRecord | undefined> {
    const place = await this.placeIn(name);
    if (place === undefined) return undefined;
    this.rest();
    const passed = place.passed.get(offset);
    if (passed !== undefined) return passed;
    const wanted = Number(offset);
    if (place.last > wanted) {
      place.records = readRecords(place.content, name);
      place.last = 0;
      place.passed.clear();
      place.passedBytes = 0;
    }
    while (place.last < wanted) {
      const next = place.records.next();
      if (next.done === true) return undefined;
      pass(place, next.value);
    }
    return place.passed.get(offset);
  }

  /** Lets go of the file. */
  close(): void {
    this.idle?.dispose();
    this.idle = undefined;
    this.place = undefined;
  }

  private async placeIn(name: string): Promise<Place | undefined> {
    if (this.place?.name === name) return this.place;
    const content = await this.contentOf(name);
    if (content === undefined) return undefined;
    const records = readRecords(content, name);
    this.place = { name, content, records, last: 0, passed: new Map(), passedBytes: 0 };
    return this.place;
  }

  private rest(): void {
    this.idle?.dispose();
    this.idle = this.clock.after(idleMs, () => {
      this.close();
    });
  }
}

function pass(place: Place, record: ConsumedRecord): void {
  place.last = Number(record.offset);
  place.passed.set(record.offset, record);
  place.passedBytes += record.value?.byteLength ?? 0;
  for (const [offset, oldest] of place.passed) {
    // The newest is the one that is asked for, however large.
    if (place.passedBytes <= mostPassedBytes || oldest === record) break;
    place.passed.delete(offset);
    place.passedBytes -= oldest.value?.byteLength ?? 0;
  }
}
