import { rawTextOf } from '../decode/bytes/rawNeedle.ts';
import type { SectionContent } from '../find/places.ts';
import type { FindAnswer, FoundPlace } from '../protocol/find.ts';

/** How the address ends that a service left in place of a large value, and how what stands before that begins. */
const name = /\/([0-9a-f]{32})\.txt/g;
const beginning = /https?:[^\s"']*$/;
/** No address is longer. */
const longestAddress = 2_000;
const ending = Buffer.from('.txt');
/** More are not told apart: nobody counts them. */
const mostKept = 10_000;

/** Large values that a service stored elsewhere, of which an execution has the addresses: how many, and where the first is. */
export class StoredElsewhere {
  private readonly addresses = new Set<string>();
  private first: FoundPlace | null = null;

  get found(): FindAnswer['stored'] {
    const { first, addresses } = this;
    return first === null ? null : { count: addresses.size, first };
  }

  /** Looks through the bytes of a row. */
  lookAt(parts: readonly Uint8Array[], place: FoundPlace): void {
    for (const part of parts) {
      const raw = rawTextOf(part);
      // Bytes are looked through a few times as fast as texts.
      if (!raw.bytes.includes(ending)) continue;
      for (const { index, 1: hash = '' } of raw.text.matchAll(name)) {
        const before = raw.text.slice(Math.max(0, index - longestAddress), index);
        if (beginning.test(before)) this.add(hash, place);
      }
    }
  }

  /** Looks at values whose bytes nobody knows. */
  lookAtValues(sections: readonly SectionContent[], place: FoundPlace): void {
    for (const { value, form } of sections.flatMap(({ values }) => values)) {
      const [, hash] =
        form === 'link' ? (/([0-9a-f]{32})\.txt/.exec(JSON.stringify(value)) ?? []) : [];
      if (hash !== undefined) this.add(hash, place);
    }
  }

  private add(hash: string, place: FoundPlace): void {
    if (this.addresses.size < mostKept) this.addresses.add(hash);
    this.first ??= place;
  }
}
