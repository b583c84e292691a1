import { hash } from '../decode/hash.ts';
import { bindFlows, type FlowBinding } from '../flow/bindFlow.ts';
import type { FlowDocument, FlowNode } from '../flow/flowDocument.ts';
import { locateNode } from '../flow/locateNode.ts';
import { nodeAtOffset } from '../flow/nodeAtOffset.ts';
import { parseFlow } from '../flow/parseFlow.ts';
import type {
  FlowInfo,
  FlowLabel,
  LocateAnswer,
  NodeLocation,
} from '../protocol/engineProtocol.ts';
import type { ExecutionSummary, NodeId } from '../trace/execution.ts';

/** A flow file as it is kept. */
interface FlowFile {
  readonly uri: string;
  readonly fileName: string;
  readonly document: FlowDocument;
}

/** What is known of one flow: the nodes seen in its executions. A failed run alone may show only the first. */
interface FlowProfile {
  readonly nodeIds: Set<NodeId>;
  bindings: readonly FlowBinding[] | undefined;
}

/** A flow has tens of nodes; a profile that grows beyond this is a generated one and bound well enough. */
const maxProfileNodes = 2_000;
/** More distinct flows than anyone has files for; the least recently seen leaves. */
const maxProfiles = 5_000;
/** The nodes of all profiles: a hundred of each would be many. At some 100 bytes each they stay below 50 MB. */
const maxProfilesNodes = 500_000;
/** The host sends 2,000 files of a workspace and what is opened; the one that was told longest ago leaves. */
const maxFiles = 3_000;
/** What is kept of all files; 2,000 of 50 nodes each are half of it. */
const maxFilesBytes = 80 * 1024 * 1024;
/** A node besides its texts: two ranges, its edges, its places in the lists. */
const nodeBytes = 400;
/** Each is a click of the reader. */
const maxChosen = 1_000;

/** The flow files that the host told of, and which executions belong to which. */
export class FlowRegistry {
  private readonly files = new Map<string, FlowFile>();
  private readonly profiles = new Map<string, FlowProfile>();
  private readonly chosen = new Map<string, string>();
  private changes = 0;
  private filesBytes = 0;
  private profilesNodes = 0;

  /** Grows when a file or a choice changes: bindings and trees made before are old. */
  get revision(): number {
    return this.changes;
  }

  set(uri: string, fileName: string, text: string): FlowInfo {
    const parsed = parseFlow(text, fileName);
    if (!parsed.ok) {
      // A file that is being edited may be unreadable for a moment: its last good state still serves.
      if (!this.files.has(uri)) return { kind: 'notAFlow', uri };
    } else {
      // A copy: a text that is a part of the file's would keep all of it.
      this.keepFile({ uri, fileName, document: structuredClone(parsed.value) });
      this.forgetBindings();
    }
    const document = this.files.get(uri)?.document;
    if (document === undefined) return { kind: 'notAFlow', uri };
    return {
      kind: 'flow',
      uri,
      name: flowName(document, fileName),
      format: document.format,
      nodeCount: document.nodes.length,
    };
  }

  remove(uri: string): void {
    if (this.dropFile(uri)) this.forgetBindings();
  }

  choose(summary: ExecutionSummary, uri: string): void {
    this.chosen.set(profileKey(summary), uri);
    const [oldest] = this.chosen.keys();
    if (this.chosen.size > maxChosen && oldest !== undefined) this.chosen.delete(oldest);
    this.forgetBindings();
  }

  /** Learns the nodes of an execution that arrived. */
  observe(summary: ExecutionSummary): void {
    if (summary.nodeIds.length === 0) return;
    const key = profileKey(summary);
    const profile = this.profiles.get(key) ?? { nodeIds: new Set(), bindings: undefined };
    // The last in the map is the one that was seen last.
    this.profiles.delete(key);
    this.profiles.set(key, profile);
    const before = profile.nodeIds.size;
    for (const nodeId of summary.nodeIds) {
      if (profile.nodeIds.size >= maxProfileNodes) break;
      profile.nodeIds.add(nodeId);
    }
    this.profilesNodes += profile.nodeIds.size - before;
    this.dropOldProfiles();
    if (profile.nodeIds.size === before || profile.bindings === undefined) return;
    // Somebody asked which file it is bound to, and may get another answer now.
    profile.bindings = undefined;
    this.changes++;
  }

  /** The file an execution is bound to, best first; a file the reader chose before all. */
  labelFor(summary: ExecutionSummary): FlowLabel | null {
    const bindings = this.bindingsOf(summary);
    const best = bindings[0];
    const file = best && this.files.get(best.uri);
    if (best === undefined || file === undefined) return null;
    const tied = this.chosen.has(profileKey(summary))
      ? []
      : bindings.slice(1).filter((b) => b.tied);
    return {
      uri: file.uri,
      name: flowName(file.document, file.fileName),
      share: best.share,
      tied: tied.flatMap((binding) => {
        const other = this.files.get(binding.uri);
        if (other === undefined) return [];
        return [{ uri: other.uri, name: flowName(other.document, other.fileName) }];
      }),
    };
  }

  documentFor(summary: ExecutionSummary): FlowDocument | null {
    const best = this.bindingsOf(summary)[0];
    return (best && this.files.get(best.uri)?.document) ?? null;
  }

  /** True when the execution belongs to that file, also where another file of the same flow ties with it. */
  isBoundTo(summary: ExecutionSummary, uri: string): boolean {
    const bindings = this.bindingsOf(summary);
    return bindings.some((binding, index) => binding.uri === uri && (index === 0 || binding.tied));
  }

  nodeAt(uri: string, offset: number): FlowNode | undefined {
    const file = this.files.get(uri);
    return file && nodeAtOffset(file.document, offset);
  }

  locate(summary: ExecutionSummary, target: { nodeId: NodeId; name: string }): LocateAnswer {
    const best = this.bindingsOf(summary)[0];
    const file = best && this.files.get(best.uri);
    if (file === undefined) return this.locateAnywhere(target);
    const found = locateNode(file.document, {
      nodeId: target.nodeId,
      nodeName: target.name,
    });
    switch (found.kind) {
      case 'found':
        return { kind: 'found', location: locationOf(file, found.node) };
      case 'ambiguous':
        return {
          kind: 'ambiguous',
          candidates: found.candidates.map((node) => locationOf(file, node)),
        };
      case 'notFound':
        return {
          kind: 'notInFlow',
          uri: file.uri,
          flowName: flowName(file.document, file.fileName),
        };
    }
  }

  /** Without a bound file: the files that hold the very id. */
  private locateAnywhere(target: { nodeId: NodeId }): LocateAnswer {
    const candidates = [...this.files.values()].flatMap((file) =>
      file.document.nodes
        .filter((node) => node.id === target.nodeId)
        .map((node) => locationOf(file, node)),
    );
    const [only, ...others] = candidates;
    if (only === undefined) return { kind: 'noFlowFile' };
    return others.length === 0
      ? { kind: 'found', location: only }
      : { kind: 'ambiguous', candidates };
  }

  private bindingsOf(summary: ExecutionSummary): readonly FlowBinding[] {
    const key = profileKey(summary);
    const profile = this.profiles.get(key);
    if (profile === undefined) return [];
    profile.bindings ??= this.bind([...profile.nodeIds], summary.flowId, this.chosen.get(key));
    return profile.bindings;
  }

  private bind(
    nodeIds: readonly NodeId[],
    flowId: string,
    chosen: string | undefined,
  ): readonly FlowBinding[] {
    const bindings = bindFlows(nodeIds, flowId, [...this.files.values()]);
    if (chosen === undefined) return bindings;
    return [...bindings].sort((a, b) => Number(b.uri === chosen) - Number(a.uri === chosen));
  }

  private keepFile(file: FlowFile): void {
    this.dropFile(file.uri);
    this.files.set(file.uri, file);
    this.filesBytes += sizeOf(file);
    for (const uri of this.files.keys()) {
      if (this.files.size <= maxFiles && this.filesBytes <= maxFilesBytes) break;
      // The file that was told just now is looked at.
      if (uri !== file.uri) this.dropFile(uri);
    }
  }

  private dropFile(uri: string): boolean {
    const known = this.files.get(uri);
    if (known !== undefined) this.filesBytes -= sizeOf(known);
    return this.files.delete(uri);
  }

  private dropOldProfiles(): void {
    for (const [key, { nodeIds }] of this.profiles) {
      if (this.profiles.size <= maxProfiles && this.profilesNodes <= maxProfilesNodes) break;
      this.profiles.delete(key);
      this.profilesNodes -= nodeIds.size;
    }
  }

  private forgetBindings(): void {
    this.changes++;
    for (const profile of this.profiles.values()) profile.bindings = undefined;
  }
}

/** The bytes of heap that a file takes, about. */
function sizeOf({ document: { nodes, edges } }: FlowFile): number {
  const texts = nodes.reduce((chars, { id, name }) => chars + id.length + name.length, 0);
  return (nodes.length + edges.length) * nodeBytes + 2 * texts;
}

/** More nodes than these are a key by what they add up to: the whole of a long list would be kept. */
const nodesInKey = 20;

/** Executions of one flow share its id; without one, their nodes tell. */
function profileKey({ flowId, nodeIds }: ExecutionSummary): string {
  if (flowId !== '') return flowId;
  const key = nodeIds.slice(0, nodesInKey).join(' ');
  if (nodeIds.length <= nodesInKey) return key;
  return `${key} ${String(nodeIds.length)} ${hash(nodeIds.join(' '))}`;
}

function flowName(document: FlowDocument, fileName: string): string {
  return document.name === '' ? fileName : document.name;
}

function locationOf(file: FlowFile, node: FlowNode): NodeLocation {
  return {
    uri: file.uri,
    flowName: flowName(file.document, file.fileName),
    nodeId: node.id,
    nodeName: node.name,
    idRange: node.idRange,
    range: node.range,
  };
}
