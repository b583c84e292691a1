import { findBase64Text } from './redaction/base64Json.ts';
import { maskMark } from './redaction/maskSecret.ts';
import { findNamedSecrets } from './redaction/namedSecrets.ts';
import { createNameJudge, type NameJudge } from './redaction/secretNames.ts';

/** More are not looked for: each costs a search in every text that is shown. */
const mostSecrets = 100;

/**
 * Collects the secrets that stand under a secret name anywhere in a record's text, so that they are hidden
 * where a tool echoes them in a sentence. Short and plain words are left out: they would blacken ordinary text.
 */
export function collectSecrets(text: string, names: NameJudge = createNameJudge()): string[] {
  const found = new Set<string>();
  for (const part of [text, ...decodedJson(text)]) {
    for (const { start, end } of findNamedSecrets(part, names)) {
      for (const secret of partsOf(part.slice(start, end))) {
        if (isTelling(secret)) found.add(secret);
        if (found.size >= mostSecrets) return [...found];
      }
    }
  }
  return [...found];
}

/** More words than these in what is shown, and reading the whole record once is cheaper. */
const mostWords = 64;

/**
 * The same for the few texts that are shown now: which of their words stand under a secret name elsewhere in
 * the record. `encoded` is where base64 may stand: looking for it everywhere would cost as much as parsing.
 */
export function secretsEchoedIn(
  shown: string,
  recordText: string,
  encoded = '',
  names: NameJudge = createNameJudge(),
): string[] {
  const words = new Set(shown.match(/[^\s,;"'()[\]{}，。；]{6,200}/g)?.flatMap(partsOf));
  const candidates = [...words].filter(isTelling);
  if (candidates.length === 0) return [];
  if (candidates.length > mostWords) return collectSecrets(recordText, names);
  // Where the record says the very same, it names nothing that isn't seen there.
  const itself = shown.length < 16 ? undefined : shown;
  const texts = [
    itself === undefined ? recordText : recordText.replaceAll(itself, ''),
    ...decodedJson(encoded),
  ];
  return candidates.filter((candidate) =>
    texts.some((text) => standsUnderSecretName(candidate, text, names)),
  );
}

/** What stands in base64, and in base64 within it. */
function decodedJson(text: string): string[] {
  const outer = findBase64Text(text);
  return [...outer, ...outer.flatMap(findBase64Text)];
}

function standsUnderSecretName(secret: string, text: string, names: NameJudge): boolean {
  let looks = 16;
  for (let at = text.indexOf(secret); at >= 0 && looks-- > 0; at = text.indexOf(secret, at + 1)) {
    const around = text.slice(Math.max(0, at - 160), at + secret.length + 8);
    const begin = at - Math.max(0, at - 160);
    const isNamed = findNamedSecrets(around, names).some(
      ({ start, end }) => start <= begin && begin < end,
    );
    if (isNamed) return true;
  }
  return false;
}

/** Without the scheme before it, and a joined key and secret also apart. */
function partsOf(value: string): string[] {
  const bare = value.replace(/^(?:bearer|basic|token|digest)\s+/i, '').replace(/[.:!?]+$/, '');
  const parts = bare.split(/[:=]/);
  return parts.length > 1 ? [bare, ...parts] : [bare];
}

function isTelling(secret: string): boolean {
  if (secret.length < 6 || secret.length > 4096 || secret.startsWith(maskMark)) return false;
  if (/\s/.test(secret.trim()) || secret.includes('{')) return false;
  return secret.length >= 16 || /[^a-z]/i.test(secret)
    ? !/^\d{1,7}$/.test(secret)
    : /[a-z][A-Z]/.test(secret);
}
