import { maskSecretValue } from './maskSecret.ts';
import { findNamedSecrets } from './namedSecrets.ts';
import type { SecretSpan } from './secretSpan.ts';
import { findInserted } from './sqlInsert.ts';
import { valuesBehind } from './valueBehind.ts';
import type { NameJudge } from './secretNames.ts';

/** Masks the values that stand behind a secret name. */
export function maskNamedText(text: string, names: NameJudge): string {
  const masked = maskSpans(text, findNamedSecrets(text, names));
  return maskSpans(masked, findInserted(masked, names));
}

/** Masks all texts in a list or object that stands under a secret name; names in it stay. */
export function maskGroup(text: string): string {
  const name = { text: '', start: 0, end: 0, quote: '"', inQuery: false };
  return maskSpans(text, valuesBehind(text, text.search(/\S/), name, '='));
}

function maskSpans(text: string, spans: readonly SecretSpan[]): string {
  if (spans.length === 0) return text;
  let masked = '';
  let from = 0;
  for (const { start, end, quote } of spans) {
    masked += text.slice(from, start) + quote + maskSecretValue(text.slice(start, end)) + quote;
    from = end;
  }
  return masked + text.slice(from);
}
