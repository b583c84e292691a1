import type { Result } from '../base/result.ts';
import { bindFlows, type FlowBinding } from '../flow/bindFlow.ts';
import type { FlowDocument, FlowNode, PlaceInNode } from '../flow/flowDocument.ts';
import type { FlowDifference } from '../flow/compareFlows.ts';
import { nodesNow } from '../flow/flowIdentities.ts';
import { locateNode, type LocateResult, rangeIn } from '../flow/locateNode.ts';
import { nodeAtOffset } from '../flow/nodeAtOffset.ts';
import { isKnownByPlace } from '../flow/nodesOfId.ts';
import type { FlowProblem } from '../flow/parseFlow.ts';
import { runNames, withRuns } from '../flow/runNames.ts';
import type {
  FlowChoice,
  FlowFileName,
  FlowInfo,
  FlowLabel,
  LocateAnswer,
  NodeLocation,
  NodeTarget,
} from '../protocol/flows.ts';
import type { NodeSince } from '../protocol/flowSince.ts';
import type { TextVersion } from '../protocol/marks.ts';
import type { ExecutionSummary, NodeId } from '../trace/execution.ts';
import { type MaskId, withMaskedIds } from './maskedFlow.ts';
import {
  FlowFiles,
  FlowProfiles,
  profileKey,
  usualFlowLimits,
  type FlowFile,
  type FlowLimits,
} from './keptFlows.ts';

/** Lets something use what masks ids, so that what masks is watched once for all of them. */
export type MaskIds = <T>(use: (maskId: MaskId) => T) => T;

/** How a file was, and what is another since. */
export interface KnownChange {
  readonly document: FlowDocument;
  readonly difference: FlowDifference;
}

/** Each is a click of the reader. */
const maxChosen = 1_000;

/** The flow files that the host told of, and which executions belong to which. */
export class FlowRegistry {
  private readonly files: FlowFiles;
  private readonly profiles: FlowProfiles;
  private readonly chosen = new Map<string, string>();
  private readonly maskIds: MaskIds;
  /** Told of each text of a file that is taken, with the one before it. */
  onTook: (uri: string, before: FlowDocument | undefined, now: FlowDocument) => void = () =>
    undefined;
  /** Told of each choice of the reader, which is to be recalled by the next engine. */
  onChose: (choice: FlowChoice) => void = () => undefined;
  private changes = 0;
  /** Numbers the documents as they came, so that what was drawn of another one is known. */
  private readonly versions = new WeakMap<FlowDocument, number>();
  private lastVersion = 0;

  /** `maskIds` hands out what masks the ids of executions. */
  constructor({
    limits = usualFlowLimits,
    maskIds = (use) => use((id) => id),
  }: { readonly limits?: FlowLimits; readonly maskIds?: MaskIds } = {}) {
    this.maskIds = maskIds;
    this.files = new FlowFiles(limits);
    this.profiles = new FlowProfiles(limits);
  }

  /** Grows when a file or a choice changes: bindings and trees made before are old. */
  get revision(): number {
    return this.changes;
  }

  set(
    uri: string,
    fileName: string,
    parsed: Result<FlowDocument, FlowProblem>,
    version: TextVersion | null = null,
  ): FlowInfo {
    // A file that is being edited may be unreadable for a moment: its last good state still serves.
    if (parsed.ok && !this.isMistaken(uri, parsed.value)) {
      // A copy: a text that is a part of the file's would keep all of it.
      const read = structuredClone(parsed.value);
      const before = this.files.get(uri)?.document;
      this.files.keep({ uri, fileName, version, read, document: this.masked(read) });
      this.nameAtoms(before, read);
      this.forgetBindings();
      this.onTook(uri, before, this.files.get(uri)?.document ?? read);
    } else {
      const known = this.files.get(uri);
      if (known !== undefined) this.files.keep({ ...known, isBehind: true });
    }
    return this.info(uri);
  }

  /** The nodes of a file, with ids as executions have them, and of which text they are. */
  fileOf(uri: string): Omit<FlowFile, 'read'> | undefined {
    return this.files.get(uri);
  }

  info(uri: string): FlowInfo {
    const file = this.files.get(uri);
    if (file === undefined) return { kind: 'notAFlow', uri };
    const { document, fileName } = file;
    return {
      kind: 'flow',
      uri,
      name: flowName(document, fileName),
      format: document.format,
      nodeCount: document.nodes.length,
    };
  }

  /** Other rules: ids are masked anew, and those of executions that came before are forgotten. */
  maskAgain(): void {
    for (const file of this.files.all) {
      this.files.keep({ ...file, document: this.masked(file.read) });
    }
    this.nameAtoms(...this.files.all.map(({ read }) => read));
    this.profiles.clear();
    this.forgetBindings();
  }

  remove(uri: string): void {
    const gone = this.files.get(uri)?.read;
    if (!this.files.drop(uri)) return;
    this.nameAtoms(gone);
    this.forgetBindings();
  }

  choose(summary: ExecutionSummary, uri: string): void {
    const flow = profileKey(summary);
    this.recall([{ flow, uri }]);
    this.onChose({ flow, uri });
  }

  /** Takes what the reader chose, the oldest first. */
  recall(choices: readonly FlowChoice[]): void {
    const isKnown = ({ flow, uri }: FlowChoice) => this.chosen.get(flow) === uri;
    if (choices.every(isKnown)) return;
    for (const { flow, uri } of choices) {
      this.chosen.delete(flow);
      this.chosen.set(flow, uri);
      const [oldest] = this.chosen.keys();
      if (this.chosen.size > maxChosen && oldest !== undefined) this.chosen.delete(oldest);
    }
    this.forgetBindings();
  }

  /** Learns the nodes of an execution that arrived. */
  observe(summary: ExecutionSummary): void {
    if (summary.nodeIds.length === 0) return;
    const grown = this.profiles.grow(profileKey(summary), summary.nodeIds);
    if (grown?.bindings === undefined) return;
    // Somebody asked which file it is bound to, and may get another answer now.
    grown.bindings = undefined;
    this.changes++;
  }

  /** The file an execution is bound to, best first; a file the reader chose before all. */
  labelFor(summary: ExecutionSummary): FlowLabel | null {
    const bindings = this.bindingsOf(summary);
    const best = bindings[0];
    const file = best && this.files.get(best.uri);
    if (best === undefined || file === undefined) return null;
    const others = bindings.slice(1).flatMap((binding): FlowFileName[] => {
      const other = binding.tied ? this.files.get(binding.uri) : undefined;
      if (other === undefined) return [];
      return [{ uri: other.uri, name: flowName(other.document, other.fileName) }];
    });
    const isChosen = this.isChosen(summary, best.uri);
    return {
      uri: file.uri,
      name: flowName(file.document, file.fileName),
      share: best.share,
      tied: isChosen ? [] : others,
      ...(isChosen && others.length > 0 ? { passedOver: others } : {}),
    };
  }

  private isChosen(summary: ExecutionSummary, uri: string): boolean {
    return this.chosen.get(profileKey(summary)) === uri;
  }

  /** What a flow file gives to an execution: equal stamps mean the same name, ties and document. */
  stampOf(summary: ExecutionSummary): string {
    const document = this.documentFor(summary);
    if (document === null) return '';
    return `${String(this.versionOf(document))} ${JSON.stringify(this.labelFor(summary))}`;
  }

  /** A document with ids as the executions have them. */
  masked(document: FlowDocument): FlowDocument {
    return this.maskIds((maskId) => withMaskedIds(document, maskId));
  }

  /** Tells a document from all others that came. */
  versionOf(document: FlowDocument): number {
    const version = this.versions.get(document) ?? ++this.lastVersion;
    this.versions.set(document, version);
    return version;
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

  /**
   * `changedOf` knows how the file was when the execution ran, where it was another; `seen` are the files that the reader looks at,
   * the one with the cursor first: who looks at one of several that fit alike means that one.
   */
  locate(
    summary: ExecutionSummary,
    target: NodeTarget,
    changedOf: (uri: string, summary: ExecutionSummary) => KnownChange | null = () => null,
    seen: readonly string[] = [],
  ): LocateAnswer {
    const [best, ...others] = this.bindingsOf(summary).flatMap(({ uri, tied }, place) => {
      const file = place === 0 || tied ? this.files.get(uri) : undefined;
      return file === undefined ? [] : [file];
    });
    if (best === undefined) return this.locateAnywhere(target);
    const locateIn = (file: FlowFile) => this.locateIn(file, summary, target, changedOf);
    if (this.isChosen(summary, best.uri)) return locateIn(best);
    const fitting = [best, ...others];
    for (const uri of seen) {
      const looked = fitting.find((file) => file.uri === uri);
      const found = looked && locateIn(looked);
      if (found?.kind === 'found') return found;
    }
    // Of a flow in several forms the one that is open is the one that people edit, else the one that comes first.
    const first = fitting.find(({ version }) => version !== null) ?? best;
    const found = locateIn(first);
    if (found.kind !== 'found') return found;
    const alike = fitting.flatMap((other) => {
      if (other === first || other.document.format !== first.document.format) return [];
      const answer = locateIn(other);
      return answer.kind === 'found' ? [answer.location] : [];
    });
    if (alike.length === 0) return found;
    return { kind: 'ambiguous', candidates: [found.location, ...alike], areFiles: true };
  }

  private locateIn(
    file: FlowFile,
    summary: ExecutionSummary,
    target: NodeTarget,
    changedOf: (uri: string, summary: ExecutionSummary) => KnownChange | null,
  ): LocateAnswer {
    const changed = changedOf(file.uri, summary);
    const found = locateThen(file.document, changed?.document ?? null, target);
    switch (found.kind) {
      case 'found':
        return {
          ...{ kind: 'found', location: locationOf(file, found.node, target.place) },
          ...sinceOf(found.node, changed),
        };
      case 'ambiguous':
        return {
          kind: 'ambiguous',
          candidates: found.candidates.map((node) => locationOf(file, node, target.place)),
        };
      case 'notFound':
        return {
          kind: 'notInFlow',
          uri: file.uri,
          ranMs: summary.beginMs,
          flowName: flowName(file.document, file.fileName),
        };
    }
  }

  /** The milliseconds that a flow file gives a node; null where none of them says so. */
  timeoutOf(nodeId: NodeId): number | null {
    for (const { read } of this.files.all) {
      const [node] = read.nodesById.get(nodeId) ?? [];
      const seconds = Number(node?.settings?.timeout?.value || NaN);
      if (Number.isFinite(seconds)) return 1_000 * Math.max(0, seconds);
    }
    return null;
  }

  /** Without a bound file: the files that hold the very id. */
  private locateAnywhere(target: NodeTarget): LocateAnswer {
    const candidates = this.files.all.flatMap((file) =>
      file.document.nodes
        .filter((node) => node.id === target.nodeId)
        .map((node) => locationOf(file, node, target.place)),
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
    const bindings = bindFlows(nodeIds, flowId, this.files.all);
    if (chosen === undefined) return bindings;
    return [...bindings].sort((a, b) => Number(b.uri === chosen) - Number(a.uri === chosen));
  }

  /**
   * A broken text holds what stands before the break, and executions would lose their file with the rest. One of a format
   * that is known by its outermost keys looks like any YAML or JSON: each of its ids seems a node.
   */
  private isMistaken(uri: string, { format, isPartial, nodesById }: FlowDocument): boolean {
    const before = this.files.get(uri)?.read;
    if (before === undefined || isPartial !== true) return false;
    // Nobody types it: another run was cut off.
    if (format === 'astronRpaRun') return false;
    const lacks = before.nodes.some(({ id }) => !nodesById.has(id));
    return lacks || (format === 'generic' && before.format !== 'generic');
  }

  /** Lets the processes of robots know what their runs call their atoms, where one of either came or left. */
  private nameAtoms(...changed: readonly (FlowDocument | undefined)[]): void {
    if (!changed.some((one) => one?.format === 'astronRpa' || one?.format === 'astronRpaRun')) {
      return;
    }
    const files = this.files.all;
    const runs = files.flatMap(({ read }) => (read.format === 'astronRpaRun' ? read : []));
    const names = runNames(runs);
    for (const file of files) {
      const { read, document } = file;
      if (read.format !== 'astronRpa') continue;
      const named = withRuns(read, runs, names);
      // One that no run tells of, now or before, stays what it is.
      if (named !== read || document.otherIds !== undefined) {
        this.files.keep({ ...file, document: this.masked(named) });
      }
    }
  }

  private forgetBindings(): void {
    this.changes++;
    for (const profile of this.profiles.all) profile.bindings = undefined;
  }
}

/** What is known by its line stands elsewhere now: it is looked for where it stood. */
function locateThen(
  now: FlowDocument,
  then: FlowDocument | null,
  target: NodeTarget,
): LocateResult {
  const query = { nodeId: target.nodeId, nodeName: target.name };
  if (then === null || !isKnownByPlace(now)) return locateNode(now, query);
  const found = locateNode(then, query);
  const nodes = nodesNow(then, now);
  const node = found.kind === 'found' ? nodes.get(found.node) : undefined;
  if (node !== undefined) return { kind: 'found', node };
  const candidates = found.kind === 'ambiguous' ? found.candidates : [];
  const places = candidates.flatMap((was) => nodes.get(was) ?? []);
  return places.length === 0 ? { kind: 'notFound' } : { kind: 'ambiguous', candidates: places };
}

function sinceOf(node: FlowNode, changed: KnownChange | null): { readonly since?: NodeSince } {
  const renamed = changed?.difference.renamed.find((one) => one.node === node);
  if (renamed !== undefined) return { since: { kind: 'renamed', was: renamed.was } };
  const isMoved = changed?.difference.moved.includes(node) === true;
  return isMoved ? { since: { kind: 'moved' } } : {};
}

function flowName(document: FlowDocument, fileName: string): string {
  return document.name === '' ? fileName : document.name;
}

function locationOf(file: FlowFile, node: FlowNode, place?: PlaceInNode): NodeLocation {
  return {
    uri: file.uri,
    flowName: flowName(file.document, file.fileName),
    nodeId: node.id,
    nodeName: node.name,
    // What the node has no setting for is at the node.
    idRange: (place && rangeIn(node, place)) ?? node.idRange,
    range: node.range,
    ...(place === undefined ? {} : { place }),
    ...(file.version === null ? {} : { version: file.version }),
  };
}
