import { encodedAnywhere, findBase64Text } from './redaction/base64Text.ts';
import { loginsIn } from './redaction/loginPair.ts';
import { findDisguised } from './redaction/disguisedNames.ts';
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
  const encoded = decodedJson(text);
  for (const secret of encoded.flatMap(loginsIn)) if (isTelling(secret)) found.add(secret);
  for (const part of [text, ...encoded]) {
    for (const { start, end } of [
      ...findNamedSecrets(part, names),
      ...findDisguised(part, names),
    ]) {
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
 * the record. `encoded` is where base64 often stands, and base64 in it. Elsewhere it is decoded only where a word is
 * seen in it: to look for all of it would cost as much as parsing.
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
  let inBase64: readonly string[] | undefined;
  return candidates.filter((candidate) => {
    if (texts.some((text) => standsUnderSecretName(candidate, text, names))) return true;
    if (!encodedAnywhere(candidate, recordText)) return false;
    inBase64 ??= decodedJson(recordText);
    return inBase64.some(
      (text) => loginsIn(text).includes(candidate) || standsUnderSecretName(candidate, text, names),
    );
  });
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
