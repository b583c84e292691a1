/** The reader's own patterns of secrets. */
export interface UserPatterns {
  /** Whether one of them may find something in an id. */
  readonly any: boolean;
  /** Masks all that they find in a text; the whole of it once a pattern was given up. */
  mask(text: string): string;
  /** Runs what masks texts; ends it where a pattern never would, and runs it again in a way that ends. */
  guard<T>(work: () => T): T;
}

/** What nobody asked for finds nothing. */
export const noPatterns: UserPatterns = {
  any: false,
  mask: (text) => text,
  guard: (work) => work(),
};
