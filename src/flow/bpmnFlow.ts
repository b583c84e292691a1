import type { FlowShapeEdge } from '../trace/flowShape.ts';
import type { PortType } from '../trace/portType.ts';
import { boxOnCanvas, numberAt, type OnCanvas } from './canvasPlace.ts';
import { declaredInput } from './declaredInputs.ts';
import type { FlowNode, FlowReading } from './flowDocument.ts';
import { readBpmnVariables } from './bpmnVariables.ts';
import { scalarAt, type SourceMap, type SourceTree, textAt } from './sourceTree.ts';
import { VariablePorts } from './variablePorts.ts';
import { withInputs } from './withInputs.ts';
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
  const reader = new BpmnReader(placesOf(root));
  for (const process of processes) reader.read(process, null);
  const nodes = reader.variables.addTo(reader.nodes);
  return {
    format: 'bpmn',
    name: textAt(first, 'name'),
    // Runs are of a process.
    flowId: textAt(first, 'id'),
    nodes,
    edges: reader.edges,
  };
}

class BpmnReader {
  readonly nodes: FlowNode[] = [];
  readonly edges: FlowShapeEdge[] = [];
  readonly variables = new VariablePorts();
  private readonly types = new Map<string, string>();
  private readonly places: ReadonlyMap<string, OnCanvas>;

  constructor(places: ReadonlyMap<string, OnCanvas>) {
    this.places = places;
  }

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

  private readStep(element: SourceMap, parentId: string | null): void {
    const id = scalarAt(element, 'id');
    const type = tagOf(element);
    if (typeof id?.value !== 'string' || id.value === '' || !steps.test(type)) return;
    this.types.set(id.value, type);
    const node: FlowNode = {
      ...{ id: id.value, name: textAt(element, 'name'), otherName: '', type, parentId },
      ...{ idRange: id.range, range: element.range, ...this.places.get(id.value) },
    };
    this.nodes.push(withInputs(node, formInputs(element)));
    readBpmnVariables(element, id.value, this.variables);
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

/** The fields of the form that a start or a task of people shows. */
function formInputs(element: SourceTree): readonly PortType[] {
  const data = childrenIn(element, 'extensionElements').flatMap((extension) =>
    childrenIn(extension, 'formData'),
  );
  return data
    .flatMap((form) => childrenIn(form, 'formField'))
    .flatMap((field) => declaredInput(textAt(field, 'id'), textAt(field, 'type')));
}

/** The pictures of nodes stand apart from them, each with the id of its node. */
function placesOf(root: SourceTree | undefined): ReadonlyMap<string, OnCanvas> {
  const places = new Map<string, OnCanvas>();
  const diagrams = childrenIn(root, 'BPMNDiagram').flatMap((diagram) =>
    childrenIn(diagram, 'BPMNPlane'),
  );
  for (const shape of diagrams.flatMap((plane) => childrenIn(plane, 'BPMNShape'))) {
    const [bounds] = childrenIn(shape, 'Bounds');
    if (bounds === undefined) continue;
    const place = boxOnCanvas(
      [numberAt(bounds, 'x'), numberAt(bounds, 'y')],
      [numberAt(bounds, 'width'), numberAt(bounds, 'height')],
    );
    places.set(textAt(shape, 'bpmnElement'), place);
  }
  return places;
}

function childrenIn(element: SourceTree | undefined, tag: string): readonly SourceTree[] {
  return element === undefined ? [] : childrenOf(element).filter((child) => tagOf(child) === tag);
}

function isErrorEvent(element: SourceTree): boolean {
  return (
    tagOf(element) === 'boundaryEvent' &&
    childrenOf(element).some((child) => tagOf(child) === 'errorEventDefinition')
  );
}
