import type { PastExecution } from '../analysis/pastExecution.ts';
import type { PastNumbers } from '../analysis/pastNumbers.ts';

/** Masks what was kept by the rules of now. */
export interface MaskNames {
  readonly text: (text: string) => string;
  readonly id: (id: string) => string;
}

/** An execution as it was kept, with its names, ids and texts masked again. */
export function maskedExecution(execution: PastExecution, mask: MaskNames): PastExecution {
  const { failure, nodes, calledFrom } = execution;
  return {
    ...named(execution, mask),
    sid: mask.id(execution.sid),
    ...(calledFrom === undefined ? {} : { calledFrom: mask.id(calledFrom) }),
    nodes: nodes.map((node) => named(node, mask)),
    failure: failure && {
      ...named(failure, mask),
      text: mask.text(failure.text),
      ...(failure.also === undefined ? {} : { also: failure.also.map(mask.text) }),
      ...(failure.calls === undefined ? {} : { calls: mask.id(failure.calls) }),
    },
  };
}

/** The same of numbers: each row that names a flow or a node. */
export function maskedNumbers(numbers: PastNumbers, mask: MaskNames): PastNumbers {
  const { choices, flows, nodes, durations, errors, resources, concurrency } = numbers;
  const rows = <R extends Named>(all: readonly R[]): R[] => all.map((row) => named(row, mask));
  return {
    ...numbers,
    choices: { ...choices, flows: rows(choices.flows) },
    flows: { ...flows, rows: rows(flows.rows) },
    nodes: { ...nodes, rows: rows(nodes.rows) },
    durations: { flows: rows(durations.flows), nodes: rows(durations.nodes) },
    errors: { ...errors, nodes: rows(errors.nodes), codes: rows(errors.codes) },
    resources: { ...resources, flows: rows(resources.flows), nodes: rows(resources.nodes) },
    concurrency: { ...concurrency, flows: rows(concurrency.flows) },
  };
}

interface Named {
  readonly flow?: string;
  readonly flowName?: string;
  readonly nodeId?: string | null;
  readonly name?: string;
}

function named<R extends Named>(row: R, { text, id }: MaskNames): R {
  const { flow, flowName, nodeId, name } = row;
  return {
    ...row,
    ...(flow === undefined ? {} : { flow: id(flow) }),
    ...(flowName === undefined ? {} : { flowName: text(flowName) }),
    ...(nodeId == null ? {} : { nodeId: id(nodeId) }),
    ...(name === undefined ? {} : { name: text(name) }),
  };
}
