/** How a value is read, whether it was parsed or stands in a text: what is said of its form holds for both. */
export interface Reading<T> {
  /** A text, or what else stands alone, as text; undefined for what holds others. */
  text(value: T): string | undefined;
  items(value: T): readonly T[] | undefined;
  entries(value: T): readonly (readonly [name: string, value: T])[] | undefined;
}

/** What of a list or an object is secret because of what else stands in it; a part of a list is named by its place. */
export interface SecretParts {
  readonly parts: ReadonlySet<string>;
  /** Where rows stand in it: `under` which name (empty for a list itself), and which cells of each are secret. */
  readonly rows?: {
    readonly under: string;
    cellsOf(row: number): ReadonlySet<string> | undefined;
  };
  /** A list in it some of whose parts are secret: the words that a command is given. */
  readonly within?: { readonly under: string; readonly parts: ReadonlySet<string> };
}

/**
 * Finds further secret parts: the words of a command, values beside a list of their names. For the rules of whoever reads
 * records; a robot's bundle has no room for them.
 */
export interface PartsJudge {
  ofList<T>(list: readonly T[], reading: Reading<T>): SecretParts | undefined;
  ofObject<T>(
    entries: readonly (readonly [name: string, value: T])[],
    reading: Reading<T>,
    isSecret: (text: string | undefined) => boolean,
  ): SecretParts | undefined;
  /** What tells in a text that there may be some. */
  readonly signs: RegExp;
}

/** Most values have none. */
export const noParts: ReadonlySet<string> = new Set();
