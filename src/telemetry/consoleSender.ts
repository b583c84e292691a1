import { survivesClosedStderr } from './closedStderr.ts';
import type { RecordSender } from './recordSender.ts';

/** How executions are printed. */
export interface ConsoleSenderOptions {
  /** Takes each line. Default: stderr, so that what the robot itself prints stays what it is. */
  readonly write?: ((line: string) => void) | undefined;
}

interface PrintedEntry {
  readonly id: string;
  readonly node_id: string;
  readonly node_name: string;
  readonly start_time: number;
  readonly end_time: number;
  readonly running_status: boolean;
  readonly logs: readonly string[];
  readonly source?: string;
}

interface PrintedRecord {
  readonly sid: string;
  readonly flow_id?: string;
  readonly duration: number;
  readonly status: { readonly code: number; readonly message: string };
  readonly trace: readonly PrintedEntry[];
}

/** Nobody reads more on a console; the record has them all. */
const mostNodes = 200;

/** Prints each execution when it is over: a line of its own and one for each node, with what failed and where. */
export function createConsoleSender(options: ConsoleSenderOptions = {}): RecordSender {
  if (options.write === undefined) survivesClosedStderr();
  const write = options.write ?? ((line: string) => process.stderr.write(`${line}\n`));
  return {
    send(topic, value, { isSnapshot = false, onDelivery }) {
      if (isSnapshot) return true;
      for (const line of linesOf(JSON.parse(value) as PrintedRecord)) write(line);
      onDelivery?.({ ok: true, topic, partition: null, bytes: Buffer.byteLength(value) });
      return true;
    },
  };
}

function linesOf({ sid, flow_id: flow = '', duration, status, trace }: PrintedRecord): string[] {
  const outcome = status.code === 0 ? 'ok    ' : 'failed';
  const message = status.code === 0 ? '' : ` — code ${String(status.code)}: ${status.message}`;
  // A node that was tried again stands in the record once for each attempt.
  const nodes = [...new Map(trace.map((entry) => [entry.id, entry])).values()];
  const left = nodes.length - mostNodes;
  return [
    `${outcome} ${flow} ${sid} ${time(duration)}${message}`,
    ...nodes.slice(0, mostNodes).map(nodeLine),
    ...(left > 0 ? [`  … and ${String(left)} nodes more`] : []),
  ];
}

function nodeLine(entry: PrintedEntry): string {
  const hasEnded = entry.end_time > 0;
  const state = !hasEnded ? 'no end' : entry.running_status ? 'ok    ' : 'failed';
  const took = hasEnded ? ` ${time(entry.end_time - entry.start_time)}` : '';
  const error = entry.running_status ? '' : lastErrorOf(entry);
  const place = error === '' || entry.source === undefined ? '' : ` (${entry.source})`;
  return `  ${state} ${entry.node_name || entry.node_id}${took}${error}${place}`;
}

function lastErrorOf({ logs }: PrintedEntry): string {
  const last = logs.at(-1);
  return last === undefined ? '' : ` — ${(JSON.parse(last) as { message: string }).message}`;
}

function time(ms: number): string {
  return ms < 1_000 ? `${String(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
