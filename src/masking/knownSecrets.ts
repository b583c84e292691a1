import { inOneGo, type Steps } from '../base/steps.ts';
import { encodedAnywhere, findBase64Text } from './base64Text.ts';
import { findSecretsInSteps } from './findSecrets.ts';
import { mayBeginJson } from './jsonInBase64.ts';
import { loginsIn } from './loginPair.ts';
import { isHidden } from './maskSecret.ts';
import { areOnlySaid } from './onlySaid.ts';
import { plainForm } from './plainForm.ts';
import { SearchedText } from './searchedText.ts';
import { looksMixed } from './secretSpan.ts';
import type { NameJudge } from './secretNames.ts';
import { isTelling, partsOf } from './tellingSecret.ts';
import type { SeenWords } from './seenWords.ts';
import { createWork, TooCostly } from './work.ts';

/** Each costs a search in every text that is shown; of a record with more, no sentence is shown. */
const mostSecrets = 500;

/**
 * Collects the secrets that stand under a secret name anywhere in a text, so that they are hidden
 * where a tool echoes them in a sentence. Short and plain words are left out: they would blacken ordinary text.
 * Throws `TooCostly`, as what follows does too.
 */
export function collectSecrets(text: string, names: NameJudge): readonly string[] {
  return inOneGo(gatherSecrets([text], names));
}

/** The same for a text in pieces, none of which says something of another; with pauses between them, and in large ones. */
export function* gatherSecrets(
  pieces: Iterable<string>,
  names: NameJudge,
): Steps<readonly string[]> {
  const found = new Set<string>();
  let isFirst = true;
  for (const piece of pieces) {
    if (!isFirst) yield;
    isFirst = false;
    yield* addSecretsIn(piece, names, (secret) => {
      if (isTelling(secret)) found.add(secret);
      if (found.size > mostSecrets) throw new TooCostly();
    });
  }
  return [...found];
}

function* addSecretsIn(text: string, names: NameJudge, add: (secret: string) => void): Steps<void> {
  const encoded = yield* decodedTexts(text);
  const work = createWork(text.length);
  for (const inner of encoded) loginsIn(inner).forEach(add);
  for (const part of [text, ...encoded]) {
    for (const { start, end } of yield* findSecretsInSteps(part, names, work)) {
      const value = part.slice(start, end);
      if (isHidden(value)) partsOf(plainForm(value).text).forEach(add);
    }
  }
}

/** A record in which secrets are looked for. */
export interface SearchedRecord {
  /** Its text; asked for only where something may be found. */
  readonly around: string;
  /** The same as UTF-8, where it is at hand and was not decoded. */
  readonly bytesAround?: Uint8Array;
  /** What was looked for in them before. */
  readonly seenWords?: SeenWords | undefined;
}

/** More words or sentences than these in what is shown, and reading the whole record once is cheaper. */
const mostWords = 64;

/**
 * The same for the few texts that are shown now: which of their words stand under a secret name elsewhere in the
 * record. `sentences` are those texts as the record has them. `encoded` is where base64 often stands, and base64 in
 * it. Elsewhere it is decoded only where a word is seen in it: to look for all of it would cost as much as parsing.
 */
export function secretsEchoedIn(
  shown: string,
  sentences: readonly string[],
  record: SearchedRecord,
  encoded: () => string,
  names: NameJudge,
): readonly string[] {
  const candidates = tellingWords(shown);
  if (candidates.length === 0) return [];
  const inEncoded = decodedJson(encoded());
  const isFew = candidates.length <= mostWords && inEncoded.length === 0;
  const { bytesAround: bytes, seenWords: seen } = record;
  if (bytes !== undefined && isFew && areOnlySaid(candidates, sentences, bytes, names, seen))
    return [];
  const recordText = record.around;
  if (Math.max(candidates.length, sentences.length) > mostWords)
    return collectSecrets(recordText, names);
  const work = createWork(recordText.length);
  const toSearch = (text: string) => new SearchedText(text, sentences, names, work);
  const texts = [recordText, ...inEncoded].map(toSearch);
  let inBase64: readonly SearchedText[] | undefined;
  let holdsJson: boolean | undefined;
  const mayHoldJson = () => (holdsJson ??= mayBeginJson(recordText));
  const found = candidates.flatMap((candidate) => {
    const named = namedIn(texts, candidate);
    if (named.length > 0) return named;
    const isSought = looksMixed(candidate) || mayHoldJson();
    if (!isSought || !encodedAnywhere(candidate, recordText)) return [];
    inBase64 ??= decodedJson(recordText).map(toSearch);
    if (inBase64.some(({ text }) => loginsIn(text).includes(candidate))) return [candidate];
    return namedIn(inBase64, candidate);
  });
  return [...new Set(found)];
}

/** The secret that a word is, or is a part of: its signs may part it into words. */
function namedIn(texts: readonly SearchedText[], word: string): readonly string[] {
  for (const text of texts) {
    const value = text.namedValue(word);
    if (value !== undefined) return [...partsOf(plainForm(value).text), word].filter(isTelling);
  }
  return [];
}

/** "Success" and the like, in most records. */
const plainSentence = /^[A-Z]?[a-z]{0,14}(?: [a-z]{1,14}){0,3}$/;

/** Whether a sentence has no word that may be a secret: seen at a glance, so that only yes is sure. */
export function saysNoSecret(sentence: string): boolean {
  return plainSentence.test(sentence);
}

/** The words of a sentence that may be secrets. */
function tellingWords(sentence: string): readonly string[] {
  if (saysNoSecret(sentence)) return [];
  const telling = new Set<string>();
  const plain = plainForm(sentence);
  for (const text of plain.isFolded ? [sentence, plain.text] : [sentence]) {
    for (const word of text.match(/[^\s,;"'()[\]{}，。；]{6,200}/g) ?? []) {
      for (const part of partsOf(word)) if (isTelling(part)) telling.add(part);
      // Most words of a sentence have no digit, and then no parts that tell.
      if (/\d/.test(word)) for (const part of partsWithin(word)) telling.add(part);
    }
    for (const word of mayHaveSigns.test(text) ? wordsWithSigns(text) : []) {
      for (const part of longestParts(word, shortestBeside)) telling.add(part);
    }
  }
  return [...telling];
}

/** What stands in a word where other letters (输入了…失败), the signs of a path or those of an element end it. */
function partsWithin(word: string): readonly string[] {
  const parts = longestParts(word, shortestAlone);
  if (!hasPieces.test(word)) return parts;
  const pieces = word.split(betweenPieces).filter((piece) => /\d/.test(piece));
  return [...parts, ...pieces.flatMap(partsOf).filter(isTelling)];
}

const hasPieces = /[^\x21-\x7e]|[/\\<>|?&]/;
const betweenPieces = /[^\x21-\x7e]+|[/\\<>|?&]+/;

const mayHaveSigns = /\w[,;"'()[\]{}<>&|\\]{1,3}[\w!@#$%^*]/;
/** A word with signs in it that else part words. */
const withSigns =
  /[\w!@#$%^*+=~?.:/-]{2,80}(?:[,;"'()[\]{}<>&|\\]{1,3}[\w!@#$%^*+=~?.:/-]{1,80}){1,8}/y;
/** Its first sign, beside what is a part of the word. */
const firstSign = /[\w!@#$%^*+=~?.:/-][,;"'()[\]{}<>&|\\]{1,3}(?=[\w!@#$%^*+=~?.:/-])/g;
const inWord = /[\w!@#$%^*+=~?.:/-]/;
const longestPart = 80;

/** From each sign back to where its word begins: what is long without one, as a picture is, is passed. */
function wordsWithSigns(text: string): readonly string[] {
  const words: string[] = [];
  firstSign.lastIndex = 0;
  let done = 0;
  for (let found = firstSign.exec(text); found !== null; found = firstSign.exec(text)) {
    const least = Math.max(done, found.index + 1 - longestPart);
    let start = found.index;
    while (start > least && inWord.test(text.charAt(start - 1))) start--;
    withSigns.lastIndex = start;
    const [word] = withSigns.exec(text) ?? [];
    if (word === undefined) continue;
    words.push(word);
    done = withSigns.lastIndex;
    firstSign.lastIndex = done;
  }
  return words;
}

/** Of a secret with signs in it the parts by which it is found; an escape may be the beginning of one. */
function longestParts(word: string, shortest: number): readonly string[] {
  return word
    .split(/[^A-Za-z\d]+/)
    .filter((part) => part.length >= shortest && /\d/.test(part) && /[a-z]/i.test(part))
    .sort((a, b) => b.length - a.length)
    .slice(0, mostParts);
}

const mostParts = 3;
/** A part of a word with a sign that else parts words is looked for though it is short; ids have parts as well. */
const shortestBeside = 4;
const shortestAlone = 6;

/** What stands in base64, and in base64 within it. */
function* decodedTexts(text: string): Steps<string[]> {
  const outer = yield* findBase64Text(text);
  const all = [...outer];
  for (const inner of outer) {
    // Not by spreading: there may be more of them than a call has room for.
    for (const further of yield* findBase64Text(inner)) all.push(further);
  }
  return all;
}

function decodedJson(text: string): string[] {
  return inOneGo(decodedTexts(text));
}
