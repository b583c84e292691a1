import type { NodeName } from './nodeName.ts';
import { isNodeName, shownNode } from './forgotten.ts';
import { shownName } from './mask.ts';
import type { Mask } from './mask.ts';
import { NodeHead } from './nodeHead.ts';
import { nameOf } from './wireValue.ts';

/** A robot has some hundreds of nodes. The bound is for one that makes names up. */
const mostNodes = 4_096;

interface Known {
  readonly name: string | undefined;
  readonly category: string | undefined;
  readonly head: NodeHead;
}

/** The nodes that a tracer has met, with their names judged and written. */
export class KnownNodes {
  private readonly byId = new Map<string, Known>();
  private readonly mask: Mask | undefined;

  constructor(mask: Mask | undefined) {
    this.mask = mask;
  }

  /** A robot in JavaScript may forget the id; then it throws. */
  of(node: NodeName): NodeHead {
    if (!isNodeName(node)) throw new TypeError(`a node lacks its id: ${shownNode(node)}`);
    const { id: given, name, category } = typeof node === 'string' ? unnamed(node) : node;
    const id = nameOf(given);
    const known = this.byId.get(id);
    if (known !== undefined && known.name === name && known.category === category)
      return known.head;
    // What a node is called may be made of what it does: of an address with a password in it.
    const head = new NodeHead({
      nodeId: shownName(id, this.mask),
      nodeName: shownName(name ?? id, this.mask),
      nodeType: shownName(category ?? '', this.mask),
    });
    // What is long or no text is none that comes again, and would be kept whole.
    if ([name, category].every((text) => text === undefined || nameOf(text) === text)) {
      if (this.byId.size >= mostNodes) this.byId.clear();
      this.byId.set(id, { name, category, head });
    }
    return head;
  }

  /** What is to be hidden is another now. */
  clear(): void {
    this.byId.clear();
  }
}

function unnamed(id: string): Exclude<NodeName, string> {
  return { id };
}
