import type { NodeName } from './nodeName.ts';
import { isNodeName, shownNode } from './forgotten.ts';
import type { Mask } from './mask.ts';
import { NodeHead } from './nodeHead.ts';
import { textOf } from './wireValue.ts';

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
  private readonly mask: Pick<Mask, 'value'> | undefined;

  constructor(mask: Pick<Mask, 'value'> | undefined) {
    this.mask = mask;
  }

  /** A robot in JavaScript may forget the id; then it throws. */
  of(node: NodeName): NodeHead {
    if (!isNodeName(node)) throw new TypeError(`a node lacks its id: ${shownNode(node)}`);
    const { id, name, category } = typeof node === 'string' ? unnamed(node) : node;
    const known = this.byId.get(id);
    if (known !== undefined && known.name === name && known.category === category)
      return known.head;
    // What a node is called may be made of what it does: of an address with a password in it.
    const head = new NodeHead({
      nodeId: this.masked(id),
      nodeName: this.masked(name === undefined ? id : textOf(name)),
      nodeType: category === undefined ? '' : this.masked(textOf(category)),
    });
    if (this.byId.size >= mostNodes) this.byId.clear();
    this.byId.set(id, { name, category, head });
    return head;
  }

  /** What is to be hidden is another now. */
  clear(): void {
    this.byId.clear();
  }

  /** As a value, of which those that say nothing secret are known. */
  private masked(text: string): string {
    const masked = this.mask?.value('node_name', text);
    return typeof masked === 'string' ? masked : text;
  }
}

function unnamed(id: string): Exclude<NodeName, string> {
  return { id };
}
