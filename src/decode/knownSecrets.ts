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

/** A shorter one is hardly more than the word itself. */
const shortestSentence = 16;
/** More words than these in what is shown, and reading the whole record once is cheaper. */
const mostWords = 64;

/**
 * The same for the few texts that are shown now: which of their words stand under a secret name elsewhere in the
 * record. `sentences` are those texts as the record has them. `encoded` is where base64 may stand: looking for it
 * everywhere would cost as much as parsing.
 */
export function secretsEchoedIn(
  shown: string,
  sentences: readonly string[],
  recordText: string,
  encoded: string,
  names: NameJudge,
): string[] {
  const candidates = tellingWords(shown);
  if (candidates.length === 0) return [];
  if (candidates.length > mostWords) return collectSecrets(recordText, names);
  const texts = [recordText, ...decodedJson(encoded)];
  return candidates.filter((candidate) =>
    texts.some((text) => standsUnderSecretName(candidate, text, sentences, names)),
  );
}

/** "Success" and the like, in most records. */
const plainSentence = /^[A-Z]?[a-z]{0,14}(?: [a-z]{1,14}){0,3}$/;

/** The words of a sentence that may be secrets. */
function tellingWords(sentence: string): readonly string[] {
  if (plainSentence.test(sentence)) return [];
  const telling = new Set<string>();
  for (const word of sentence.match(/[^\s,;"'()[\]{}，。；]{6,200}/g) ?? []) {
    for (const part of partsOf(word)) if (isTelling(part)) telling.add(part);
  }
  return [...telling];
}

/** What stands in base64, and in base64 within it. */
function decodedJson(text: string): string[] {
  const outer = findBase64Text(text);
  return [...outer, ...outer.flatMap(findBase64Text)];
}

/** Where the record says a sentence itself, it names nothing that isn't seen there. */
function standsUnderSecretName(
  secret: string,
  text: string,
  sentences: readonly string[],
  names: NameJudge,
): boolean {
  let looks = 16;
  for (let at = text.indexOf(secret); at >= 0 && looks > 0; at = text.indexOf(secret, at + 1)) {
    if (sentences.some((sentence) => isWithin(sentence, secret, text, at))) continue;
    looks--;
    const from = Math.max(0, at - 160);
    const around = text.slice(from, at + secret.length + 8);
    const isNamed = findNamedSecrets(around, names).some(
      ({ start, end }) => start <= at - from && at - from < end,
    );
    if (isNamed) return true;
  }
  return false;
}

/** Whether a word that stands at `at` in a text stands there as a part of the sentence. */
function isWithin(sentence: string, word: string, text: string, at: number): boolean {
  if (sentence.length < shortestSentence) return false;
  let offset = sentence.indexOf(word);
  while (offset >= 0 && !text.startsWith(sentence, at - offset)) {
    offset = sentence.indexOf(word, offset + 1);
  }
  return offset >= 0;
}

/** Without the scheme before it, and a joined key and secret also apart. */
function partsOf(value: string): string[] {
  let bare = /\s/.test(value) ? value.replace(/^(?:bearer|basic|token|digest)\s+/i, '') : value;
  if ('.:!?'.includes(bare.charAt(bare.length - 1))) bare = bare.replace(/[.:!?]+$/, '');
  const isJoined = bare.includes(':') || bare.includes('=');
  return isJoined ? [bare, ...bare.split(/[:=]/)] : [bare];
}

function isTelling(secret: string): boolean {
  if (secret.length < 6 || secret.length > 4096 || secret.startsWith(maskMark)) return false;
  if (/\s/.test(secret.trim()) || secret.includes('{')) return false;
  return secret.length >= 16 || /[^a-z]/i.test(secret)
    ? !/^\d{1,7}$/.test(secret)
    : /[a-z][A-Z]/.test(secret);
}
