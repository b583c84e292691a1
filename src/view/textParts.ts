import { maskMark } from '../trace/masked.ts';
import { notCheckedMark } from '../trace/notChecked.ts';

/** A piece of a text as it is drawn. */
export interface TextPart {
  readonly text: string;
  /** Stands for a secret that was hidden on arrival. */
  readonly masked: boolean;
  /** Which occurrence of the searched words it belongs to, from 0; null when none. */
  readonly match: number | null;
}

/** What a hidden secret looks like: dots, and its last characters when it is long; or a text that was not checked. */
const mask = new RegExp(
  `${literally(notCheckedMark)}|${literally(maskMark)}[\\p{L}\\p{N}_+/=.~-]{0,4}`,
  'gu',
);

/** Cuts a text where hidden secrets and occurrences of the needle begin and end; case doesn't matter. */
export function textParts(text: string, needle: string): TextPart[] {
  const matches = occurrences(text, needle);
  const masks = text.includes(maskMark)
    ? [...text.matchAll(mask)].map(({ index, 0: found }) => ({
        from: index,
        to: index + found.length,
      }))
    : [];
  if (matches.length === 0 && masks.length === 0) return [{ text, masked: false, match: null }];
  const spans = matches.map((from) => ({ from, to: from + needle.length }));
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

/** Where the needle begins, from left to right without overlaps, at most `most` times. */
export function occurrences(text: string, needle: string, most = Infinity): number[] {
  if (needle === '') return [];
  const lower = foldCase(text);
  const wanted = foldCase(needle);
  const found: number[] = [];
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + wanted.length)) {
    if (found.length >= most) break;
    found.push(at);
  }
  return found;
}

/** A pattern that finds this text; `RegExp.escape` is younger than the oldest VS Code. */
function literally(text: string): string {
  return text.replace(/[\^$.*+?()[\]{}|/\\]/g, '\\$&');
}

/** Lower case without changing any position: `İ` would become two characters. */
function foldCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
