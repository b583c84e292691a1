/** Files on the disk to read. */
export interface FilesSpec {
  readonly paths: readonly string[];
}

/** Files dropped on the panel: a page sees contents, never paths. */
export interface ContentsSpec {
  readonly files: readonly DroppedFile[];
}

/** A file as a page has it. */
export interface DroppedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}
