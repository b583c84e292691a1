import type { PastNumbers } from '../../src/analysis/pastNumbers.ts';
import type { SixFigures } from '../../src/analysis/sixFigures.ts';
import type { Span } from '../../src/analysis/spans.ts';
import { percentile, wilsonInterval } from '../../src/analysis/statistics.ts';
import { failureCode, type KnownRecords, type KnownRun, knownTokens } from './knownRecords.ts';

/** What numbers may be off by, where they are percentiles. */
const share = 0.011;
const hour = 3_600_000;
/** A shorter gap before an attempt is no attempt. */
const leastLostMs = 100;

/** Where numbers of a span tell something else than the truth: each figure that the dashboard shows. */
export function untruths(
  told: PastNumbers & { readonly span: Span },
  known: Pick<KnownRecords, 'runs' | 'toolCalls'>,
): string[] {
  const truth = new Truth();
  const runs = within(known.runs, told.span);
  truth.same('runs', told.runs, runs.length);
  truth.figures('', told.figures, runs);
  truth.same('tool calls', told.figures.toolCalls, inSpan(known.toolCalls, told.span));
  truth.same('builds', told.figures.builds, 0);
  // Until the first record of one that goes on it is not reported.
  truth.same('running', told.figures.running ?? 0, 0);
  if (told.base !== null)
    truth.figures('base: ', told.base.figures, within(known.runs, told.base.span));
  timeTruth(truth, told, runs);
  tableTruth(truth, told, runs);
  durationTruth(truth, told, runs);
  errorTruth(truth, told, runs);
  resourceTruth(truth, told, runs);
  concurrencyTruth(truth, told, runs);
  return truth.found;
}

class Truth {
  readonly found: string[] = [];

  same(what: string, told: number | null | undefined, is: number, by = 1e-9): void {
    const isSame = told != null && Math.abs(told - is) <= by * Math.abs(is) + 1e-6;
    if (!isSame) this.found.push(`${what}: ${String(told)} for ${String(is)}`);
  }

  spread(
    what: string,
    told: { readonly p50Ms: number | null; readonly p95Ms: number | null },
    values: readonly number[],
  ): void {
    const [p50, p95] = percentiles(values);
    this.same(`p50 of ${what}`, told.p50Ms ?? 0, p50, share);
    this.same(`p95 of ${what}`, told.p95Ms ?? 0, p95, share);
  }

  figures(what: string, told: SixFigures, runs: readonly KnownRun[]): void {
    const [good, failed] = [runs.filter(isGood), of(runs, 'failed').length];
    const hours = sum(good.map(durationOf)) / hour;
    this.same(`${what}succeeded`, told.succeeded, good.length);
    this.same(`${what}failed`, told.failed, failed);
    this.same(`${what}cut off`, told.cutOff, of(runs, 'cutOff').length);
    this.same(`${what}hours`, told.cumulativeDurationHours, hours);
    this.same(`${what}person-days`, told.laborSavedPersonDays, hours / 8);
    this.same(`${what}success rate`, told.successRate, good.length / (good.length + failed));
  }
}

const isGood = ({ way }: KnownRun) => way === 'succeeded' || way === 'retried';
const of = (runs: readonly KnownRun[], way: KnownRun['way']) =>
  runs.filter((run) => run.way === way);
/** Of its start, its robot and its end. */
const tokensOf = (run: KnownRun) => knownTokens * (isGood(run) ? 3 : 2);
/** `{}`, and `{}` or `{"done":true}`, of each. */
const payloadOf = (run: KnownRun) => (isGood(run) ? 3 : 2) * (run.way === 'failed' ? 4 : 15);
const durationOf = ({ durationMs }: KnownRun) => durationMs;
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

function within(runs: readonly KnownRun[], { fromMs, toMs }: Span): readonly KnownRun[] {
  return runs.filter(({ beginMs }) => beginMs >= fromMs && beginMs < toMs);
}

function inSpan(moments: readonly number[], { fromMs, toMs }: Span): number {
  return moments.filter((atMs) => atMs >= fromMs && atMs < toMs).length;
}

function percentiles(values: readonly number[]): readonly [number, number] {
  const inOrder = [...values].sort((a, b) => a - b);
  return [percentile(inOrder, 0.5) ?? 0, percentile(inOrder, 0.95) ?? 0];
}

function timeTruth(truth: Truth, told: PastNumbers, runs: readonly KnownRun[]): void {
  for (const part of told.parts) {
    const ofPart = within(runs, part);
    const good = ofPart.filter(isGood);
    const when = new Date(part.fromMs).toISOString();
    truth.same(`succeeded from ${when}`, part.succeeded, good.length);
    truth.same(`failures from ${when}`, part.failed, of(ofPart, 'failed').length);
    truth.same(`cut off from ${when}`, part.cutOff, of(ofPart, 'cutOff').length);
    truth.same(`open from ${when}`, part.open, 0);
    truth.same(`measured from ${when}`, part.measured, good.length);
    truth.same(`time from ${when}`, part.durationMs, sum(good.map(durationOf)));
    truth.spread(`runs from ${when}`, part, good.map(durationOf));
  }
  const ended = runs.filter(({ way }) => way !== 'cutOff');
  const classes = told.distribution.map(({ fromMs, toMs, succeeded, failed }) => {
    const ofClass = ended.filter(({ durationMs }) => durationMs >= fromMs && durationMs < toMs);
    truth.same(`${String(fromMs)} ms and more`, succeeded, ofClass.filter(isGood).length);
    truth.same(`${String(fromMs)} ms, failed`, failed, of(ofClass, 'failed').length);
    return ofClass.length;
  });
  truth.same('all classes', sum(classes), ended.length);
}

function tableTruth(truth: Truth, told: PastNumbers, runs: readonly KnownRun[]): void {
  const allMs = sum(runs.map(durationOf));
  const flows = Map.groupBy(runs, ({ flow }) => flow);
  truth.same('flows', told.flows.total, flows.size);
  for (const row of told.flows.rows) {
    const ofFlow = flows.get(row.flow) ?? [];
    const [good, failed] = [ofFlow.filter(isGood), of(ofFlow, 'failed').length];
    truth.same(`runs of ${row.flow}`, row.runs, ofFlow.length);
    truth.same(`failures of ${row.flow}`, row.failed, failed);
    truth.same(`rate of ${row.flow}`, row.failureRate ?? 0, failed / (failed + good.length) || 0);
    truth.spread(row.flow, row, good.map(durationOf));
    truth.same(`share of ${row.flow}`, row.share, sum(ofFlow.map(durationOf)) / allMs);
    truth.same(`tokens of ${row.flow}`, row.tokens, sum(ofFlow.map(tokensOf)));
    truth.same(`last of ${row.flow}`, row.lastMs, ofFlow.at(-1)?.beginMs ?? 0);
  }
  const failed = of(runs, 'failed').length;
  const failures = sum(told.causes.rows.map((row) => row.failed));
  truth.same('failures by cause', failures, failed);
  truth.same(
    'codes',
    told.codes.rows.find(({ code }) => code === failureCode)?.failed ?? 0,
    failed,
  );
  const nodes = nodesOf(runs);
  truth.same('nodes', told.nodes.total, nodes.size);
  for (const row of told.nodes.rows) {
    const ran = nodes.get(row.nodeId) ?? [];
    const failedThere = row.nodeId.startsWith('rpa')
      ? of(
          ran.map(({ run }) => run),
          'failed',
        ).length
      : 0;
    truth.same(`runs of ${row.nodeId}`, row.runs, ran.length);
    truth.same(`broken at ${row.nodeId}`, row.failed, failedThere);
    truth.same(`rate of ${row.nodeId}`, row.failureRate, failedThere / ran.length);
    truth.spread(
      row.nodeId,
      row,
      ran.map(({ ms }) => ms),
    );
    truth.same(`share of ${row.nodeId}`, row.share, sum(ran.map(({ ms }) => ms)) / allMs);
    truth.same(`tokens of ${row.nodeId}`, row.tokens, sum(ran.map(({ tokens }) => tokens)));
  }
}

interface KnownNode {
  readonly run: KnownRun;
  readonly ms: number;
  readonly tokens: number;
}

/** By the ids of nodes their runs; only a run that went well comes to its end. */
function nodesOf(runs: readonly KnownRun[]): ReadonlyMap<string, readonly KnownNode[]> {
  const found = new Map<string, KnownNode[]>();
  const put = (node: string, run: KnownRun, ms: number) => {
    const id = `${node}::${run.flow}`;
    const known = found.get(id);
    if (known === undefined) found.set(id, [{ run, ms, tokens: knownTokens }]);
    else known.push({ run, ms, tokens: knownTokens });
  };
  for (const run of runs) {
    const step = Math.floor(run.durationMs / 4);
    put('node-start', run, 0);
    // The entries of its attempts are the same one: told of time and tokens is that of the last.
    put('rpa', run, step);
    if (isGood(run)) put('node-end', run, run.durationMs - 2 * step);
  }
  return found;
}

function durationTruth(truth: Truth, { durations }: PastNumbers, runs: readonly KnownRun[]): void {
  const flows = Map.groupBy(runs, ({ flow }) => flow);
  for (const row of durations.flows) {
    const ofFlow = flows.get(row.flow) ?? [];
    truth.same(`time of ${row.flow}`, row.totalMs, sum(ofFlow.map(durationOf)));
    truth.same(`measured of ${row.flow}`, row.runs, ofFlow.filter(isGood).length);
  }
  const nodes = nodesOf(runs);
  for (const row of durations.nodes) {
    const ran = nodes.get(row.nodeId) ?? [];
    const flowMs = sum((flows.get(row.flow) ?? []).map(durationOf));
    truth.same(`time at ${row.nodeId}`, row.totalMs, sum(ran.map(({ ms }) => ms)));
    truth.same(`share at ${row.nodeId}`, row.share, sum(ran.map(({ ms }) => ms)) / flowMs);
    truth.same(`measured at ${row.nodeId}`, row.runs, ran.length);
    // The first begins at once, the last when the one before it ends.
    const gaps = row.nodeId.startsWith('rpa') ? ran : [];
    const lostOf = ({ run, ms }: KnownNode) =>
      run.way === 'retried' && ms >= leastLostMs ? ms : 0;
    truth.same(`lost at ${row.nodeId}`, row.lostMs, sum(gaps.map(lostOf)));
    const [waited] = percentiles(gaps.map((node) => node.ms - lostOf(node)));
    truth.same(`waited before ${row.nodeId}`, row.waitedP50Ms, waited, share);
  }
}

function errorTruth(truth: Truth, { errors }: PastNumbers, runs: readonly KnownRun[]): void {
  const [saved, failed] = [of(runs, 'retried').length, of(runs, 'failed')];
  truth.same('saved by retries', errors.savedByRetry, saved);
  truth.same('share saved', errors.savedShare ?? 0, saved / (saved + failed.length) || 0);
  const failures = sum(errors.nodes.map((row) => row.failures));
  truth.same('failures at nodes', failures, failed.length);
  for (const row of errors.nodes) {
    const ofFlow = runs.filter(({ flow }) => flow === row.flow);
    const ofNode = of(ofFlow, 'failed');
    const { low, high } = wilsonInterval(ofNode.length, ofFlow.length);
    truth.same(`failures in ${row.flow}`, row.failures, ofNode.length);
    truth.same(`runs in ${row.flow}`, row.runs, ofFlow.length);
    truth.same(`low in ${row.flow}`, row.low, low);
    truth.same(`high in ${row.flow}`, row.high, high);
    truth.same(`first in ${row.flow}`, row.firstMs, ofNode[0]?.beginMs ?? 0);
    truth.same(`last in ${row.flow}`, row.lastMs, ofNode.at(-1)?.beginMs ?? 0);
  }
}

function resourceTruth(truth: Truth, { resources }: PastNumbers, runs: readonly KnownRun[]): void {
  const bytes = runs.map((run) => run.bytes);
  const [p50, p95] = percentiles(bytes);
  truth.same('executions with resources', resources.executions, runs.length);
  truth.same('bytes', resources.recordBytes.total, sum(bytes));
  truth.same(
    'largest record',
    resources.recordBytes.max,
    bytes.reduce((a, b) => Math.max(a, b), 0),
  );
  truth.same('record p50', resources.recordBytes.p50, p50, share);
  truth.same('record p95', resources.recordBytes.p95, p95, share);
  const payload = runs.map(payloadOf);
  truth.same('inputs and outputs', resources.payloadBytes.total, sum(payload));
  truth.same('inputs and outputs p50', resources.payloadBytes.p50, percentiles(payload)[0], share);
  truth.same('tokens', resources.tokens, sum(runs.map(tokensOf)));
  truth.same('log lines', resources.logLines, 0);
  truth.same('stored values', resources.storedValues, 0);
  for (const row of resources.flows) {
    const ofFlow = runs.filter(({ flow }) => flow === row.flow);
    truth.same(`bytes of ${row.flow}`, row.recordBytes.total, sum(ofFlow.map((run) => run.bytes)));
    truth.same(`all tokens of ${row.flow}`, row.tokens.total, sum(ofFlow.map(tokensOf)));
  }
}

function concurrencyTruth(truth: Truth, told: PastNumbers, runs: readonly KnownRun[]): void {
  const changes = changesOf(runs);
  const { concurrency } = told;
  truth.same('most at once', concurrency.maxInFlight, mostOf(changes));
  truth.same('mean at once', concurrency.meanInFlight, meanOf(changes));
  const byHour = Map.groupBy(runs, ({ beginMs }) => new Date(beginMs).getHours());
  for (const [at, count] of concurrency.byHour.entries())
    truth.same(`begun at ${String(at)}:00`, count, byHour.get(at)?.length ?? 0);
  for (const row of concurrency.flows) {
    const ofFlow = runs.filter(({ flow }) => flow === row.flow);
    truth.same(`most at once of ${row.flow}`, row.maxInFlight, mostOf(changesOf(ofFlow)));
    truth.same(`executions of ${row.flow}`, row.executions, ofFlow.length);
  }
  for (const { fromMs, toMs, most } of told.inFlight) {
    const before = changes.findLast(({ atMs }) => atMs <= fromMs)?.count ?? 0;
    const inside = changes.filter(({ atMs }) => atMs > fromMs && atMs < toMs);
    const when = new Date(fromMs).toISOString();
    truth.same(`in flight from ${when}`, most, Math.max(before, mostOf(inside)));
  }
}

interface Change {
  readonly atMs: number;
  readonly count: number;
}

/** What ends at a moment has ended before what begins at it. */
function changesOf(runs: readonly KnownRun[]): readonly Change[] {
  const byMoment = new Map<number, number>();
  const add = (atMs: number, by: number) => byMoment.set(atMs, (byMoment.get(atMs) ?? 0) + by);
  for (const { beginMs, durationMs } of runs) {
    add(beginMs, 1);
    add(beginMs + durationMs, -1);
  }
  let count = 0;
  return [...byMoment]
    .sort(([a], [b]) => a - b)
    .map(([atMs, by]) => ({ atMs, count: (count += by) }));
}

function mostOf(changes: readonly Change[]): number {
  return changes.reduce((most, { count }) => Math.max(most, count), 0);
}

/** While any was. */
function meanOf(changes: readonly Change[]): number {
  let [weighed, busyMs] = [0, 0];
  for (const [at, { atMs, count }] of changes.entries()) {
    const ms = (changes[at + 1]?.atMs ?? atMs) - atMs;
    weighed += count * ms;
    if (count > 0) busyMs += ms;
  }
  return busyMs === 0 ? 0 : weighed / busyMs;
}
