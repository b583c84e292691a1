import { openBrace } from '../../base/jsonSigns.ts';
import { contentOf } from './dumpLine.ts';

const newline = 0x0a;

/** A line of a container's log: which stream wrote it, and whether its text goes on in the next one. */
interface Part {
  readonly stream: string;
  readonly text: Uint8Array;
  readonly goesOn: boolean;
}

/** Docker cuts a line after 16 KB; what breaks off before had its line end taken off by another tool. */
const dockerCut = 16 * 1024;
/** It writes its fields in this order. */
const dockerStart = '{"log":"';
const dockerStream = '","stream":"';
/** The container runtimes of Kubernetes: time, stream, `P`art or `F`ull, and tags. */
const runtimeLine = /^\S{20,40} (stdout|stderr) ([PF])\S* /;
const longestPrefix = 80;

/**
 * Joins lines that a container's log was cut into: a record of more than 16 KB is several lines of it. Each stream is
 * joined by itself, for the other one writes in between.
 */
export class PartedLines {
  private readonly begun = new Map<string, Uint8Array[]>();

  /** What the line completes; `begun` for one that goes on, undefined for a line of its own. */
  take(line: Uint8Array): Uint8Array | 'begun' | undefined {
    const part = partOf(line);
    if (part === undefined) return undefined;
    const parts = this.begun.get(part.stream) ?? [];
    if (!part.goesOn && parts.length === 0) return undefined;
    parts.push(part.text);
    if (!part.goesOn) {
      this.begun.delete(part.stream);
      return Buffer.concat(parts);
    }
    this.begun.set(part.stream, parts);
    return 'begun';
  }

  /** What no line completed. */
  rest(): readonly Uint8Array[] {
    return [...this.begun.values()].map((parts) => Buffer.concat(parts));
  }
}

function partOf(line: Uint8Array): Part | undefined {
  const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength);
  if (text[0] === openBrace) return dockerPart(text);
  const found = runtimeLine.exec(text.toString('latin1', 0, longestPrefix));
  if (found === null) return undefined;
  const [prefix, stream = '', mark] = found;
  return { stream, text: text.subarray(prefix.length), goesOn: mark === 'P' };
}

function dockerPart(line: Buffer): Part | undefined {
  if (line.toString('latin1', 0, dockerStart.length) !== dockerStart) return undefined;
  const end = line.lastIndexOf(dockerStream);
  if (end < 0) return undefined;
  const text = contentOf(line.subarray(dockerStart.length - 1, end + 1));
  if (text === null) return undefined;
  const stream = line.toString('latin1', end + dockerStream.length, end + dockerStream.length + 6);
  return { stream, text, goesOn: text.length >= dockerCut && text.at(-1) !== newline };
}
