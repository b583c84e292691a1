import type { Clock } from '../base/clock.ts';
import { hashEnds } from '../base/hash.ts';
import type { Milliseconds } from '../trace/execution.ts';

/** Of a larger text an edit that keeps its length and stands before its end goes unseen: it is read while somebody types. */
const lookedAt = 1_000_000;
/** As many files as are kept. */
const mostFiles = 3_000;

/** When flow files were changed while somebody looked: a fix may be what was changed. */
export class FlowChanges {
  private readonly clock: Clock;
  private readonly files = new Map<
    string,
    { readonly mark: string; readonly atMs: Milliseconds | null }
  >();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Takes the text of a file as it is now. */
  told(uri: string, text: string): void {
    const mark = hashEnds([text], lookedAt);
    const before = this.files.get(uri);
    if (before?.mark === mark) return;
    this.files.delete(uri);
    this.files.set(uri, { mark, atMs: before === undefined ? null : this.clock.now() });
    const [oldest] = this.files.keys();
    if (this.files.size > mostFiles && oldest !== undefined) this.files.delete(oldest);
  }

  /** When it was changed last; null where nobody saw it change. */
  changedMs(uri: string): Milliseconds | null {
    return this.files.get(uri)?.atMs ?? null;
  }
}
