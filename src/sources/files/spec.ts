import type { SourceError } from '../../record/recordSource.ts';

/** Files on the disk to read. */
export interface FilesSpec {
  readonly paths: readonly string[];
}

/** Files that somebody else reads, as those dropped on the panel: a page sees contents, never paths. */
export interface ContentsSpec {
  readonly files: readonly (DroppedFile | UnreadFile)[];
}

/** A file as a page has it. */
export interface DroppedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** One that whoever reads it could not read. */
export interface UnreadFile {
  readonly name: string;
  readonly error: SourceError;
}
