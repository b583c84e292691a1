import { Worker } from 'node:worker_threads';
import type { Packet } from '../protocol/packet.ts';

/** What the engine says: `listening` first, then packets, and `closed` as its last word after `close`. */
export type FromEngine = 'listening' | Packet | 'closed';

/** A running engine, whatever it runs in. */
export interface EngineWorker {
  post(message: Packet | 'close'): void;
  /** Ends it as a crash would. */
  terminate(): Promise<unknown>;
}

/** Who is told what becomes of a worker: messages and errors, and at its end `onExit`, once. */
export interface WorkerListener {
  onMessage(message: FromEngine): void;
  onError(error: unknown): void;
  onExit(code: number): void;
}

/** Starts an engine; throws where not even that can be done. */
export type StartWorker = (listener: WorkerListener) => EngineWorker;

/**
 * Young objects have so much room. V8 would take three times as much while it masks megabytes, at the same processor time,
 * and gives it back only where nothing goes on for long.
 */
const youngMegabytes = 32;

/** The engine as a worker thread that runs a bundle within a heap limit, which is asked for at each start. */
export function workerThread(file: string, heapMegabytes: () => number): StartWorker {
  return (listener) => {
    const worker = new Worker(file, {
      name: 'RPA Trace engine',
      resourceLimits: {
        maxOldGenerationSizeMb: heapMegabytes(),
        maxYoungGenerationSizeMb: youngMegabytes,
      },
    });
    worker.on('message', (message: FromEngine) => {
      listener.onMessage(message);
    });
    worker.on('error', (error) => {
      listener.onError(error);
    });
    worker.on('exit', (code) => {
      listener.onExit(code);
    });
    return {
      post: (message) => {
        worker.postMessage(message);
      },
      terminate: () => worker.terminate(),
    };
  };
}
