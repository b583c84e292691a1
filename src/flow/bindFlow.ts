import type { NodeId } from '../trace/execution.ts';
import type { FlowDocument } from './flowDocument.ts';
import { isKnownByPlace, nodesOfId, sharedPath } from './nodesOfId.ts';

/** How well a flow file fits what ran. */
export interface FlowBinding {
  readonly uri: string;
  /** Share of the execution's nodes that the file holds, 0 to 1. */
  readonly share: number;
  /** True when another file fits as well as the best: a clone, or the same flow in two formats. */
  readonly tied: boolean;
}

/**
 * Below half, a match is chance: ids are made at random, so files share some only when one was cloned from
 * the other and rebuilt since, and then the file of the flow itself holds more. Above half, a file that was
 * edited after the execution still counts, while the reader looks for what changed.
 */
const leastShare = 0.5;

/**
 * The files that an execution's nodes stand in, best first. A file with the flow's own id is certainly its
 * file, however much of it was rewritten; a file that holds none of the nodes is never one.
 */
export function bindFlows(
  nodeIds: readonly NodeId[],
  flowId: string,
  files: readonly { readonly uri: string; readonly document: FlowDocument }[],
): FlowBinding[] {
  const distinct = [...new Set(nodeIds)];
  if (distinct.length === 0) return [];
  const matches = files
    .map(({ uri, document }) => ({
      uri,
      share: distinct.filter((id) => nodesOfId(document, id).length > 0).length / distinct.length,
      path: pathOf(document, distinct[0] ?? '', uri),
      isCertain: flowId !== '' && document.flowId === flowId,
      rank: rankOf(document),
    }))
    .filter(({ share, isCertain }) => share > 0 && (isCertain || share >= leastShare))
    .sort(
      (a, b) =>
        Number(b.isCertain) - Number(a.isCertain) ||
        b.share - a.share ||
        b.path - a.path ||
        b.rank - a.rank ||
        (a.uri < b.uri ? -1 : 1),
    );
  // Older revisions may fit alike among themselves: it is the best that counts.
  const [best] = matches;
  const fitsBest = (match: (typeof matches)[number]) =>
    match.share === best?.share && match.path === best.path;
  const isTie = matches.filter(fitsBest).length > 1;
  return matches.map((match) => ({
    uri: match.uri,
    share: match.share,
    tied: isTie && fitsBest(match),
  }));
}

/** How well a place that an id names is that of a file: there may be files of one name in several folders. */
function pathOf(document: FlowDocument, nodeId: NodeId, uri: string): number {
  // A line of a program that was generated of a process: people edit the process.
  if (document.otherIds?.has(nodeId) === true) return Infinity;
  return isKnownByPlace(document) ? sharedPath(nodeId, uri) : 0;
}

/** The same flow in several forms: the export is the one that people edit, what a run leaves is none. */
function rankOf({ format }: FlowDocument): number {
  if (format === 'astronYaml') return 1;
  return format === 'astronRpaRun' ? -1 : 0;
}
