import type { PastNumbers } from '../../src/analysis/pastNumbers.ts';
import { percentile } from '../../src/analysis/statistics.ts';
import type { KnownRecords } from './knownRecords.ts';

/** What numbers may be off by, where they are percentiles. */
const share = 0.011;

/** Where numbers tell something else than the truth. */
export function untruths(told: PastNumbers, { truth }: Pick<KnownRecords, 'truth'>): string[] {
  const found: string[] = [];
  const same = (what: string, a: number | null | undefined, b: number, by = 1e-9) => {
    if (a == null || Math.abs(a - b) > by * Math.abs(b) + 1e-9)
      found.push(`${what}: ${String(a)} for ${String(b)}`);
  };
  const { figures } = told;
  for (const name of ['succeeded', 'failed', 'cutOff', 'toolCalls'] as const)
    same(name, figures[name], truth[name]);
  same('hours', figures.cumulativeDurationHours, truth.succeededMs / 3_600_000);
  same('person-days', figures.laborSavedPersonDays, truth.succeededMs / 3_600_000 / 8);
  same('success rate', figures.successRate, truth.succeeded / (truth.succeeded + truth.failed));
  same('saved by retries', told.errors.savedByRetry, truth.savedByRetry);
  const sum = (valueOf: (part: PastNumbers['parts'][number]) => number) =>
    told.parts.reduce((all, part) => all + valueOf(part), 0);
  same(
    'succeeded over time',
    sum((part) => part.succeeded),
    truth.succeeded,
  );
  same(
    'failed over time',
    sum((part) => part.failed),
    truth.failed,
  );
  same(
    'cut off over time',
    sum((part) => part.cutOff),
    truth.cutOff,
  );
  same('flows', told.flows.total, truth.flows.size);
  for (const { flow, runs, p50Ms, p95Ms } of told.flows.rows) {
    const known = truth.flows.get(flow);
    same(`runs of ${flow}`, runs, known?.runs ?? 0);
    same(`p50 of ${flow}`, p50Ms, percentile(known?.goodMs ?? [], 0.5) ?? 0, share);
    same(`p95 of ${flow}`, p95Ms, percentile(known?.goodMs ?? [], 0.95) ?? 0, share);
  }
  for (const [code, failed] of truth.codes) {
    same(`code ${String(code)}`, told.codes.rows.find((row) => row.code === code)?.failed, failed);
  }
  const runs = truth.succeeded + truth.failed + truth.cutOff;
  const starts = told.nodes.rows.filter(({ nodeId }) => nodeId.startsWith('node-start'));
  same(
    'runs of first nodes',
    starts.reduce((all, node) => all + node.runs, 0),
    runs,
  );
  return found;
}
