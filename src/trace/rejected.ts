/** Why a record could not be read as an execution. */
export type RejectReason =
  | 'tombstone'
  | 'empty'
  | 'notUtf8'
  /** Packed with something that is not read here. */
  | 'compressed'
  /** Packed data of a file breaks off, or is damaged: what stands before that was read. */
  | 'brokenOff'
  /** Framed by a schema registry, and no JSON behind the frame. */
  | 'needsSchema'
  | 'notJson'
  | 'truncatedJson'
  | 'notAnObject'
  | 'notATrace'
  | 'tooDeep'
  | 'tooLarge'
  | 'undecodable'
  /** Records of a batch that is damaged in the topic; the offset is that of the first of them. */
  | 'damagedBatch'
  /** Records of a batch that is too large once it is decompressed. */
  | 'tooLargeDecompressed';

/** A record that could not be read: counted, listed and never lost. */
export interface RejectedRecord {
  readonly reason: RejectReason;
  /** What exactly, for the one who mends it: `position 17`, `no sid`. */
  readonly detail: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly timestampMs: number | null;
  readonly bytes: number;
  /** The beginning of the text, masked, 2 KB at most: enough to see what it is. */
  readonly preview: string;
  /** `hex`: no text at all; the preview is its bytes in rows of 16. */
  readonly form: 'text' | 'hex';
  /** The preview is all there is; else the source is asked for the rest. */
  readonly whole: boolean;
}
