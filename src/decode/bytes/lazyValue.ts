import { quote } from '../../base/jsonSigns.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import { asBuffer } from './asBuffer.ts';
import type { JsonScan } from './jsonScan.ts';
import { lazyList, type ListPages } from '../../base/lazyList.ts';
import type { LargePlaces, Run } from './largePlaces.ts';

/** Parses a JSON text that stands in a record. */
export type ParseText = (text: string) => Json;

/**
 * A large list or object as if it were parsed: the parts of a list are parsed when somebody looks at them, a page at a
 * time, so that the beginning of sixty megabytes costs what a page costs.
 */
export function lazyValue(json: JsonScan, places: LargePlaces, parse: ParseText): Json {
  return new LazyReader(json, parse).valueOf(places);
}

/** What was parsed last of a list. */
interface Page {
  /** Which item it begins with. */
  readonly first: number;
  readonly items: readonly Json[];
}

class LazyReader {
  private readonly json: JsonScan;
  private readonly parse: ParseText;

  constructor(json: JsonScan, parse: ParseText) {
    this.json = json;
    this.parse = parse;
  }

  valueOf(places: LargePlaces): Json {
    return places.isObject ? this.objectOf(places) : this.listOf(places);
  }

  /** Names may come twice, and those that are numbers stand first: all are made at once, but large lists in them. */
  private objectOf(places: LargePlaces): JsonObject {
    const entries: (readonly [string, Json])[] = [];
    for (let index = 0; index < places.runCount; index++) {
      const run = places.run(index);
      if (run.child === undefined) {
        // Not by spreading: a page has as many arguments as it has parts.
        for (const entry of Object.entries(this.parse(`{${this.textOf(run)}}`) as JsonObject))
          entries.push(entry);
      } else entries.push([this.nameAt(run.begin), this.valueOf(run.child)]);
    }
    return Object.fromEntries(entries);
  }

  private listOf(places: LargePlaces): readonly Json[] {
    // Masking reads all of a list of texts, in which the lines of a key may stand: parsed at once it costs a third.
    if (this.json.bytes[places.run(0).begin] === quote) return this.wholeOf(places);
    let page: Page | undefined;
    // Each is made once: whoever made those in it anew with each look would do so for each level above them.
    const children = new Map<LargePlaces, Json>();
    const childOf = (child: LargePlaces): Json => {
      const value = children.get(child) ?? this.valueOf(child);
      children.set(child, value);
      return value;
    };
    return lazyList(
      places.size,
      (index) => {
        if (page === undefined || index < page.first || index >= page.first + page.items.length) {
          const run = places.run(places.runOf(index));
          const { first, child } = run;
          page = { first, items: child === undefined ? this.itemsOf(run) : [childOf(child)] };
        }
        return page.items[index - page.first] ?? null;
      },
      this.pagesOf(places),
    );
  }

  private pagesOf(places: LargePlaces): ListPages {
    return {
      pageOf: (index) => {
        const at = places.runOf(index);
        const { begin, end, child } = places.run(at);
        const next = at + 1 < places.runCount ? places.run(at + 1).first : places.size;
        return { end: next, bytes: this.json.bytes.subarray(begin, child?.end ?? end) };
      },
    };
  }

  private wholeOf({ begin, end }: LargePlaces): readonly Json[] {
    return this.parse(this.textOf({ begin, end })) as readonly Json[];
  }

  private itemsOf(run: Run): readonly Json[] {
    return this.parse(`[${this.textOf(run)}]`) as readonly Json[];
  }

  private nameAt(opening: number): string {
    const end = this.json.endOfText(opening);
    return this.parse(asBuffer(this.json.bytes).toString('utf8', opening, end)) as string;
  }

  private textOf({ begin, end }: Pick<Run, 'begin' | 'end'>): string {
    return asBuffer(this.json.bytes).toString('utf8', begin, end);
  }
}
