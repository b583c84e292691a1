import type { PortType } from '../trace/portType.ts';
import type { FlowNode, FlowPorts } from './flowDocument.ts';

/** So many of a node: a form of a hundred fields is a long one. */
const mostInputs = 200;

const noPorts: FlowPorts = { references: [], outputs: [], inTexts: [] };

/** The node with what it is declared to be given. */
export function withInputs<T extends Pick<FlowNode, 'ports'>>(
  node: T,
  inputs: readonly PortType[],
): T {
  if (inputs.length === 0) return node;
  return { ...node, ports: { ...noPorts, ...node.ports, inputs: inputs.slice(0, mostInputs) } };
}
