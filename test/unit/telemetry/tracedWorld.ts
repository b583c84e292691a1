import { createTracer } from '../../../src/telemetry/tracer.ts';
import type { Tracer, TracerOptions } from '../../../src/telemetry/tracer.ts';
import { ManualClock } from '../../support/manualClock.ts';

/** The parts of an entry that tests look at. */
export interface TracedEntry {
  readonly id: string;
  readonly node_id: string;
  readonly node_name: string;
  readonly next_log_ids: readonly string[];
  readonly start_time: number;
  readonly end_time: number;
  readonly duration: number;
  readonly running_status: boolean;
  readonly data: {
    readonly input_vars: readonly string[];
    readonly output_vars: readonly string[];
    readonly config: Readonly<Record<string, string>>;
  };
  readonly logs: readonly string[];
  readonly source?: string;
  readonly parent_log_id?: string;
  readonly span_id?: string;
  readonly resources?: Readonly<Record<string, number>>;
}

/** The parts of a record that tests look at. */
export interface TracedRecord {
  readonly sid: string;
  readonly question: string;
  readonly answer: string;
  readonly srv: Readonly<Record<string, string>>;
  readonly status: { readonly code: number; readonly message: string };
  readonly start_time: number;
  readonly end_time: number;
  readonly trace: readonly TracedEntry[];
}

/** A tracer whose time a test moves and whose records it keeps. */
export function tracedWorld(options: Partial<TracerOptions> = {}): {
  readonly clock: ManualClock;
  readonly tracer: Tracer;
  readonly sent: { readonly json: string; readonly key: string | undefined }[];
  readonly lines: string[];
  readonly records: () => TracedRecord[];
  readonly last: () => TracedRecord;
} {
  const clock = new ManualClock(Date.UTC(2026, 10, 25, 8));
  const sent: { json: string; key: string | undefined }[] = [];
  const lines: string[] = [];
  let ids = 0;
  const tracer = createTracer({
    flowId: 'f1',
    endWithProcess: false,
    sources: false,
    clock,
    newId: () => `log${++ids}`,
    producer: {
      send(_topic, json, { key }) {
        sent.push({ json, key });
        return true;
      },
    },
    log: (level, message) => lines.push(`${level} ${message}`),
    ...options,
  });
  const records = () => sent.map(({ json }) => JSON.parse(json) as TracedRecord);
  const last = () => {
    const record = records().at(-1);
    if (record === undefined) throw new Error('nothing was sent');
    return record;
  };
  return { clock, tracer, sent, lines, records, last };
}

/** Entries as a picture: name, state, what follows, parent and round. */
export function pictureOf({ trace }: TracedRecord): string {
  const names = new Map(trace.map(({ id, node_id }) => [id, node_id]));
  return trace
    .map((entry) => {
      const { config } = entry.data;
      const round = config['iteration_index'];
      const parent = config['parent_iteration_node_id'];
      const next = entry.next_log_ids.map((id) => names.get(id) ?? '?').join(' ');
      const state = entry.end_time === 0 ? 'running' : entry.running_status ? 'ok' : 'failed';
      const place =
        parent === undefined ? '' : ` in ${parent}${round === undefined ? '' : `#${round}`}`;
      return `${entry.node_id} ${state}${place}${next === '' ? '' : ` -> ${next}`}`;
    })
    .join('\n');
}
