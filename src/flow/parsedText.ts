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

/** Leads from an offset of the text that a parser read to the offset in the file. */
export type Place = (offset: number) => number;
