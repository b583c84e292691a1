import { parentPort, workerData } from 'node:worker_threads';
import { flowThreadRole } from '../flow/flowParser.ts';
import { parseFlow } from '../flow/parseFlow.ts';

/**
 * The parsers of flow files in a bundle of their own, which is read with the first flow file: in the engine's thread
 * for small ones, and as a thread of its own for others.
 */
export const parse = parseFlow;

if (workerData === flowThreadRole) {
  const port = parentPort;
  port?.on('message', ({ text, fileName }: { text: string; fileName: string }) => {
    port.postMessage(parse(text, fileName));
  });
}
