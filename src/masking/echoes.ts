import { maskSecret } from './maskSecret.ts';
import { plainForm } from './plainForm.ts';
import { placesOf } from './placesOf.ts';
import type { Work } from './work.ts';

/** The longest first: one secret may be a part of another. */
export function longestFirst(known: readonly string[]): readonly string[] {
  return known.map((secret) => plainForm(secret).text).sort((a, b) => b.length - a.length);
}

/** Hides what repeats a secret, in whatever escapes: both are compared without any. The longest come first. */
export function withoutEchoes(text: string, secrets: readonly string[], work: Work): string {
  if (secrets.length === 0) return text;
  const plain = plainForm(text);
  const found: { readonly start: number; readonly end: number; readonly secret: string }[] = [];
  for (const secret of secrets) {
    for (const start of placesOf(secret, plain.text, work)) {
      found.push({ start, end: start + secret.length, secret });
    }
  }
  if (found.length === 0) return text;
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const parts: string[] = [];
  let from = 0;
  let done = 0;
  for (const { start, end, secret } of found) {
    if (start < done) continue;
    const place = plain.original(start, end);
    parts.push(text.slice(from, place.start), maskSecret(secret));
    from = place.end;
    done = end;
  }
  return parts.join('') + text.slice(from);
}
