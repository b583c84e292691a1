import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { SourceLabel, SourceSpec } from '../protocol/sources.ts';
import type { RecordSource } from '../record/recordSource.ts';
import { createFileRecordSource } from './files/fileRecordSource.ts';
import { createLaterKafkaSource } from './kafka/laterKafkaSource.ts';
import { createSampleRecordSource } from './sample/sampleRecordSource.ts';
import { type SourceKind, traitsOf } from './table.ts';

/** What sources need of their world. */
export interface SourceWorld {
  readonly clock: Clock;
  readonly log: Log;
  /** For the sample robot: the time that a flow file gives a node. */
  readonly timeoutOf?: (nodeId: string) => number | null;
}

/** How each kind is opened. Not in the other table: what opens a source is the engine's alone. */
const openers: {
  readonly [K in SourceKind]: (spec: SourceSpec<K>, world: SourceWorld) => RecordSource;
} = {
  kafka: (spec, world) => createLaterKafkaSource({ ...spec, ...world }),
  files: ({ paths }, { clock }) =>
    createFileRecordSource({ files: paths.map((path) => ({ name: path, path })), clock }),
  contents: ({ files }, { clock }) => createFileRecordSource({ files, clock }),
  sample: (_, { clock, timeoutOf }) =>
    createSampleRecordSource(timeoutOf === undefined ? { clock } : { clock, timeoutOf }),
};

/** The source that a specification asks for. */
export function createSource<K extends SourceKind>(
  spec: SourceSpec<K>,
  world: SourceWorld,
): RecordSource {
  return openers[spec.kind](spec, world);
}

/** What a source is called where it is shown; holds no secret. */
export function labelOf<K extends SourceKind>(spec: SourceSpec<K>): SourceLabel {
  return { kind: spec.kind, ...traitsOf<K>(spec.kind).label(spec) };
}
