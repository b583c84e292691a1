import type { HistoryRecord } from '../../src/history/historyRecord.ts';
import { aPast, aPastNode } from './pastBuilders.ts';

const day = 86_400_000;
const flows = 20;
/** Nodes of each flow. */
export const manyNodes = 10;
/** Over so many days they are spread. */
export const manyDays = 30;

/** Ten nodes each, of 20 flows over 30 days; every twentieth fails in words of its own. */
export function oneOfMany(index: number, count: number, fromMs: number): HistoryRecord {
  const beginMs = fromMs + Math.floor((index / count) * manyDays * day);
  const hex = (value: number, digits: number) =>
    Math.abs(value).toString(16).padStart(digits, '0').slice(-digits);
  const sid = `spf${hex(index, 8)}@hf${hex(beginMs, 11)}${hex(index * 7, 9)}`;
  const flow = `flow-${String(index % flows).padStart(8, '0')}`;
  const spread = (at: number) => 50 + ((index * 7_919 + at * 104_729) % 4_000);
  let atMs = beginMs;
  const nodes = Array.from({ length: manyNodes }, (_, at) => {
    const node = aPastNode({
      ...{ nodeId: `ifly-code::${flow}-${String(at)}`, name: `Step ${String(at)}` },
      ...{ beginMs: atMs, durationMs: spread(at), ownMs: spread(at), waitedMs: 3, logCount: 2 },
      tokens: at === 3 ? spread(at) : 0,
    });
    atMs += spread(at) + 3;
    return node;
  });
  const isFailed = index % 20 === 0;
  return {
    execution: aPast({
      ...{ sid, key: `workflow/${sid}`, flow, name: `Flow ${flow}`, beginMs, nodes },
      ...{ durationMs: atMs - beginMs, tokens: spread(3), recordBytes: 5_000 + spread(1) },
      payloadBytes: 2_000 + spread(2),
      ...(isFailed
        ? {
            ...{ outcome: 'failed', code: 21300 },
            failure: {
              ...{ nodeId: nodes[4]?.nodeId ?? null, name: 'Step 4', cause: null },
              ...{ category: 'node', text: `Element not found: #row-${String(index)} after 30 s` },
            },
          }
        : {}),
    }),
    position: { partition: index % 3, offset: String(index) },
    ...{ masks: 'usual', isSub: false },
  };
}
