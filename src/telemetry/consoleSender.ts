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
  readonly parent_log_id?: string;
}

interface PrintedRecord {
  readonly sid: string;
  readonly flow_id?: string;
  readonly duration: number;
  readonly status: { readonly code: number; readonly message: string };
  readonly trace: readonly PrintedEntry[];
}

/** Nobody reads more on a console, but for as many that failed; the record has them all. */
const mostNodes = 200;
/** What stands deeper begins where that does. */
const deepestIndent = 20;

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
  const message =
    status.code === 0 ? '' : ` — code ${String(status.code)}: ${firstLine(status.message)}`;
  const nodes = asTree(trace);
  const shown = nodes
    .filter(({ entry }, at) => at < mostNodes || !entry.running_status)
    .slice(0, 2 * mostNodes);
  const left = nodes.length - shown.length;
  return [
    `${outcome} ${flow} ${sid} ${time(duration)}${message}`,
    ...shown.map(nodeLine),
    ...(left > 0 ? [`  … and ${String(left)} nodes more`] : []),
  ];
}

interface PlacedEntry {
  readonly entry: PrintedEntry;
  readonly depth: number;
}

/** Each entry behind the one around it, in the order in which they began. */
function asTree(trace: readonly PrintedEntry[]): PlacedEntry[] {
  // A node that was tried again stands in the record once for each attempt.
  const byId = new Map(trace.map((entry) => [entry.id, entry]));
  const within = new Map<string | undefined, PrintedEntry[]>();
  const inOrder = [...byId.values()].sort((a, b) => a.start_time - b.start_time);
  for (const entry of inOrder) {
    const { parent_log_id: parent } = entry;
    const around = parent !== undefined && byId.has(parent) ? parent : undefined;
    const beside = within.get(around);
    if (beside === undefined) within.set(around, [entry]);
    else beside.push(entry);
  }
  const placed: PlacedEntry[] = [];
  const waiting: PlacedEntry[] = [];
  const waitFor = (id: string | undefined, depth: number) => {
    for (const entry of (within.get(id) ?? []).reverse()) waiting.push({ entry, depth });
  };
  waitFor(undefined, 0);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    placed.push(next);
    waitFor(next.entry.id, next.depth + 1);
  }
  return placed;
}

function nodeLine({ entry, depth }: PlacedEntry): string {
  const hasEnded = entry.end_time > 0;
  const state = !hasEnded ? 'no end' : entry.running_status ? 'ok    ' : 'failed';
  const took = hasEnded ? ` ${time(entry.end_time - entry.start_time)}` : '';
  const error = entry.running_status ? '' : lastErrorOf(entry);
  const place = error === '' || entry.source === undefined ? '' : ` (${entry.source})`;
  const indent = '  '.repeat(1 + Math.min(depth, deepestIndent));
  return `${indent}${state} ${entry.node_name || entry.node_id}${took}${error}${place}`;
}

function lastErrorOf({ logs }: PrintedEntry): string {
  const last = logs.at(-1);
  return last === undefined
    ? ''
    : ` — ${firstLine((JSON.parse(last) as { message: string }).message)}`;
}

/** What an error of Playwright tells behind it fills the screen. */
function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function time(ms: number): string {
  return ms < 1_000 ? `${String(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
