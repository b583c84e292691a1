import type { FlowShapeEdge } from '../trace/flowShape.ts';
import type { FlowNode, FlowReading } from './flowDocument.ts';
import { scalarAt, type SourceTree, textAt } from './sourceTree.ts';
import { childrenOf, rootsOf, tagOf } from './xmlElements.ts';

/** What can run, with whatever prefix: tasks, events, gateways and what holds them. */
const steps =
  /^(?:\w*[tT]ask|\w+Event|\w+Gateway|subProcess|adHocSubProcess|transaction|callActivity)$/;
/** Where one of several ways is chosen. */
const decisions = /^(?:exclusive|inclusive|complex|eventBased)Gateway$/;

/**
 * A BPMN file. Of what has an id only what runs is a node: no lanes, data, messages, and no pictures of nodes.
 * Undefined for any other XML.
 */
export function readBpmnFlow(tree: SourceTree): FlowReading | undefined {
  const root = rootsOf(tree).find((element) => tagOf(element) === 'definitions');
  const processes = root && childrenOf(root).filter((child) => tagOf(child) === 'process');
  const [first] = processes ?? [];
  if (processes === undefined || first === undefined) return undefined;
  const reader = new BpmnReader();
  for (const process of processes) reader.read(process, null);
  return {
    format: 'bpmn',
    name: textAt(first, 'name'),
    // Runs are of a process.
    flowId: textAt(first, 'id'),
    nodes: reader.nodes,
    edges: reader.edges,
  };
}

class BpmnReader {
  readonly nodes: FlowNode[] = [];
  readonly edges: FlowShapeEdge[] = [];
  private readonly types = new Map<string, string>();

  read(container: SourceTree, parentId: string | null): void {
    const children = childrenOf(container);
    for (const child of children) this.readStep(child, parentId);
    for (const child of children) {
      if (tagOf(child) === 'sequenceFlow') this.readFlow(child);
      else if (isErrorEvent(child)) {
        this.edges.push({
          ...{ source: textAt(child, 'attachedToRef'), target: textAt(child, 'id') },
          kind: 'fail',
        });
      }
    }
  }

  private readStep(element: SourceTree, parentId: string | null): void {
    const id = scalarAt(element, 'id');
    const type = tagOf(element);
    if (typeof id?.value !== 'string' || id.value === '' || !steps.test(type)) return;
    this.types.set(id.value, type);
    this.nodes.push({
      ...{ id: id.value, name: textAt(element, 'name'), otherName: '', type, parentId },
      ...{ idRange: id.range, range: element.range },
    });
    this.read(element, id.value);
  }

  private readFlow(flow: SourceTree): void {
    const source = textAt(flow, 'sourceRef');
    const target = textAt(flow, 'targetRef');
    if (source === '' || target === '') return;
    const isBranch = decisions.test(this.types.get(source) ?? '');
    this.edges.push({ source, target, kind: isBranch ? 'branch' : 'normal' });
  }
}

function isErrorEvent(element: SourceTree): boolean {
  return (
    tagOf(element) === 'boundaryEvent' &&
    childrenOf(element).some((child) => tagOf(child) === 'errorEventDefinition')
  );
}
