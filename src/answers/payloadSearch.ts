import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { SearchProgress } from '../protocol/list.ts';
import type { FullRecord } from '../record/recordRoom.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionSummary } from '../trace/execution.ts';
import { payloadTexts } from './payloadTexts.ts';
import { mayHold } from './rawFilter.ts';
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

/** A look into one execution, with a pause at each `yield`. */
type Look = Generator<undefined, 'searched' | 'unavailable'>;

type Counted = { -readonly [K in keyof SearchProgress]: SearchProgress[K] };

/** So long the loop is kept: a record that arrives meanwhile is late by less than a frame. */
const sliceMs = 4;
/** Whatever came meanwhile has its turn between two slices. */
const pauseMs = 1;
/** A look at the clock costs as much as a short text. */
const textsPerLook = 32;
/** A search shows its progress at least so often, however small the records are. */
const mostPerSlice = 200;
/** What was searched for last is searched for again, with a word more or less. */
const mostTexts = 8;

/**
 * Searches the masked payloads of executions, newest first, in short slices. What is known of a record stays
 * known; another search ends the one before.
 */
export class PayloadSearch implements Disposable {
  private readonly world: PayloadSearchWorld;
  private readonly known = new Map<string, Found>();
  private wanted: Wanted = { texts: [], candidates: [] };
  /** The candidate to be looked at next; they stand before it. */
  private next = -1;
  private looking: Look | undefined;
  private timer: Disposable | undefined;
  private changes = 0;
  /** Counted when the candidates change and from then on kept: a look through 50,000 takes a frame. */
  private counted: Counted = { searched: 0, unavailable: 0, total: 0 };

  constructor(world: PayloadSearchWorld) {
    this.world = world;
  }

  /** Grows whenever more is known. */
  get revision(): number {
    return this.changes;
  }

  /** Sets what is searched for; nothing with no texts. */
  want(wanted: Wanted): void {
    const isSame = wanted.texts.join('\n') === this.wanted.texts.join('\n');
    if (isSame && wanted.candidates === this.wanted.candidates) return;
    this.wanted = wanted;
    this.next = wanted.candidates.length - 1;
    if (!isSame) this.looking = undefined;
    for (const text of wanted.texts) this.remember(text);
    if (wanted.texts.length === 0) {
      this.dispose();
      return;
    }
    this.counted = this.count();
    this.schedule();
  }

  /** Whether an execution holds a text; null while that is not known. */
  holds(entry: StoredExecution, text: string): boolean | null {
    const found = this.known.get(text)?.get(entry.summary);
    return found?.revision === entry.revision ? found.found : null;
  }

  /** How far the search is. */
  progress(): SearchProgress {
    return { ...this.counted };
  }

  private count(): Counted {
    const { texts, candidates } = this.wanted;
    let searched = 0;
    let unavailable = 0;
    for (const entry of candidates) {
      if (texts.every((text) => this.holds(entry, text) !== null)) searched++;
      else if (!this.hasBytes(entry)) unavailable++;
    }
    return { searched, unavailable, total: candidates.length };
  }

  /** Ends the search; what it found stays known. */
  dispose(): void {
    this.timer?.dispose();
    this.timer = undefined;
    this.looking = undefined;
  }

  private remember(text: string): void {
    const found: Found = this.known.get(text) ?? new WeakMap();
    this.known.delete(text);
    this.known.set(text, found);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= mostTexts) break;
      this.known.delete(oldest);
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
      this.looking ??= this.lookAtNext();
      if (this.looking === undefined) {
        onProgress();
        return;
      }
      const step = this.looking.next();
      if (step.done !== true) continue;
      this.looking = undefined;
      this.changes++;
      looked++;
      this.counted[step.value]++;
    }
    this.schedule();
    onProgress();
  }

  /** Begins with the newest candidate of which something isn't known; undefined when there is none. */
  private lookAtNext(): Look | undefined {
    const { texts, candidates } = this.wanted;
    for (; this.next >= 0; this.next--) {
      const entry = candidates[this.next];
      if (entry === undefined) continue;
      const missing = texts.filter((text) => this.holds(entry, text) === null);
      if (missing.length > 0 && this.hasBytes(entry)) return this.look(entry, missing);
    }
    return undefined;
  }

  private *look(entry: StoredExecution, texts: readonly string[]): Look {
    const { revision } = entry;
    const left = new Set(texts);
    for (const sub of this.world.store.withSubExecutions(entry)) {
      if (left.size === 0) break;
      const record = this.world.room.held(sub);
      // Its bytes left in the middle of the search: what they hold stays unknown.
      if (record === undefined) return 'unavailable';
      // A link's question is shown as the base64 in it was meant: its bytes tell nothing.
      const possible = [...left].filter(
        (text) => sub.summary.kind === 'link' || mayHold(record.value, text),
      );
      if (possible.length > 0) yield* this.lookInto(record, possible, left);
    }
    for (const text of texts) {
      this.known.get(text)?.set(entry.summary, { revision, found: !left.has(text) });
    }
    return 'searched';
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
        if (count++ % textsPerLook === 0) yield undefined;
        if (shown === '') continue;
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
