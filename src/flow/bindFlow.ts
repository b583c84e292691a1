import type { NodeId } from '../trace/execution.ts';
import type { FlowDocument } from './flowDocument.ts';

/** How well a flow file fits what ran. */
export interface FlowBinding {
  readonly uri: string;
  /** Share of the execution's nodes that the file holds, 0 to 1. */
  readonly share: number;
  /** True when another file fits as well: a clone, or the same flow in two formats. */
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
      share: distinct.filter((id) => document.nodesById.has(id)).length / distinct.length,
      isCertain: flowId !== '' && document.flowId === flowId,
      isExport: document.format === 'astronYaml',
    }))
    .filter(({ share, isCertain }) => share > 0 && (isCertain || share >= leastShare))
    .sort(
      (a, b) =>
        Number(b.isCertain) - Number(a.isCertain) ||
        b.share - a.share ||
        // The same flow in both forms: the export is the one that people edit.
        Number(b.isExport) - Number(a.isExport) ||
        (a.uri < b.uri ? -1 : 1),
    );
  return matches.map(({ uri, share }) => ({
    uri,
    share,
    tied: matches.some((other) => other.uri !== uri && other.share === share),
  }));
}
