import type { Evidence, Finding } from '../diagnosis/finding.ts';
import type { NodePart } from '../flow/flowDocument.ts';
import type { FoundPlace } from '../protocol/find.ts';

/** Where a piece of evidence stands: in the execution, or in the flow file at a setting of the node. */
export type EvidencePlace =
  | ({ readonly kind: 'record' } & Pick<FoundPlace, 'row' | 'match'>)
  | {
      readonly kind: 'setting';
      readonly nodeId: string;
      readonly name: string;
      readonly part: NodePart;
    };

/** Where evidence leads to; null where there is nothing more of it to be seen. */
export function evidencePlace(
  { source, runKey, value }: Evidence,
  { node }: Pick<Finding, 'node'>,
): EvidencePlace | null {
  if (source.kind === 'setting' && source.asOf !== 'run') {
    if (node?.nodeId == null) return null;
    const { nodeId, name } = node;
    return { kind: 'setting', nodeId, name, part: source.part };
  }
  if (source.kind !== 'log') return { kind: 'record', row: runKey, match: null };
  const place = { section: 'logs', entry: String(source.index), path: '', part: 'value' } as const;
  // A long message is shown by its ends: as far as its begin is the same, it is marked.
  const end = value.indexOf('…');
  const length = end === -1 ? value.length : end;
  return { kind: 'record', row: runKey, match: { ...place, offset: 0, length } };
}
