import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { repositoryRoot } from './paths.ts';

/** The flow file of the sample workspace that both ran by. */
export const invoiceFlow = 'invoice-entry.yaml';
/** Where the two differ first. */
const invoiceCause = 'ifly-code::d0f640b2-3e71-4c5a-9f28-40a16d8c3e44';

interface Entry {
  readonly node_id: string;
}

interface Run {
  readonly sid: string;
  readonly status: { readonly code: number };
  readonly trace: readonly Entry[];
}

/** What gave the total; the record escapes its quotes. */
const sumOfLines = /\\n +fields\[\\"total\\"\] = [^\n]*?, 2\)/;
const total = /, 'total': [\d.]+/g;
const dayMs = 24 * 3_600_000;

/**
 * Two runs of the sample workspace as a trace file: one that went well, and one of the same invoice a day later, when its
 * flow file no longer added the total up, so that the robot had none to enter.
 */
export function invoiceRuns(): string {
  const traces = join(repositoryRoot, 'media/sample-workspace/traces/invoice-entry.jsonl');
  const runs = readFileSync(traces, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Run);
  const good = runs.find(({ status, trace }) => status.code === 0 && trace.length === 7);
  if (good === undefined) throw new Error('The sample workspace has changed');
  const cause = good.trace.findIndex(({ node_id: id }) => id === invoiceCause);
  const [checked, entered] = good.trace.slice(cause, cause + 2).map(withoutTotal);
  const failed = {
    ...good,
    ...{
      answer: '',
      status: { code: 21_300, message: 'RPA node failed(Amount must not be empty)' },
    },
    trace: [...good.trace.slice(0, cause), checked, { ...entered, ...failure }],
  };
  const dayLater = JSON.stringify(failed)
    .replaceAll(good.sid, good.sid.replace('0001@', '0101@'))
    .replaceAll(/"(start_time|end_time)":(\d{13})/g, (_, field: string, ms: string) => {
      return `"${field}":${String(Number(ms) + dayMs)}`;
    });
  return [JSON.stringify(good), dayLater].join('\n');
}

const failure = {
  ...{ running_status: false, next_log_ids: [] },
  logs: ['{"level": "ERROR", "message": "Amount must not be empty"}'],
};

function withoutTotal(entry: Entry): object {
  return JSON.parse(JSON.stringify(entry).replaceAll(total, '').replace(sumOfLines, '')) as object;
}
