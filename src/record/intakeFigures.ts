/** What was taken in of a source, and how fast it comes now. */
export interface IntakeFigures {
  readonly records: number;
  readonly bytes: number;
  /** Means over the last ten seconds, or over the time since the source was opened where that is shorter. */
  readonly recordsPerSecond: number;
  readonly bytesPerSecond: number;
  /** Milliseconds that a record took: to be decoded, masked and put away; null before the first. */
  readonly recordMs: number | null;
  /** When the last record came, in Unix milliseconds; null before the first. */
  readonly lastMs: number | null;
}
