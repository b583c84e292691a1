import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { SearchProgress } from '../protocol/list.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionSummary } from '../trace/execution.ts';
import { payloadTexts } from './payloadTexts.ts';
import { mayHold } from './rawFilter.ts';
import type { Redaction } from '../masking/redaction.ts';

/** What the search needs of its world. */
export interface PayloadSearchWorld {
  readonly store: ExecutionStore;
  readonly clock: Clock;
  readonly redaction: Redaction;
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
  private looking: Generator<undefined, boolean> | undefined;
  private timer: Disposable | undefined;
  private changes = 0;
  /** Counted when the candidates change and from then on kept: a look through 50,000 takes a frame. */
  private counted: SearchProgress = { searched: 0, unavailable: 0, total: 0 };

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
    // What is being looked at may be another record by now, or none of these: counted, it would be one too many.
    this.looking = undefined;
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
    return this.counted;
  }

  private count(): SearchProgress {
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
        // What changed under way is counted as it is now, and what is still to be looked at is: so the search ends.
        this.counted = this.count();
        onProgress();
        if (isDone(this.counted)) return;
        this.next = this.wanted.candidates.length - 1;
        break;
      }
      const looking = this.looking.next();
      if (looking.done !== true) continue;
      this.looking = undefined;
      looked++;
      if (!looking.value) continue;
      this.changes++;
      this.counted = { ...this.counted, searched: this.counted.searched + 1 };
    }
    this.schedule();
    onProgress();
  }

  /** Begins with the newest candidate of which something isn't known; undefined when there is none. */
  private lookAtNext(): Generator<undefined, boolean> | undefined {
    const { texts, candidates } = this.wanted;
    for (; this.next >= 0; this.next--) {
      const entry = candidates[this.next];
      if (entry === undefined) continue;
      const missing = texts.filter((text) => this.holds(entry, text) === null);
      if (missing.length > 0 && this.hasBytes(entry)) return this.look(entry, missing);
    }
    return undefined;
  }

  /** Whether all that was wanted of it is known now: it may have grown while it was looked at. */
  private *look(entry: StoredExecution, texts: readonly string[]): Generator<undefined, boolean> {
    const { revision, summary } = entry;
    const left = new Set(texts);
    for (const { record, summary: part } of this.withParts(entry)) {
      if (left.size === 0) break;
      // A link's question is shown as the base64 in it was meant: its bytes tell nothing.
      const possible = [...left].filter(
        (text) => part.kind === 'link' || record.value === null || mayHold(record.value, text),
      );
      if (possible.length > 0) yield* this.lookInto(record, possible, left);
    }
    for (const text of texts) {
      this.known.get(text)?.set(summary, { revision, found: !left.has(text) });
    }
    return this.wanted.texts.every((text) => this.holds(entry, text) !== null);
  }

  /** Takes from `left` what the record holds. */
  private *lookInto(
    record: ConsumedRecord,
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

  /** The execution and the records of the services it called with its own sid, which the list shows as one. */
  private withParts(entry: StoredExecution): readonly StoredExecution[] {
    return entry.partCount === 0 ? [entry] : [entry, ...this.world.store.partsOf(entry)];
  }

  private hasBytes(entry: StoredExecution): boolean {
    if (entry.record.value === null) return false;
    for (const { record } of this.world.store.partsOf(entry))
      if (record.value === null) return false;
    return true;
  }
}

function isDone({ searched, unavailable, total }: SearchProgress): boolean {
  return searched + unavailable >= total;
}
