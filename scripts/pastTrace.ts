import { basename } from 'node:path';

import { asPast } from '../src/analysis/asPast.ts';
import type { PastExecution } from '../src/analysis/pastExecution.ts';
import { systemClock } from '../src/base/systemClock.ts';
import { type ComposedEngine, composeEngine } from '../src/engine/compose.ts';
import type { ConsumedRecord } from '../src/record/consumedRecord.ts';
import { type FileContent, readRecords } from '../src/sources/files/readRecords.ts';
import {
  isTraceFileHead,
  type KnownElsewhere,
  readTraceFileHead,
  type TraceFileHead,
} from '../src/sources/files/traceFileHead.ts';
import type { ExecutionKey } from '../src/trace/execution.ts';
import { type HistoryOf, ownHistories } from './ownHistory.ts';
import { readInput, unpacked, UsageError } from './traceInput.ts';

/** What trace files hold, as far as numbers are made of it. */
export interface PastTrace {
  /** In order of their begin. */
  readonly executions: readonly PastExecution[];
  readonly rejected: number;
  /** Whether any record told of an execution before its end. */
  readonly reportsProgress: boolean;
}

/** The same of files, with what was known where one of them was saved. */
export interface PastOfFiles extends PastTrace {
  /** Null where it tells nothing, or several are read as one. */
  readonly known: KnownElsewhere | null;
}

/** What trace files hold; throws a `UsageError` where none of it is an execution. */
export async function pastOfFiles(
  files: readonly string[],
  readStdin: () => Uint8Array,
): Promise<PastTrace> {
  return usingPastOfFiles(files, readStdin, (past) => past);
}

/** The same for one who asks more of them while the engine holds them. */
export async function usingPastOfFiles<T>(
  files: readonly string[],
  readStdin: () => Uint8Array,
  use: (past: PastOfFiles, historyOf: HistoryOf) => T | Promise<T>,
): Promise<T> {
  const contents = await Promise.all(
    files.map(async (file) => ({
      name: file === '-' ? 'stdin' : basename(file),
      content: await unpacked(file, readInput(file, readStdin)),
    })),
  );
  const records = contents.flatMap(({ name, content }) => [...readRecords(content, name)]);
  return usingPast(records, (past, historyOf) => {
    const [only, ...others] = contents;
    const head = others.length === 0 ? headOf(only?.content ?? []) : null;
    if (past.executions.length > 0) return use({ ...past, known: head?.known ?? null }, historyOf);
    const names = files.join(', ');
    throw new UsageError(
      past.rejected === 0
        ? `${names}: no records.`
        : `${names}: none of ${String(past.rejected)} records can be read; npm run -s tree says why.`,
    );
  });
}

/** What stands before the records of a trace file; null where nothing does. */
function headOf(content: FileContent): TraceFileHead | null {
  const [first] = content instanceof Uint8Array ? [content] : content;
  if (!(first instanceof Uint8Array) || !isTraceFileHead(first)) return null;
  const end = first.indexOf(newline);
  return readTraceFileHead(new TextDecoder().decode(end === -1 ? first : first.subarray(0, end)));
}

const newline = 0x0a;

type UsePast<T> = (past: PastTrace, historyOf: HistoryOf) => T | Promise<T>;

/** What the engine makes of records. */
export async function pastTrace(records: Iterable<ConsumedRecord>): Promise<PastTrace> {
  return usingPast(records, (past) => past);
}

/** Nothing is let go of: who counts files has room for them. */
async function usingPast<T>(records: Iterable<ConsumedRecord>, use: UsePast<T>): Promise<T> {
  const engine = composeEngine({ clock: systemClock, emit: () => undefined, salt: '' });
  const { store, rejected, ingest, list } = engine;
  const endless = Number.POSITIVE_INFINITY;
  store.setLimits({ maxBytes: endless, maxExecutions: endless, maxSummaryBytes: endless });
  try {
    let reportsProgress = false;
    for (const record of records) {
      const { reported, finished } = ingest.take([record], systemClock.now());
      reportsProgress ||= reported.length > finished.length;
    }
    const executions: PastExecution[] = [];
    for (const key of list.keys({ kind: 'all' }, '')) executions.push(await pastOf(engine, key));
    executions.sort((a, b) => (a.beginMs ?? 0) - (b.beginMs ?? 0));
    const past = { executions, rejected: rejected.total, reportsProgress };
    return await use(past, ownHistories(engine, executions));
  } finally {
    await engine.close();
  }
}

/** What numbers are made of one of them. */
export async function pastOf(
  { tree, flows }: Pick<ComposedEngine, 'tree' | 'flows'>,
  key: ExecutionKey,
): Promise<PastExecution> {
  const opened = await tree.opened(key);
  const record = await tree.recordOf(key, null);
  const { stored, summary, failing, findings, lostMs } = opened;
  const execution = record.execution();
  return asPast({
    execution: { ...execution, summary: { ...execution.summary, key } },
    ...{ facts: record.facts(), name: flows.labelFor(stored.summary)?.name ?? summary.subject },
    flowCalls: () => record.flowCalls(),
    ...{ recordBytes: stored.recordBytes, tree: opened.tree, failing, findings, lostMs },
  });
}
