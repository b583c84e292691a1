/** A part of a value that shall be given, however much of the value stands before it. */
export interface WantedPart {
  readonly section: 'input' | 'output' | 'config' | 'other';
  /** Which value of its section, from 0. */
  readonly index: number;
  /** The names of the parts that lead to it, from the whole down; of a list, their places from 0. */
  readonly path: readonly string[];
  /** Of a text the sign that shall be there, of a list or an object the part, from 0. */
  readonly offset?: number | undefined;
}
