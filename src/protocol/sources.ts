import type { SourceMark } from '../sources/traits.ts';
import type { LiveKind, SourceKind, SourceKinds } from '../sources/table.ts';

/** Which source the engine shall read. */
export type SourceSpec<K extends SourceKind = SourceKind> = {
  readonly [P in K]: { readonly kind: P } & SourceKinds[P]['spec'];
}[K];

/** The source as shown: what it is, without any secret. */
export interface SourceLabel {
  readonly kind: 'none' | SourceKind;
  /** Kafka: the topic; files: the file's name (or how many); sample: empty. */
  readonly name: string;
  /** Kafka: the brokers; files: the paths. */
  readonly detail: string;
  /** Where the reader gave it a name. */
  readonly mark?: SourceMark;
}

/** The live source that was read before the file that is open: the way back leads there. */
export interface LiveSource {
  readonly kind: LiveKind;
  /** As in its label. */
  readonly name: string;
}
