import type { SourceTree } from './sourceTree.ts';

/** What a parser made of a text: as much as can be read, and the first thing that was wrong. */
export interface ParsedText {
  /** Undefined for a text without any value. */
  readonly tree: SourceTree | undefined;
  readonly fault: TextFault | null;
}

/** The first mistake of a text. */
export interface TextFault {
  readonly detail: string;
  /** Where it is, in UTF-16 code units of the whole file. */
  readonly offset: number;
}

/** Deeper than any flow; a text that nests further is not one, and must not exhaust the stack. */
const maxDepth = 200;
/** Also where the parser below ours exhausts its stack. */
export const tooDeepText = `it nests deeper than ${String(maxDepth)} levels`;

/** Thrown by a parser: what it read so far is not worth keeping. */
export class NestedTooDeeply extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super(tooDeepText);
    this.offset = offset;
  }
}

/** Ends the reading of a text that nests deeper than any flow; the outermost value has depth 0. */
export function checkDepth(depth: number, offset: number): void {
  if (depth > maxDepth) throw new NestedTooDeeply(offset);
}

/** Leads from an offset of the text that a parser read to the offset in the file. */
export type Place = (offset: number) => number;
