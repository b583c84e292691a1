import type { NodeId } from '../trace/execution.ts';
import type { FlowNode, FlowPorts, FlowReference, OffsetRange } from './flowDocument.ts';

/** That a node reads a variable, or sets it. */
export interface VariableUse {
  readonly node: NodeId;
  /** As the file tells variables apart: in the same letters, and within the same part of it. */
  readonly variable: string;
  /** What the node calls it: its own setting or argument, and the variable. */
  readonly names: readonly string[];
}

/** That a node reads a variable. */
export interface VariableRead extends VariableUse {
  /** The way in it: `rows[0].total`. */
  readonly path: string;
  readonly range: OffsetRange;
}

/** Of those who set a variable before: a variable that more set is a counter, and of those that come after one reads it in a loop. */
const mostSetters = 5;
/**
 * So many of a node: a form of a hundred fields is a long one. Each is of some setters with two or three names; counted
 * by all of those, a dozen arguments would be too many.
 */
const mostReads = 200;

/** A setter, and which of all uses it is. */
interface Setter extends VariableUse {
  readonly order: number;
}

/**
 * What nodes are given by variables, told of a file in its order: each that reads one names all that set it shortly before.
 * Which of them it was the record tells.
 */
export class VariablePorts {
  private readonly reads: (VariableRead & { readonly order: number })[] = [];
  private readonly setters = new Map<string, Setter[]>();
  /** How many a node sets. */
  private readonly counts = new Map<NodeId, number>();
  private order = 0;

  read(use: VariableRead): void {
    this.reads.push({ ...use, order: this.order++ });
  }

  set(use: VariableUse): void {
    const known = this.setters.get(use.variable) ?? [];
    this.setters.set(use.variable, known);
    known.push({ ...use, order: this.order++ });
    this.counts.set(use.node, (this.counts.get(use.node) ?? 0) + 1);
  }

  /** The nodes, each with what it is given. */
  addTo(nodes: readonly FlowNode[]): readonly FlowNode[] {
    const given = new Map<NodeId, FlowReference[][]>();
    for (const read of this.reads) {
      const known = given.get(read.node) ?? [];
      given.set(read.node, known);
      if (known.length === mostReads) continue;
      const references = this.referencesOf(read);
      if (references.length > 0) known.push(references);
    }
    return nodes.map((node) => {
      const references = (given.get(node.id) ?? []).flat();
      return references.length === 0 ? node : { ...node, ports: portsWith(node, references) };
    });
  }

  private referencesOf({
    node,
    variable,
    names,
    path,
    range,
    order,
  }: VariableRead & {
    readonly order: number;
  }): FlowReference[] {
    const setters = nearest(this.setters.get(variable) ?? [], node, order);
    return setters.flatMap((setter) => {
      // Who sets but one gave but one value, whatever the record calls it.
      const outputs = this.counts.get(setter.node) === 1 ? [...setter.names, ''] : setter.names;
      return names.flatMap((input) =>
        outputs.map((output) => ({
          ...{ input, source: setter.node, outputId: '', range },
          path: joined(output, path),
        })),
      );
    });
  }
}

/** The last that were told before; in a loop those behind come round again. */
function nearest(setters: readonly Setter[], node: NodeId, order: number): readonly Setter[] {
  let [low, high] = [0, setters.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((setters[middle]?.order ?? Infinity) < order) low = middle + 1;
    else high = middle;
  }
  const others = (some: readonly Setter[]) => some.filter((setter) => setter.node !== node);
  const before = others(setters.slice(Math.max(0, low - mostSetters), low)).toReversed();
  return before.length > 0 ? before : others(setters.slice(low, low + mostSetters));
}

function joined(name: string, path: string): string {
  return name === '' || path === '' || path.startsWith('[') ? name + path : `${name}.${path}`;
}

function portsWith({ ports }: FlowNode, references: readonly FlowReference[]): FlowPorts {
  const known = ports ?? { references: [], outputs: [], inTexts: [] };
  return { ...known, references: [...known.references, ...references] };
}
