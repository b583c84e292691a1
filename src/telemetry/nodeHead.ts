import { flat, quoteJson } from './pythonText.ts';
import type { TextWriter } from './storedTexts.ts';

/** What a node is called in its entries; names of `func` that are missing are those of the node. */
export interface NodeNames {
  readonly nodeId?: string | undefined;
  readonly nodeType?: string | undefined;
  readonly nodeName?: string | undefined;
  readonly funcId?: string | undefined;
  readonly funcType?: string | undefined;
  readonly funcName?: string | undefined;
}

/** The names that stand in each entry of a node: all of its runs share them, and they are written once. */
export class NodeHead {
  readonly nodeId: string;
  readonly nodeType: string;
  readonly nodeName: string;
  readonly funcId: string;
  readonly funcType: string;
  readonly funcName: string;
  private quoted: string | undefined;

  constructor({ nodeId = '', nodeType = '', nodeName = '', ...func }: NodeNames) {
    this.nodeId = nodeId;
    this.nodeType = nodeType;
    this.nodeName = nodeName;
    this.funcId = func.funcId || nodeId;
    this.funcType = func.funcType || nodeType;
    this.funcName = func.funcName || nodeName;
  }

  /** The names as JSON members. */
  members(text: TextWriter): string {
    return text === quoteJson ? (this.quoted ??= flat(this.write(text))) : this.write(text);
  }

  private write(text: TextWriter): string {
    return (
      `"node_id": ${text(this.nodeId)}, "node_type": ${text(this.nodeType)}, "node_name": ${text(this.nodeName)}, ` +
      `"func_id": ${text(this.funcId)}, "func_type": ${text(this.funcType)}, "func_name": ${text(this.funcName)}`
    );
  }
}
