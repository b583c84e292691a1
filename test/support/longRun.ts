import { recordWith } from './fixtures.ts';
import type { ConsumedRecord } from '../../src/record/consumedRecord.ts';

/** What a node of a long run got and gave; names and values as they are. */
export interface LongStep {
  readonly input?: Readonly<Record<string, unknown>>;
  readonly output?: Readonly<Record<string, unknown>>;
  readonly logs?: readonly string[];
  readonly name?: string;
  readonly nodeId?: string;
}

const beginMs = Date.UTC(2026, 10, 23, 16, 47);

/** The sid of a long run. */
export const longSid = 'spf00970001@hf1a2094e57960009782';
/** Its key. */
export const longKey = `workflow/${longSid}`;

/** The key of the run of its nth node, from 0. */
export const longRow = (n: number): string => `run${String(n)}`;

/**
 * A workflow whose nodes ran one after the other, with so much beside them that it is read by its bytes. `write`: how its
 * writer wrote it.
 */
export function longRun(
  steps: readonly LongStep[],
  write: (text: string) => string = (text) => text,
): ConsumedRecord {
  const trace = steps.map(({ input = {}, output = {}, logs = [], name, nodeId }, n) => ({
    ...{ id: longRow(n), sid: longSid, node_id: nodeId ?? `ifly-code::${String(n)}` },
    ...{ node_type: '代码', node_name: name ?? `Step ${String(n)}` },
    next_log_ids: n + 1 < steps.length ? [longRow(n + 1)] : [],
    ...{ start_time: beginMs + 10 * n, end_time: beginMs + 10 * n + 9, duration: 9 },
    ...{ llm_output: '', running_status: true },
    data: { input, output, config: {}, usage: {} },
    logs: logs.map((message) => JSON.stringify({ level: 'INFO', message, time: '' })),
  }));
  const root = {
    ...{ service_id: 'f', flow_id: 'f', sid: longSid, sub: 'workflow', question: '', answer: '' },
    ...{ start_time: beginMs, end_time: beginMs + 10 * steps.length, duration: 10 * steps.length },
    ...{ status: { code: 0, message: 'success' }, usage: {}, version: 'v2.0.0', trace },
    filler: 'x'.repeat(40_000),
  };
  return recordWith(write(JSON.stringify(root)));
}

/** As Python writes it unless it is told otherwise: nothing beyond ASCII. */
export function inAscii(text: string): string {
  return text.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
