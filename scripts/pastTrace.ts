import { basename } from 'node:path';

import { asPast } from '../src/analysis/asPast.ts';
import type { PastExecution } from '../src/analysis/pastExecution.ts';
import { systemClock } from '../src/base/systemClock.ts';
import { composeEngine } from '../src/engine/compose.ts';
import type { ConsumedRecord } from '../src/record/consumedRecord.ts';
import { readRecords } from '../src/sources/files/readRecords.ts';
import { readInput, unpacked, UsageError } from './traceInput.ts';

/** What trace files hold, as far as numbers are made of it. */
export interface PastTrace {
  /** In order of their begin. */
  readonly executions: readonly PastExecution[];
  readonly rejected: number;
  /** Whether any record told of an execution before its end. */
  readonly reportsProgress: boolean;
}

/** What trace files hold; throws a `UsageError` where none of it is an execution. */
export async function pastOfFiles(
  files: readonly string[],
  readStdin: () => Uint8Array,
): Promise<PastTrace> {
  const contents = await Promise.all(
    files.map(async (file) => ({
      name: file === '-' ? 'stdin' : basename(file),
      content: await unpacked(file, readInput(file, readStdin)),
    })),
  );
  const past = await pastTrace(
    contents.flatMap(({ name, content }) => [...readRecords(content, name)]),
  );
  if (past.executions.length > 0) return past;
  const names = files.join(', ');
  throw new UsageError(
    past.rejected === 0
      ? `${names}: no records.`
      : `${names}: none of ${String(past.rejected)} records can be read; npm run -s tree says why.`,
  );
}

/** What the engine makes of records. Nothing is let go of: who counts files has room for them. */
export async function pastTrace(records: Iterable<ConsumedRecord>): Promise<PastTrace> {
  const engine = composeEngine({ clock: systemClock, emit: () => undefined, salt: '' });
  const { store, rejected, flows, ingest, list, tree } = engine;
  const endless = Number.POSITIVE_INFINITY;
  store.setLimits({ maxBytes: endless, maxExecutions: endless, maxSummaryBytes: endless });
  try {
    let reportsProgress = false;
    for (const record of records) {
      const { reported, finished } = ingest.take([record], systemClock.now());
      reportsProgress ||= reported.length > finished.length;
    }
    const executions: PastExecution[] = [];
    for (const key of list.keys({ kind: 'all' }, '')) {
      const opened = await tree.opened(key);
      const record = await tree.recordOf(key, null);
      const { stored, summary, failing, findings, lostMs } = opened;
      const name = flows.labelFor(stored.summary)?.name ?? summary.subject;
      executions.push(
        asPast({
          ...{ execution: record.execution(), facts: record.facts(), name },
          ...{ recordBytes: stored.recordBytes, tree: opened.tree, failing, findings, lostMs },
        }),
      );
    }
    executions.sort((a, b) => (a.beginMs ?? 0) - (b.beginMs ?? 0));
    return { executions, rejected: rejected.total, reportsProgress };
  } finally {
    await engine.close();
  }
}
