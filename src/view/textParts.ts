import type { Span } from '../find/occurrences.ts';
import { maskMark } from '../trace/masked.ts';
import { notCheckedMark } from '../trace/notChecked.ts';

/** A piece of a text as it is drawn. */
export interface TextPart {
  readonly text: string;
  /** Stands for a secret that was hidden on arrival. */
  readonly masked: boolean;
  /** Which of those that were found it belongs to, from 0; null when none. */
  readonly match: number | null;
}

/** What a hidden secret looks like: dots, and its last characters when it is long; or a text that was not checked. */
const mask = new RegExp(
  `${literally(notCheckedMark)}|${literally(maskMark)}[\\p{L}\\p{N}_+/=.~-]{0,4}`,
  'gu',
);

/** Cuts a text where hidden secrets and what was found in it begin and end. */
export function textParts(text: string, matches: readonly Span[]): TextPart[] {
  const masks = text.includes(maskMark)
    ? [...text.matchAll(mask)].map(({ index, 0: found }) => ({
        from: index,
        to: index + found.length,
      }))
    : [];
  if (matches.length === 0 && masks.length === 0) return [{ text, masked: false, match: null }];
  const spans = matches.map(({ offset, length }) => ({ from: offset, to: offset + length }));
  const cuts = [...masks, ...spans].flatMap(({ from, to }) => [from, to]);
  const edges = [...new Set([0, ...cuts, text.length])].sort((a, b) => a - b);
  const parts: TextPart[] = [];
  let span = 0;
  let hidden = 0;
  for (let edge = 0; edge + 1 < edges.length; edge++) {
    const from = edges[edge] ?? 0;
    const to = edges[edge + 1] ?? from;
    while ((spans[span]?.to ?? Infinity) <= from) span++;
    while ((masks[hidden]?.to ?? Infinity) <= from) hidden++;
    parts.push({
      text: text.slice(from, to),
      masked: (masks[hidden]?.from ?? Infinity) <= from,
      match: (spans[span]?.from ?? Infinity) <= from ? span : null,
    });
  }
  return parts;
}

/** A pattern that finds this text; `RegExp.escape` is younger than the oldest VS Code. */
function literally(text: string): string {
  return text.replace(/[\^$.*+?()[\]{}|/\\]/g, '\\$&');
}
