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
 * Below this a match is chance: flows that were made from one template share their start and end node,
 * which is two of the five or more nodes of a real flow.
 */
const leastShare = 0.5;

/** The files that an execution's nodes stand in, best first. The flow's own id, where a file has it, decides. */
export function bindFlows(
  nodeIds: readonly NodeId[],
  flowId: string,
  files: readonly { readonly uri: string; readonly document: FlowDocument }[],
): FlowBinding[] {
  if (nodeIds.length === 0) return [];
  const matches = files
    .map(({ uri, document }) => {
      const known = new Set(document.nodes.map((node) => node.id));
      const share = nodeIds.filter((id) => known.has(id)).length / nodeIds.length;
      const isSameFlow = flowId !== '' && document.flowId === flowId;
      const isExport = document.format === 'astronYaml';
      return { uri, share, isExport, score: share + (isSameFlow ? 1 : 0) };
    })
    .filter(({ share, score }) => share > 0 && score >= leastShare)
    .sort(
      (a, b) =>
        b.share - a.share ||
        b.score - a.score ||
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
