import { sampleRecord } from '../support/sampleRecords.ts';

/** Nodes of a large run, 12 MB as a record. */
export const largeRunNodes = 10_000;

/** What the node of a large run is called at which it failed. */
export function failingName(n: number): string {
  return `Click save ${String(n)}`;
}

/** A workflow whose nodes ran one after the other; the fifth from the end failed. */
export function largeRun(n: number): string {
  const root = JSON.parse(sampleRecord('failed', n)) as {
    start_time: number;
    trace: Record<string, unknown>[];
    status: { message: string };
  };
  const failedEntry = root.trace.find(({ running_status: status }) => status === false);
  const entry = root.trace.find(({ running_status: status }) => status === true);
  if (entry === undefined || failedEntry === undefined) throw new Error('The sample has changed');
  const id = (index: number) => `${String(n)}-${String(index)}`;
  root.trace = Array.from({ length: largeRunNodes - 5 }, (_, index) => ({
    ...entry,
    id: id(index),
    node_id: `ifly-code::${id(index)}`,
    node_name: `Step ${String(index)}`,
    next_log_ids: [id(index + 1)],
    start_time: root.start_time + index,
    end_time: root.start_time + index + 1,
  }));
  root.trace.push({
    ...failedEntry,
    id: id(largeRunNodes - 5),
    node_id: `rpa::${id(largeRunNodes - 5)}`,
    node_name: failingName(n),
    next_log_ids: [],
    start_time: root.start_time + largeRunNodes - 5,
    end_time: root.start_time + largeRunNodes,
  });
  return JSON.stringify(root);
}
