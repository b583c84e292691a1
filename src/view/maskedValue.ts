import type { Json } from '../base/json.ts';
import type { InspectorContent, ValuePlace } from '../protocol/engineProtocol.ts';
import type { SectionId } from './inspectorSections.ts';
import { maskMark } from './textParts.ts';

/** Whether something of a value is masked. */
export function holdsMask(value: Json): boolean {
  if (typeof value === 'string') return value.includes(maskMark);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, item]) => name.includes(maskMark) || holdsMask(item));
}

/** Where the engine finds a value that may be revealed; null where the settings or its kind forbid it. */
export function placeToReveal(
  content: InspectorContent | null,
  section: SectionId,
  index: number,
): ValuePlace | null {
  if (content === null || content.kind === 'notRun' || content.canReveal !== true) return null;
  return section === 'logs' || section === 'timing' ? null : { section, index };
}
