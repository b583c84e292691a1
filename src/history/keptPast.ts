import type { PastExecution } from '../analysis/pastExecution.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { nameOfPast } from './historyRecord.ts';
import type { HistoryState } from './historyState.ts';

/** What of the history on disk is asked here. */
export interface OnDisk {
  /** Grows with each change, of the file that is open as well. */
  readonly revision: number;
  /** Stands for the rules by which it is masked, and for the file: by others all of it is other. */
  readonly sameness: string;
  readonly state: HistoryState;
  between(
    fromMs: Milliseconds,
    toMs: Milliseconds,
    most: number,
  ): Promise<readonly PastExecution[]>;
}

/** They come from another thread, and are put together again in this one: so many in some 20 ms. */
const pageSize = 2_000;
/** Some 200 bytes each: 100 MB of a heap of 512. What is older is left to those who count. */
const mostNodes = 500_000;
/** What is written to the disk began lately; memory has what did not, until all is read again. */
const tailMs = 3_600_000;
const wholeEveryMs = 600_000;

interface Kept {
  readonly sameness: string;
  readonly revision: number;
  /** When all of it was read. */
  readonly wholeMs: Milliseconds;
  readonly executions: ReadonlyMap<string, PastExecution>;
}

/** What is on disk as objects that stay the same: of what changed, its end is read, and all of it now and then. */
export class KeptPast {
  private readonly disk: OnDisk;
  private readonly now: () => Milliseconds;
  private kept: Kept | undefined;

  constructor(disk: OnDisk, now: () => Milliseconds) {
    this.disk = disk;
    this.now = now;
  }

  /** The newest, by their names. */
  async newest(most: number): Promise<ReadonlyMap<string, PastExecution>> {
    const { disk, now, kept } = this;
    const { revision, sameness } = disk;
    const isSame = kept?.sameness === sameness;
    if (isSame && kept.revision === revision) return kept.executions;
    const isWhole = !isSame || now() - kept.wholeMs >= wholeEveryMs;
    const before = isSame ? kept.executions : new Map<string, PastExecution>();
    const fromMs = isWhole ? 0 : newestOf(before) - tailMs;
    const read = await this.read(fromMs, most);
    const executions = isWhole ? read : new Map([...this.still(before), ...read]);
    const wholeMs = isWhole ? now() : kept.wholeMs;
    this.kept = { sameness, revision, wholeMs, executions };
    return executions;
  }

  /** Page by page backwards: whoever waits for something else has a turn between them. */
  private async read(fromMs: Milliseconds, most: number): Promise<Map<string, PastExecution>> {
    const pages: (readonly PastExecution[])[] = [];
    let toMs = Number.MAX_SAFE_INTEGER;
    let [count, nodes] = [0, 0];
    while (count < most && nodes < mostNodes && toMs > fromMs) {
      const page = await this.disk.between(fromMs, toMs, Math.min(pageSize, most - count));
      pages.push(page);
      count += page.length;
      nodes += page.reduce((sum, each) => sum + each.nodes.length, 0);
      const first = page[0]?.beginMs ?? null;
      if (first === null || page.length < pageSize) break;
      // Several may have begun in that moment; those that come twice have one name.
      toMs = first + 1 < toMs ? first + 1 : first;
    }
    return new Map(pages.reverse().flatMap((page) => page.map((each) => [nameOfPast(each), each])));
  }

  /** What is too old was let go of there. */
  private still(before: ReadonlyMap<string, PastExecution>): [string, PastExecution][] {
    const { state } = this.disk;
    const sinceMs = state.kind === 'on' ? (state.sinceMs ?? Infinity) : -Infinity;
    return [...before].filter(([, { beginMs }]) => (beginMs ?? 0) >= sinceMs);
  }
}

function newestOf(executions: ReadonlyMap<string, PastExecution>): Milliseconds {
  let newest = 0;
  for (const { beginMs } of executions.values()) newest = Math.max(newest, beginMs ?? 0);
  return newest;
}
