import { asPast, summaryAsPast } from '../analysis/asPast.ts';
import type { PastExecution } from '../analysis/pastExecution.ts';
import { type OpenedRecord, openRecord } from '../decode/decodeExecution.ts';
import type { RulesOfNow } from '../masking/redactionRules.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionSummary } from '../trace/execution.ts';
import type { FlowRegistry } from './flowRegistry.ts';
import type { KnownGaps } from './knownGaps.ts';
import type { ListView } from './listView.ts';
import { openedParts } from './openedParts.ts';

/** Failures of called services that are looked at for the one of a node; a loop may call thousands. */
const mostSubExecutions = 100;

/** What numbers are made of. */
export interface PastWorld {
  readonly store: ExecutionStore;
  readonly flows: FlowRegistry;
  readonly list: Pick<ListView, 'nameOf'>;
  readonly gaps: KnownGaps;
}

/**
 * What numbers are made of one execution, from its opened record. Not by way of those that are opened for somebody:
 * what he looks at would leave for what is only counted.
 */
export function pastOfOpened(
  stored: StoredExecution,
  opened: OpenedRecord,
  { store, flows, list, gaps }: PastWorld,
): PastExecution {
  const { key, outcome } = stored.summary;
  const flow = flows.documentFor(stored.summary);
  const read = flow === null ? gaps.placed(opened.execution(), stored) : opened.execution();
  const execution = { ...read, summary: { ...read.summary, key, outcome } };
  const subExecutions: ExecutionSummary[] = [];
  for (const { summary } of store.subExecutionsOf(stored)) {
    if (subExecutions.length < mostSubExecutions) subExecutions.push(summary);
  }
  const parts = openedParts(execution, opened, {
    ...{ flow, subExecutions, called: [] },
    reportedMs: stored.reportedMs,
  });
  return asPast({
    flowCalls: () => opened.flowCalls(),
    ...{ execution, facts: opened.facts(), name: list.nameOf(stored.summary) },
    ...{ recordBytes: stored.recordBytes, ...parts },
  });
}

/** The same, of an execution that nobody looks into. */
export function pastOfSummary(
  { summary, recordBytes }: StoredExecution,
  list: PastWorld['list'],
): PastExecution {
  return summaryAsPast(summary, list.nameOf(summary), recordBytes);
}

/** The same, of a record that nobody has opened. */
export function pastOfRecord(
  stored: StoredExecution,
  record: ConsumedRecord,
  world: PastWorld & { readonly redaction: RulesOfNow },
): PastExecution {
  return pastOfOpened(stored, openRecord(record, world.redaction.rules), world);
}
