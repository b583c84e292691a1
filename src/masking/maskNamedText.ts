import { findSecrets } from './findSecrets.ts';
import { maskSecretValue } from './maskSecret.ts';
import type { NameJudge } from './secretNames.ts';
import type { SecretSpan } from './secretSpan.ts';
import { valuesBehind } from './valueBehind.ts';
import type { Work } from './work.ts';

/** Masks the values that stand behind a secret name, below it in a table, or where a call takes them. */
export function maskNamedText(text: string, names: NameJudge, work: Work): string {
  return maskSpans(text, findSecrets(text, names, work));
}

/** Masks all texts in a list or object that stands under a secret name; names in it stay. */
export function maskGroup(text: string, work: Work): string {
  const name = { text: '', start: 0, end: 0, quote: '"', inQuery: false, work };
  return maskSpans(text, valuesBehind(text, text.search(/\S/), name, '='));
}

function maskSpans(text: string, spans: readonly SecretSpan[]): string {
  if (spans.length === 0) return text;
  let masked = '';
  let from = 0;
  for (const { start, end, quote, hidesEnd } of spans) {
    const value = text.slice(start, end);
    const hidden = maskSecretValue(value, hidesEnd);
    // `true` is none, and keeps its form.
    if (hidden !== value) masked += text.slice(from, start) + quote + hidden + quote;
    else masked += text.slice(from, end);
    from = end;
  }
  return masked + text.slice(from);
}
