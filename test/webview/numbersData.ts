import type { PastExecution, PastNode } from '../../src/analysis/pastExecution.ts';
import { NumbersView } from '../../src/answers/numbersView.ts';
import type { NumbersAnswer, NumbersQuery } from '../../src/protocol/numbers.ts';
import type { CauseId } from '../../src/diagnosis/causes.ts';
import { aPast, aPastNode } from '../support/pastBuilders.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Local time, so that texts are the same wherever the test runs. */
const nowMs = new Date(2026, 10, 24, 14, 20).getTime();

const flows = [
  { flow: '7379450201923928066', name: 'invoice-entry', everyMs: 22 * minuteMs, ms: 8_000 },
  { flow: '7379450201923928067', name: 'order-intake', everyMs: 47 * minuteMs, ms: 41_000 },
  { flow: '7379450201923928068', name: 'vendor-onboarding', everyMs: 190 * minuteMs, ms: 190_000 },
] as const;

const causes: readonly (readonly [CauseId, number, string])[] = [
  ['elementNotFound', 55_003, 'Element not found: #btnSave'],
  ['elementNotFound', 55_003, 'Element not found: #btnSave'],
  ['contextTooLong', 20_304, 'context_length_exceeded'],
  ['windowNotFound', 55_003, '找不到窗口，请检查窗口是否已关闭！'],
];

/** A number from 0 to 1 that looks like chance, and is the same each time. */
function chance(seed: number): number {
  const value = Math.sin(seed * 12.9898) * 43_758.5453;
  return value - Math.floor(value);
}

function run(index: number, flowIndex: number, beginMs: number): PastExecution {
  const { flow, name, ms } = flows[flowIndex] ?? flows[0];
  const luck = chance(index * 7 + flowIndex);
  const slower = flowIndex === 0 && nowMs - beginMs < 9 * hourMs ? 2.1 : 1;
  const hasFailed = luck < 0.14;
  const isCutOff = luck > 0.985;
  const durationMs = Math.round(ms * slower * (0.75 + 0.6 * chance(index + 3 * flowIndex)));
  const outcome = hasFailed ? 'failed' : isCutOff ? 'cancelled' : 'succeeded';
  const [cause, code, text] = causes[index % causes.length] ?? ['elementNotFound', 55_003, ''];
  const node = (id: string, title: string, share: number, tokens = 0): PastNode => {
    const status = hasFailed && id === 'rpa::save' ? 'failed' : 'succeeded';
    const own = Math.round(durationMs * share);
    return aPastNode({
      ...{ nodeId: id, name: title, type: id.split('::')[0] ?? '', status, tokens, beginMs },
      ...{ durationMs: own, ownMs: own, logCount: 3 },
    });
  };
  const tokens = flowIndex === 1 ? 0 : 600 + Math.round(900 * luck);
  return aPast({
    ...{ key: `workflow/${String(flowIndex)}-${String(index)}`, flow, name, beginMs, durationMs },
    ...{
      sid: `spf${String(flowIndex)}-${String(index)}`,
      outcome,
      code: hasFailed ? code : 0,
      tokens,
    },
    recordBytes: 4_000 + Math.round(3_000 * luck),
    nodes: [
      node('ifly-code::read', 'Read the inbox', 0.08),
      ...(tokens > 0 ? [node('spark-llm::extract', 'Extract the fields', 0.31, tokens)] : []),
      node('rpa::save', 'Click save', 0.52),
    ],
    failure: hasFailed
      ? { nodeId: 'rpa::save', name: 'Click save', cause, category: 'robotTask', text }
      : null,
  });
}

/** Some 1,000 runs of three flows in the eight days before, one of which got slower. */
export const pastRuns: readonly PastExecution[] = flows
  .flatMap(({ everyMs }, flowIndex) => {
    const count = Math.floor((8 * 24 * hourMs) / everyMs);
    return Array.from({ length: count }, (_, index) => {
      const beginMs = nowMs - (count - index) * everyMs + Math.round(everyMs * chance(index));
      return run(index, flowIndex, beginMs);
    }).filter(({ beginMs }) => {
      // Few at night.
      const hour = new Date(beginMs ?? 0).getHours();
      return (hour >= 7 && hour < 20) || chance((nowMs - (beginMs ?? 0)) / 1_000) < 0.3;
    });
  })
  .sort((a, b) => (a.beginMs ?? 0) - (b.beginMs ?? 0));

const views = new Map<readonly PastExecution[], NumbersView>();

/** What the engine's own view makes of runs: numbers as they really are. */
export function someNumbers(
  query: NumbersQuery,
  runs: readonly PastExecution[] = pastRuns,
): Promise<NumbersAnswer> {
  const known =
    views.get(runs) ??
    new NumbersView({
      window: {
        ...{ revision: 1, sinceMs: runs[0]?.beginMs ?? null, pending: 0 },
        others: () => Promise.resolve([]),
        running: () => [],
        between: (fromMs, toMs) =>
          Promise.resolve(
            runs.filter(({ beginMs }) => (beginMs ?? 0) >= fromMs && (beginMs ?? 0) < toMs),
          ),
      },
      kept: { revision: 0, known: null, numbers: () => Promise.resolve(null) },
      store: { listed: [], get: () => undefined } as never,
      list: { ofScope: () => [] },
      clock: { now: () => nowMs, after: () => ({ dispose: () => undefined }) },
      turn: () => Promise.resolve(),
      isLive: () => true,
      reportsProgress: () => false,
    });
  views.set(runs, known);
  // Of a flow file: the first flow.
  if (query.scope.kind === 'all') return known.answer(query);
  const ofFlow = runs.filter(({ flow }) => flow === flows[0].flow);
  return someNumbers({ ...query, scope: { kind: 'all' } }, ofFlow).then((answer) => ({
    ...answer,
    query,
  }));
}
