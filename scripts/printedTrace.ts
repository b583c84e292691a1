import { systemClock } from '../src/base/systemClock.ts';
import { composeEngine } from '../src/engine/compose.ts';
import type { FlowDocument } from '../src/flow/flowDocument.ts';
import type { ConsumedRecord, RecordPosition } from '../src/record/consumedRecord.ts';
import type { RejectedRecord } from '../src/trace/rejected.ts';
import type { PrintedExecution } from '../src/view/treeText.ts';

/** What a trace file holds, ready to be printed. */
export interface PrintedTrace {
  readonly executions: readonly PrintedExecution[];
  readonly rejected: readonly RejectedRecord[];
}

/** So many records at once, so that what can't be read of them is still listed. */
const sliceSize = 500;

/**
 * What the engine makes of records: in the order of the file, services below the workflow that called them. Nothing
 * is let go of: who prints a file has room for it.
 */
export async function printedTrace(
  records: Iterable<ConsumedRecord>,
  flow: FlowDocument | null,
): Promise<PrintedTrace> {
  const engine = composeEngine({ clock: systemClock, emit: () => undefined, salt: '' });
  const { store, rejected, flows, intake, list, tree } = engine;
  const endless = Number.POSITIVE_INFINITY;
  store.setLimits({ maxBytes: endless, maxExecutions: endless, maxSummaryBytes: endless });
  const refused: RejectedRecord[] = [];
  const places = new Map<string, number>();
  try {
    if (flow !== null) flows.set('file:///flow', '', { ok: true, value: flow });
    const all = [...records];
    for (let from = 0; from < all.length; from += sliceSize) {
      const before = rejected.total;
      await intake.take(all.slice(from, from + sliceSize));
      refused.push(...rejected.page(0, rejected.total - before).toReversed());
    }
    all.forEach((record, place) => places.set(placeOf(record), place));
    const keys = list.keys({ kind: 'all' }, '');
    const executions = await Promise.all(
      keys.map(async (key) => {
        const {
          stored,
          summary,
          failing,
          tree: rows,
          findings,
          itemFailures,
          record,
        } = await tree.opened(key);
        const label = flows.labelFor(stored.summary);
        return {
          place: places.get(placeOf(stored.record)) ?? 0,
          printed: {
            ...{ summary, failing, tree: rows, findings, itemFailures },
            name: label?.name ?? summary.subject,
            dataOf: (run: string) => record.nodeData(run),
          },
        };
      }),
    );
    executions.sort((a, b) => a.place - b.place);
    return { executions: executions.map(({ printed }) => printed), rejected: refused };
  } finally {
    await engine.close();
  }
}

function placeOf({ topic, partition, offset }: RecordPosition): string {
  return `${topic} ${String(partition)} ${offset}`;
}
