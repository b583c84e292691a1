import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { shownAddresses } from '../base/shownAddress.ts';
import type { SourceLabel, SourceSpec } from '../protocol/sources.ts';
import type { RecordSource } from '../record/recordSource.ts';
import { createFileRecordSource } from './files/fileRecordSource.ts';
import { createKafkaRecordSource } from './kafka/kafkaRecordSource.ts';
import { createSampleRecordSource } from './sample/sampleRecordSource.ts';

/** The source that a specification asks for. */
export function createSource(spec: SourceSpec, clock: Clock, log: Log): RecordSource {
  switch (spec.kind) {
    case 'kafka':
      return createKafkaRecordSource({ ...spec, clock, log });
    case 'files':
      return createFileRecordSource({
        files: spec.paths.map((path) => ({ name: path, path })),
        clock,
      });
    case 'contents':
      return createFileRecordSource({ files: spec.files, clock });
    case 'sample':
      return createSampleRecordSource({ clock });
  }
}

/** What a source is called where it is shown; holds no secret. */
export function labelOf(spec: SourceSpec): SourceLabel {
  switch (spec.kind) {
    case 'kafka':
      return { kind: 'kafka', name: spec.topic, detail: shownAddresses(spec.connection.brokers) };
    case 'files':
      return filesLabel('files', spec.paths);
    case 'contents':
      return filesLabel(
        'contents',
        spec.files.map((file) => file.name),
      );
    case 'sample':
      return { kind: 'sample', name: '', detail: '' };
  }
}

function filesLabel(kind: 'files' | 'contents', paths: readonly string[]): SourceLabel {
  const names = paths.map((path) => path.split(/[\\/]/).at(-1) ?? path);
  return { kind, name: names.join(', '), detail: paths.join('\n') };
}
