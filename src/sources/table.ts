import type { ContentsSpec, FilesSpec } from './files/spec.ts';
import { contentsTraits, filesTraits } from './files/traits.ts';
import type { KafkaSpec, KeptTopic } from './kafka/spec.ts';
import { kafkaTraits } from './kafka/traits.ts';
import type { SampleSpec } from './sample/spec.ts';
import { sampleTraits } from './sample/traits.ts';
import type { SourceMemory, SourceTraits } from './traits.ts';

/** The kinds of sources: what is read of each, and what is remembered of it; `never` for what can't be opened again. */
export interface SourceKinds {
  readonly kafka: { spec: KafkaSpec; kept: KeptTopic };
  readonly files: { spec: FilesSpec; kept: FilesSpec };
  readonly contents: { spec: ContentsSpec; kept: never };
  readonly sample: { spec: SampleSpec; kept: SampleSpec };
}

const table = {
  kafka: kafkaTraits,
  files: filesTraits,
  contents: contentsTraits,
  sample: sampleTraits,
} as const satisfies Traits;

type Traits = { readonly [K in SourceKind]: TraitsOf<K> };
type TraitsOf<K extends SourceKind> = SourceTraits<SourceKinds[K]['spec'], SourceKinds[K]['kept']>;

/** What kind of source it is. Who asks for it asks too much: `traitsOf` tells what it is like. */
export type SourceKind = keyof SourceKinds;
/** The kinds that are remembered. */
export type KeptKind = {
  [K in SourceKind]: [SourceKinds[K]['kept']] extends [never] ? never : K;
}[SourceKind];
/** The kinds whose records go on arriving. */
export type LiveKind = {
  [K in SourceKind]: (typeof table)[K]['isLive'] extends true ? K : never;
}[SourceKind];

/** All kinds of sources, in the order in which their ways are offered. */
export const sourceKinds = Object.keys(table) as readonly SourceKind[];

/** What is to be known of a kind of source; undefined where none is read. */
export function traitsOf<K extends SourceKind>(kind: K): TraitsOf<K>;
export function traitsOf<K extends SourceKind>(kind: K | 'none'): TraitsOf<K> | undefined;
export function traitsOf<K extends SourceKind>(kind: K | 'none'): TraitsOf<K> | undefined {
  const traits: Traits = table;
  return kind === 'none' ? undefined : traits[kind];
}

/** Whether records of this kind go on arriving. */
export function isLive<T extends { readonly kind: SourceKind }>(
  source: T,
): source is T & { readonly kind: LiveKind } {
  return table[source.kind].isLive;
}

/** How sources of this kind are remembered. */
export function memoryOf<K extends KeptKind>(kind: K): SourceMemory<SourceKinds[K]['kept']> {
  const kept: { readonly [P in KeptKind]: { memory: SourceMemory<SourceKinds[P]['kept']> } } =
    table;
  return kept[kind].memory;
}

/** Whether a kind is one that is remembered; another version may have remembered others. */
export function isKept(kind: string): kind is KeptKind {
  return Object.hasOwn(table, kind) && table[kind as SourceKind].memory !== null;
}
