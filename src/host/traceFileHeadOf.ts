import { createGunzip } from 'node:zlib';
import {
  mostHeadBytes,
  readTraceFileHead,
  type TraceFileHead,
} from '../sources/files/traceFileHead.ts';

const newline = 0x0a;

/** Reads what stands before the records of a packed trace file, and no further; null where nothing does. */
export async function traceFileHeadOf(packed: Uint8Array): Promise<TraceFileHead | null> {
  return readTraceFileHead(await firstLine(packed));
}

/** Empty where it is longer than any head, or no packed data. */
function firstLine(packed: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const gunzip = createGunzip();
    const parts: Buffer[] = [];
    let size = 0;
    const done = (line: string) => {
      gunzip.destroy();
      resolve(line);
    };
    gunzip.on('data', (part: Buffer) => {
      const end = part.indexOf(newline);
      size += part.length;
      parts.push(end === -1 ? part : part.subarray(0, end));
      if (end !== -1) done(Buffer.concat(parts).toString('utf8'));
      else if (size > mostHeadBytes) done('');
    });
    gunzip.on('error', () => {
      done('');
    });
    gunzip.on('end', () => {
      done(Buffer.concat(parts).toString('utf8'));
    });
    gunzip.end(packed);
  });
}
