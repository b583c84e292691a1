import type { Json } from '../base/json.ts';
import { shownSigns } from '../base/shownSigns.ts';
import { branchSize, isBranch, partsOf, type JsonBranch } from '../find/jsonPath.ts';

const most = 72;

/** The first parts of a closed branch in one line: `id: 7, name: "Ann", items: [3]…`. */
export function branchPreview(value: JsonBranch): string {
  const isArray = Array.isArray(value);
  const pieces: string[] = [];
  let length = 0;
  for (const part of partsOf(value, 12)) {
    const piece = isArray
      ? shortValue(part.value)
      : `${shortened(part.key, 24)}: ${shortValue(part.value)}`;
    length += piece.length + 2;
    if (length > most && pieces.length > 0) break;
    pieces.push(piece);
  }
  return pieces.join(', ') + (pieces.length < branchSize(value) ? '…' : '');
}

function shortValue(value: Json): string {
  if (isBranch(value)) {
    const size = branchSize(value);
    return Array.isArray(value) ? `[${size || ''}]` : `{${size || ''}}`;
  }
  if (typeof value !== 'string') return String(value);
  return `"${shortened(value.slice(0, 400).replaceAll(/\s+/g, ' '), 32)}"`;
}

function shortened(text: string, length: number): string {
  // Its beginning is enough; marks are longer than what they stand for.
  const shown = shownSigns(text.slice(0, 4 * length));
  return shown.length <= length && text.length <= 4 * length ? shown : `${shown.slice(0, length)}…`;
}
