import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { SearchProgress } from '../protocol/list.ts';
import type { FullRecord } from '../record/recordRoom.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionSummary } from '../trace/execution.ts';
import { payloadTexts } from './payloadTexts.ts';
import { RawNeedle } from '../decode/bytes/rawNeedle.ts';
import type { RulesOfNow } from '../masking/redactionRules.ts';
import type { ExecutionRecords } from './executionRecords.ts';

/** What the search needs of its world. */
export interface PayloadSearchWorld {
  readonly store: ExecutionStore;
  readonly room: ExecutionRecords;
  readonly clock: Clock;
  readonly redaction: RulesOfNow;
  /** More is known than before. */
  readonly onProgress: () => void;
}

/** A search for texts in payloads: what must be found, and where it is looked for. */
export interface Wanted {
  /** In lower case, distinct. */
  readonly texts: readonly string[];
  /** Oldest first, as in the store; the same array as long as nothing changed. */
  readonly candidates: readonly StoredExecution[];
}

/**
 * What was found of one text: by the summary, which is another one when the record or the rules of masking are, for
 * the records under it that there were then. It leaves with its summary.
 */
type Found = WeakMap<ExecutionSummary, { readonly revision: number; readonly found: boolean }>;

/** What is known of a text, and how it is looked for in bytes. */
interface Known {
  readonly found: Found;
  readonly needle: RawNeedle;
}

/** A look into one execution, with a pause at each `yield`. */
type Look = Generator<undefined, 'searched' | 'unavailable' | 'changed'>;

/** So long the loop is kept: a record that arrives meanwhile is late by less than a frame. */
const sliceMs = 4;
/** Whatever came meanwhile has its turn between two slices. */
const pauseMs = 1;
/** A look at the clock costs as much as a short text. */
const textsPerLook = 32;
/** A search shows its progress at least so often, however small the records are. */
const mostPerSlice = 200;
/** What was searched for last is searched for again, with a word more or less. */
const mostKeptTexts = 8;
/**
 * As many as may watch, each with its filter; of more the one wanted longest ago ends. With fewer than are watched
 * each would end another and begin anew, for ever.
 */
const mostSearches = 32;

/** A search under way. */
interface Search extends Wanted {
  /** The candidate to be looked at next; they stand before it. */
  next: number;
  looking: Look | undefined;
  isDone: boolean;
  /** Counted when the candidates change and from then on kept: a look through 50,000 takes a frame. */
  counted: SearchProgress;
}

/**
 * Searches the masked payloads of executions, newest first, in short slices, one search after the other. What is
 * known of a record stays known.
 */
export class PayloadSearch implements Disposable {
  private readonly world: PayloadSearchWorld;
  private readonly known = new Map<string, Known>();
  /** By who wants it; what was wanted last stands at the end. */
  private readonly searches = new Map<string, Search>();
  private timer: Disposable | undefined;
  private changes = 0;

  constructor(world: PayloadSearchWorld) {
    this.world = world;
  }

  /** Grows whenever more is known. */
  get revision(): number {
    return this.changes;
  }

  /**
   * Searches from now on, and tells how far it is; null where no texts are wanted. `key` tells searches apart:
   * other candidates under the same key take the place of those before.
   */
  want(key: string, wanted: Wanted): SearchProgress | null {
    if (wanted.texts.length === 0) return null;
    const known = this.searches.get(key);
    this.searches.delete(key);
    if (known?.candidates === wanted.candidates) {
      this.searches.set(key, known);
      return known.counted;
    }
    const search: Search = {
      ...wanted,
      next: wanted.candidates.length - 1,
      looking: undefined,
      isDone: false,
      counted: this.count(wanted),
    };
    this.searches.set(key, search);
    this.endOldest();
    for (const text of wanted.texts) this.remember(text);
    this.schedule();
    return search.counted;
  }

  /** Ends all searches but those under `keys`. */
  retain(keys: ReadonlySet<string>): void {
    for (const key of this.searches.keys()) if (!keys.has(key)) this.searches.delete(key);
  }

  /** Whether an execution holds a text; null while that is not known. */
  holds(entry: StoredExecution, text: string): boolean | null {
    const found = this.known.get(text)?.found.get(entry.summary);
    return found?.revision === entry.revision ? found.found : null;
  }

  private count({ texts, candidates }: Wanted): SearchProgress {
    let searched = 0;
    let unavailable = 0;
    for (const entry of candidates) {
      if (texts.every((text) => this.holds(entry, text) !== null)) searched++;
      else if (!this.hasBytes(entry)) unavailable++;
    }
    return { searched, unavailable, total: candidates.length };
  }

  /** Ends all searches; what they found stays known. */
  dispose(): void {
    this.timer?.dispose();
    this.timer = undefined;
    this.searches.clear();
  }

  private endOldest(): void {
    for (const key of this.searches.keys()) {
      if (this.searches.size <= mostSearches) break;
      this.searches.delete(key);
    }
  }

  private remember(text: string): void {
    const known = this.known.get(text) ?? { found: new WeakMap(), needle: new RawNeedle(text) };
    this.known.delete(text);
    this.known.set(text, known);
    const wanted = new Set([...this.searches.values()].flatMap(({ texts }) => texts));
    for (const oldest of this.known.keys()) {
      if (this.known.size <= mostKeptTexts) break;
      // What a search finds and forgets at once it would look for again.
      if (!wanted.has(oldest)) this.known.delete(oldest);
    }
  }

  private schedule(): void {
    this.timer ??= this.world.clock.after(pauseMs, () => {
      this.timer = undefined;
      this.slice();
    });
  }

  private slice(): void {
    const { clock, onProgress } = this.world;
    const endMs = clock.now() + sliceMs;
    for (let looked = 0; looked < mostPerSlice && clock.now() < endMs;) {
      const search = [...this.searches.values()].find((one) => this.goesOn(one));
      if (search?.looking === undefined) {
        onProgress();
        return;
      }
      const step = search.looking.next();
      if (step.done !== true) continue;
      search.looking = undefined;
      looked++;
      if (step.value === 'changed') continue;
      this.changes++;
      search.counted = { ...search.counted, [step.value]: search.counted[step.value] + 1 };
    }
    this.schedule();
    onProgress();
  }

  /** Whether there is still something to look at: the newest candidate of which something isn't known. */
  private goesOn(search: Search): boolean {
    if (search.isDone) return false;
    search.looking ??= this.lookAtNext(search) ?? this.lookOnceMore(search);
    search.isDone = search.looking === undefined;
    return !search.isDone;
  }

  /**
   * At the end all is counted as it is now: records may have grown or left meanwhile, or been looked into for the same
   * texts by another search. What is still unknown of them is looked at then.
   */
  private lookOnceMore(search: Search): Look | undefined {
    search.counted = this.count(search);
    this.changes++;
    search.next = search.candidates.length - 1;
    return isDone(search.counted) ? undefined : this.lookAtNext(search);
  }

  private lookAtNext(search: Search): Look | undefined {
    const { texts, candidates } = search;
    while (search.next >= 0) {
      const entry = candidates[search.next--];
      if (entry === undefined) continue;
      const missing = texts.filter((text) => this.holds(entry, text) === null);
      if (missing.length > 0 && this.hasBytes(entry)) return this.look(entry, missing);
    }
    return undefined;
  }

  private *look(entry: StoredExecution, texts: readonly string[]): Look {
    const { revision, summary } = entry;
    const left = new Set(texts);
    for (const sub of this.world.store.withSubExecutions(entry)) {
      if (left.size === 0) break;
      const record = this.world.room.held(sub);
      // Its bytes left in the middle of the search: what they hold stays unknown.
      if (record === undefined) return 'unavailable';
      // A link's question is shown as the base64 in it was meant: its bytes tell nothing.
      const possible = [...left].filter(
        (text) =>
          sub.summary.kind === 'link' ||
          this.known.get(text)?.needle.mayHold(record.value) !== false,
      );
      if (possible.length > 0) yield* this.lookInto(record, possible, left);
    }
    for (const text of texts) {
      this.known.get(text)?.found.set(summary, { revision, found: !left.has(text) });
    }
    return entry.revision === revision && entry.summary === summary ? 'searched' : 'changed';
  }

  /** Takes from `left` what the record holds. */
  private *lookInto(
    record: FullRecord,
    texts: readonly string[],
    left: Set<string>,
  ): Generator<undefined> {
    let count = 0;
    try {
      for (const shown of payloadTexts(record, this.world.redaction.rules)) {
        if (shown === null || count++ % textsPerLook === 0) yield undefined;
        if (shown === null) continue;
        const lower = shown.toLowerCase();
        for (const text of texts) if (lower.includes(text)) left.delete(text);
        if (texts.every((text) => !left.has(text))) return;
      }
    } catch {
      // It was decoded when it arrived; if it can't be now, nothing of it can be shown or found.
    }
  }

  private hasBytes(entry: StoredExecution): boolean {
    const { room, store } = this.world;
    if (!room.isHeld(entry)) return false;
    for (const sub of store.subExecutionsOf(entry)) if (!room.isHeld(sub)) return false;
    return true;
  }
}

function isDone({ searched, unavailable, total }: SearchProgress): boolean {
  return searched + unavailable >= total;
}
