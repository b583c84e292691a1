import { rawTextOf } from '../decode/bytes/rawNeedle.ts';
import type { SectionContent } from '../find/places.ts';
import type { FindAnswer, FoundPlace } from '../protocol/find.ts';

/** How the address ends that a service left in place of a large value, and how what stands before that begins. */
const name = /\/([0-9a-f]{32})\.txt/g;
const beginning = /https?:/;
const end = /[\s"']/;
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
      for (const hash of hashesIn(raw.text)) this.add(hash, place);
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

/** Of addresses; each sign is looked at once, however many of them a text pretends to hold. */
function* hashesIn(text: string): Generator<string, void> {
  let before = 0;
  let isAddress = false;
  for (const match of text.matchAll(name)) {
    const { index } = match;
    let from = index;
    while (from > before && !end.test(text.charAt(from - 1))) from--;
    const goesOn: boolean = from === before && isAddress;
    isAddress = goesOn || beginning.test(text.slice(from, index));
    const [whole, hash = ''] = match;
    if (isAddress) yield hash;
    before = index + whole.length;
  }
}
