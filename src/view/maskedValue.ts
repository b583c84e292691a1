import type { Json } from '../base/json.ts';
import type { Evidence } from '../diagnosis/finding.ts';
import type { InspectorContent } from '../protocol/inspector.ts';
import type { ValuePlace } from '../trace/valuePlace.ts';
import { maskMark } from '../trace/masked.ts';
import type { SectionId } from '../find/places.ts';

/** Whether something of a value is masked. */
export function holdsMask(value: Json): boolean {
  if (typeof value === 'string') return value.includes(maskMark);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, item]) => name.includes(maskMark) || holdsMask(item));
}

/** Where the engine finds a text that may be revealed; null where the settings or its kind forbid it. */
export function placeToReveal(
  content: InspectorContent | null,
  section: SectionId | 'name' | 'id',
  index: number,
): ValuePlace | null {
  if (content === null || content.kind === 'notRun' || content.canReveal !== true) return null;
  if (section === 'timing') return null;
  // The status message stands behind the other fields of a record.
  const isMessage =
    content.kind === 'execution' && section === 'other' && index === content.data.fields.length;
  return isMessage ? { section: 'message', index: 0 } : { section, index };
}

/** Where the text of a piece of evidence stands in what is inspected; null where it can't be revealed. */
export function placeOfEvidence(content: InspectorContent, evidence: Evidence): ValuePlace | null {
  if (content.kind !== 'node' || content.canReveal !== true) return null;
  const place = placeInRecord(evidence);
  return place?.section === 'logs' && evidence.runKey !== content.row.key ? null : place;
}

/** The same in the record: in the execution itself, or in the run that the evidence names. */
export function placeInRecord({ source, value, runKey }: Evidence): ValuePlace | null {
  if (!holdsMask(value)) return null;
  if (source.kind === 'message' && runKey === null) return { section: 'message', index: 0 };
  if (source.kind !== 'log' || runKey === null) return null;
  return { section: 'logs', index: source.index };
}
