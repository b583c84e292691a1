import type * as vscode from 'vscode';
import type { OffsetRange } from '../../flow/flowDocument.ts';
import { ShiftedRanges, type TextChange } from '../../flow/shiftedRanges.ts';
import type { FlowMarks, MarkedNode, TextVersion } from '../../protocol/marks.ts';
import type { NodeId } from '../../trace/execution.ts';

/** A node where it stands now. */
export interface PlacedNode {
  readonly node: MarkedNode;
  readonly idRange: OffsetRange;
  readonly range: OffsetRange;
}

/** While the engine reads a text nobody types more than this; who pastes on and on waits for the next reading. */
const mostChanges = 5_000;

/** A document with the marks of its nodes, which stand where the text has gone since the engine read it. */
export class MarkedDocument {
  readonly document: vscode.TextDocument;
  /** What was told last; its places are those of the text that was read then. */
  marks: FlowMarks | undefined;
  private readonly life: number;
  /** What was typed since the text that was read last, with the version after each. */
  private changes: { readonly version: number; readonly made: readonly TextChange[] }[] = [];
  /** From this version on all changes are known. */
  private since: number;
  private places: Places | undefined;

  constructor(document: vscode.TextDocument, version: TextVersion) {
    this.document = document;
    this.life = version.document;
    this.since = version.version;
  }

  /** The nodes where they are now, in the order of the file. */
  get nodes(): readonly PlacedNode[] {
    const { marks, places } = this;
    if (marks === undefined || places === undefined) return [];
    return marks.nodes.flatMap((node, index) => {
      const at = places.indexOf(node.nodeId, index);
      const idRange = places.ids.at(at);
      const range = places.objects.at(at);
      return idRange === undefined || range === undefined ? [] : [{ node, idRange, range }];
    });
  }

  node(nodeId: NodeId): PlacedNode | undefined {
    return this.nodes.find(({ node }) => node.nodeId === nodeId);
  }

  /** Something was typed: this is all that happens with a key press. */
  edited(made: readonly TextChange[]): void {
    this.places?.ids.change(made);
    this.places?.objects.change(made);
    this.changes.push({ version: this.document.version, made });
    if (this.changes.length <= mostChanges) return;
    this.changes = [];
    this.since = this.document.version;
  }

  /** Takes what the engine tells; places of an older text are brought up to now, those of another are not used. */
  take(marks: FlowMarks): void {
    const { version } = marks;
    const before = this.marks;
    this.marks = marks;
    if (before !== undefined && marks.broken === 'partly' && lacksSome(marks, before)) {
      // They are missed only while somebody types: each would take its line away and bring it back.
      this.marks = { ...marks, nodes: withStates(before.nodes, marks.nodes) };
      return;
    }
    if (version?.document !== this.life || version.version < this.since) return;
    this.changes = this.changes.filter((change) => change.version > version.version);
    this.since = version.version;
    // Read again by nobody: where the nodes stand now is known better.
    if (this.places?.version === version.version) return;
    this.places = new Places(marks, version.version);
    for (const { made } of this.changes) {
      this.places.ids.change(made);
      this.places.objects.change(made);
    }
  }
}

function lacksSome({ nodes }: FlowMarks, before: FlowMarks): boolean {
  const ids = new Set(nodes.map(({ nodeId }) => nodeId));
  return before.nodes.some(({ nodeId }) => !ids.has(nodeId));
}

/** The nodes of before, each with what is told of it now. */
function withStates(
  before: readonly MarkedNode[],
  now: readonly MarkedNode[],
): readonly MarkedNode[] {
  const byId = new Map(now.map((node) => [node.nodeId, node]));
  return before.map((node) => byId.get(node.nodeId) ?? node);
}

/** Where the nodes of one text are. */
class Places {
  readonly version: number;
  readonly ids: ShiftedRanges;
  readonly objects: ShiftedRanges;
  private readonly nodeIds: readonly NodeId[];
  private byId: ReadonlyMap<NodeId, number> | undefined;

  constructor({ nodes }: FlowMarks, version: number) {
    this.version = version;
    this.ids = new ShiftedRanges(nodes.map(({ idRange }) => idRange));
    this.objects = new ShiftedRanges(nodes.map(({ range }) => range));
    this.nodeIds = nodes.map(({ nodeId }) => nodeId);
  }

  /** Where a node is told of: states may be of another text than the places, which has other nodes. */
  indexOf(nodeId: NodeId, index: number): number {
    if (this.nodeIds[index] === nodeId) return index;
    this.byId ??= new Map(this.nodeIds.map((id, at) => [id, at]));
    return this.byId.get(nodeId) ?? -1;
  }
}
