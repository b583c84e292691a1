import { lastUsed } from '../../src/base/lastUsed.ts';
import type { ExecutionKey, RunKey } from '../../src/trace/execution.ts';

/** How much is said of why it failed: all; some lines of what was seen and what to do first; or one. */
export type ReasonLength = 'full' | 'short' | 'brief';

/** How the reader left one execution. */
export interface LeftTree {
  /** What was selected; null: the execution itself. */
  row: RunKey | null;
  /** The first row that was seen; null: not known. */
  top: RunKey | null;
  /** It was opened and left again: what is kept of it is what the reader chose. */
  isLeft: boolean;
  /** How much is said of its reasons, in a window of which size; null: not known. */
  reasons: { readonly size: string; readonly length: ReasonLength } | null;
  /** What was unfolded of its reasons. */
  readonly unfolded: Set<string>;
}

/** More than anybody comes back to; one is some 200 bytes. */
const kept = 50;

/** Where the reader was in the executions that were looked at last: who comes back finds them as they were left. */
export class TreeMemory {
  /** The wishes that were fulfilled: a tree that is drawn anew fulfils none again. */
  readonly fulfilled = { focus: 0, failure: 0 };
  private readonly trees = new Map<ExecutionKey, LeftTree>();

  of(key: ExecutionKey): LeftTree {
    return lastUsed(this.trees, key, kept, () => ({
      ...{ row: null, top: null, isLeft: false, reasons: null },
      unfolded: new Set<string>(),
    }));
  }

  /** The reader leaves an execution with this selected. */
  leaves(key: ExecutionKey, row: RunKey | null): void {
    Object.assign(this.of(key), { row, isLeft: true });
  }

  /** The reader leaves an execution of which he waits for the end: he comes back to that. */
  leavesAwaited(key: ExecutionKey): void {
    this.of(key).isLeft = false;
  }

  /** How the reader left it; null where it is new to him. */
  leftAs(key: ExecutionKey): LeftTree | null {
    const left = this.trees.get(key);
    return left?.isLeft === true ? left : null;
  }
}
