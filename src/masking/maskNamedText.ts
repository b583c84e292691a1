import { longestFirst, withoutEchoes } from './echoes.ts';
import { findSecrets } from './findSecrets.ts';
import { maskSecretValue } from './maskSecret.ts';
import { plainForm } from './plainForm.ts';
import type { NameJudge } from './secretNames.ts';
import type { SecretSpan } from './secretSpan.ts';
import { isTelling, partsOf } from './tellingSecret.ts';
import { valuesBehind } from './valueBehind.ts';
import type { Work } from './work.ts';

/**
 * Masks the values that stand behind a secret name, below it in a table, or where a call takes them; and the same values
 * wherever else the text says them.
 */
export function maskNamedText(text: string, names: NameJudge, work: Work): string {
  const spans = findSecrets(text, names, work);
  if (spans.length === 0) return text;
  const masked = maskSpans(text, spans);
  return masked === text ? text : withoutEchoes(masked, valuesAt(spans, text), work);
}

/** Each costs a search in all of the text; one with more is a list of secrets, in which each stands once. */
const mostEchoed = 200;

/** The secrets at these places that are told from words; the longest first. */
function valuesAt(spans: readonly SecretSpan[], text: string): readonly string[] {
  const values = new Set<string>();
  for (const { start, end } of spans) {
    const value = text.slice(start, end);
    if (maskSecretValue(value) === value) continue;
    for (const part of partsOf(plainForm(value).text)) if (isTelling(part)) values.add(part);
    if (values.size >= mostEchoed) break;
  }
  return longestFirst([...values]);
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
  for (const { start, end, quote = '', hidesEnd } of spans) {
    const value = text.slice(start, end);
    const hidden = maskSecretValue(value, hidesEnd);
    // `true` is none, and keeps its form.
    if (hidden !== value) masked += text.slice(from, start) + quote + hidden + quote;
    else masked += text.slice(from, end);
    from = end;
  }
  return masked + text.slice(from);
}
