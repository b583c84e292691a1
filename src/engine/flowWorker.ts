import type { Clock } from '../base/clock.ts';
import { err } from '../base/result.ts';
import { type FlowParser, flowThreadRole, type Parsed } from '../flow/flowParser.ts';
import type { FlowKeys } from '../flow/genericFlow.ts';
import type { FlowText } from './flowThread.ts';
import { OwnThread, type ThreadLimits } from './ownThread.ts';

/** Enough for the largest file that the console takes, 20 MB; and the host waits no longer for an answer. */
const usualLimits: ThreadLimits = { heapMegabytes: 2_048, longestMs: 25_000 };

/** A parser that says how many texts wait for it. */
type CountingParser = FlowParser & { readonly waiting: number };

/** Reads flow files in a thread of their own: the parsers take a second for a megabyte of YAML. */
export class FlowWorker implements FlowParser {
  private readonly thread: OwnThread<FlowText, Parsed>;

  /** `file`: the bundle of `flowThread.ts`. */
  constructor(file: string, clock: Clock, limits = usualLimits) {
    this.thread = new OwnThread<FlowText, Parsed>(
      {
        ...{ file, name: 'RPA Trace flow files', role: flowThreadRole, limits },
        failed: (detail) => err({ reason: 'tooLarge', detail }),
      },
      clock,
    );
  }

  /** How many texts it is asked to read. */
  get waiting(): number {
    return this.thread.waiting;
  }

  parse(text: string, fileName: string, keys?: FlowKeys): Promise<Parsed> {
    return this.thread.do({ text, fileName, keys });
  }

  dispose(): void {
    this.thread.dispose();
  }
}

/**
 * Hands each text to the one that has least to do. The first of those with nothing: the others need not even begin while
 * one file after the other is read.
 */
export function shared(workers: readonly CountingParser[]): FlowParser {
  return {
    parse: (text, fileName, keys) => {
      const [first, ...others] = workers;
      const freest = others.reduce((a, b) => (b.waiting < (a?.waiting ?? 0) ? b : a), first);
      return freest === undefined ? Promise.resolve(stopped) : freest.parse(text, fileName, keys);
    },
    dispose: () => {
      for (const worker of workers) worker.dispose();
    },
  };
}

const stopped: Parsed = err({ reason: 'tooLarge', detail: 'the engine stopped meanwhile' });

/** Reads in the thread that asks: what is small, and all where there is no bundle to start a thread with. */
export const parseInPlace: FlowParser = {
  parse: async (text, fileName, keys) =>
    (await import('./flowThread.ts')).parse(text, fileName, keys),
  dispose: () => undefined,
};
