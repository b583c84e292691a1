import { hash } from '../base/hash.ts';
import type { FlowBinding } from '../flow/bindFlow.ts';
import type { FlowDocument, FlowPorts } from '../flow/flowDocument.ts';
import type { BrokenFlow } from '../protocol/brokenFlow.ts';
import type { TextVersion } from '../protocol/marks.ts';
import type { ExecutionSummary, NodeId } from '../trace/execution.ts';

/** A flow file as it is kept. */
export interface FlowFile {
  readonly uri: string;
  readonly fileName: string;
  /** Which text of an open document it was; null: what stood on the disk. */
  readonly version: TextVersion | null;
  /** As the file has it. */
  readonly read: FlowDocument;
  /** With ids as the executions have them. */
  readonly document: FlowDocument;
  /** Its text can't be read by now: this is how it was before. */
  readonly isBehind?: true;
}

/** Of what a file is told; undefined where its text is whole. */
export function brokenFlow({
  document,
  isBehind,
}: Pick<FlowFile, 'document' | 'isBehind'>): BrokenFlow | undefined {
  if (isBehind === true) return 'before';
  return document.isPartial === true ? 'partly' : undefined;
}

/** What is known of one flow: the nodes seen in its executions. A failed run alone may show only the first. */
export interface FlowProfile {
  readonly nodeIds: Set<NodeId>;
  bindings: readonly FlowBinding[] | undefined;
}

/** How much is kept of flows. */
export interface FlowLimits {
  /** The host sends 2,000 files of a workspace and what is opened; the one that was told longest ago leaves. */
  readonly files: number;
  /** What is kept of all files; 2,000 of 50 nodes each are half of it. */
  readonly filesBytes: number;
  /** More distinct flows than anyone has files for; the one that was seen longest ago leaves. */
  readonly profiles: number;
  /** The nodes of all profiles: a hundred of each would be many. At some 100 bytes each they stay below 50 MB. */
  readonly profilesNodes: number;
}

export const usualFlowLimits: FlowLimits = {
  ...{ files: 3_000, filesBytes: 80 * 1024 * 1024 },
  ...{ profiles: 5_000, profilesNodes: 500_000 },
};

/** A node besides its texts: two ranges, its edges, its places in the lists. */
const nodeBytes = 400;
/** What an input or an output of a node takes: three ids and a name. */
const portBytes = 250;
/** A flow has tens of nodes; a profile that grows beyond this is a generated one and bound well enough. */
const maxProfileNodes = 2_000;
/** More nodes than these are a key by what they add up to: the whole of a long list would be kept. */
const nodesInKey = 20;

/** Flow files, the one that was told longest ago first. */
export class FlowFiles {
  private readonly files = new Map<string, FlowFile>();
  private readonly limits: FlowLimits;
  private bytes = 0;

  constructor(limits: FlowLimits) {
    this.limits = limits;
  }

  get all(): readonly FlowFile[] {
    return [...this.files.values()];
  }

  get(uri: string): FlowFile | undefined {
    return this.files.get(uri);
  }

  keep(file: FlowFile): void {
    const { uri } = file;
    this.drop(uri);
    this.files.set(uri, file);
    this.bytes += sizeOf(file);
    for (const oldest of this.files.keys()) {
      if (this.files.size <= this.limits.files && this.bytes <= this.limits.filesBytes) break;
      // The file that was told just now is looked at.
      if (oldest !== uri) this.drop(oldest);
    }
  }

  drop(uri: string): boolean {
    const known = this.files.get(uri);
    if (known !== undefined) this.bytes -= sizeOf(known);
    return this.files.delete(uri);
  }
}

/** The nodes of flows, the one that was seen longest ago first. */
export class FlowProfiles {
  private readonly profiles = new Map<string, FlowProfile>();
  private readonly limits: FlowLimits;
  private nodes = 0;

  constructor(limits: FlowLimits) {
    this.limits = limits;
  }

  get all(): Iterable<FlowProfile> {
    return this.profiles.values();
  }

  get(key: string): FlowProfile | undefined {
    return this.profiles.get(key);
  }

  /** Adds what ran; answers with the profile when it has grown. */
  grow(key: string, nodeIds: readonly NodeId[]): FlowProfile | undefined {
    const profile = this.profiles.get(key) ?? { nodeIds: new Set(), bindings: undefined };
    this.profiles.delete(key);
    this.profiles.set(key, profile);
    const before = profile.nodeIds.size;
    for (const nodeId of nodeIds) {
      if (profile.nodeIds.size >= maxProfileNodes) break;
      profile.nodeIds.add(nodeId);
    }
    this.nodes += profile.nodeIds.size - before;
    this.dropOldest();
    return profile.nodeIds.size === before ? undefined : profile;
  }

  clear(): void {
    this.profiles.clear();
    this.nodes = 0;
  }

  private dropOldest(): void {
    const { profiles, limits } = this;
    for (const [key, { nodeIds }] of profiles) {
      if (profiles.size <= limits.profiles && this.nodes <= limits.profilesNodes) break;
      profiles.delete(key);
      this.nodes -= nodeIds.size;
    }
  }
}

/** Executions of one flow share its id; without one, their nodes tell. */
export function profileKey({ flowId, nodeIds }: ExecutionSummary): string {
  if (flowId !== '') return flowId;
  const key = JSON.stringify(nodeIds.slice(0, nodesInKey));
  if (nodeIds.length <= nodesInKey) return key;
  return `${key} ${String(nodeIds.length)} ${hash(JSON.stringify(nodeIds))}`;
}

/** The bytes of heap that a file takes, about. */
function sizeOf({ document: { nodes, edges, otherIds } }: FlowFile): number {
  const texts = nodes.reduce((chars, { id, name }) => chars + id.length + name.length, 0);
  const lines = nodes.reduce((sum, { settings }) => sum + (settings?.code?.lines?.length ?? 0), 0);
  const ports = nodes.reduce((count, { ports: of }) => count + portCount(of), 0);
  const listed = (nodes.length + edges.length) * nodeBytes + ports * portBytes;
  return listed + (otherIds?.size ?? 0) * portBytes + 2 * texts + 8 * lines;
}

function portCount(ports: FlowPorts | undefined): number {
  if (ports === undefined) return 0;
  const { inputs = [], references, outputs, inTexts } = ports;
  return inputs.length + references.length + outputs.length + inTexts.length;
}
