import { sampleRecord } from '../support/sampleRecords.ts';

/** What the node of a large run is called at which it failed. */
export function failingName(n: number): string {
  return `Click save ${String(n)}`;
}

/** A workflow whose nodes ran one after the other, 12 MB for 10,000 of them; the fifth from the end failed. */
export function largeRun(n: number, nodes = 10_000): string {
  const root = JSON.parse(sampleRecord('failed', n)) as {
    start_time: number;
    trace: Record<string, unknown>[];
    status: { message: string };
  };
  const failedEntry = root.trace.find(({ running_status: status }) => status === false);
  const entry = root.trace.find(({ running_status: status }) => status === true);
  if (entry === undefined || failedEntry === undefined) throw new Error('The sample has changed');
  const id = (index: number) => `${String(n)}-${String(index)}`;
  root.trace = Array.from({ length: nodes - 5 }, (_, index) => ({
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
    id: id(nodes - 5),
    node_id: `rpa::${id(nodes - 5)}`,
    node_name: failingName(n),
    next_log_ids: [],
    start_time: root.start_time + nodes - 5,
    end_time: root.start_time + nodes,
  });
  return JSON.stringify(root);
}
