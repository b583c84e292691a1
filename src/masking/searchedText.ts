import { findNamedSecrets } from './namedSecrets.ts';
import { saidPlaces, type SaidPlaces } from './saidPlaces.ts';
import type { NameJudge } from './secretNames.ts';
import type { SecretSpan } from './secretSpan.ts';
import type { Work } from './work.ts';

/** How often a word is looked at in one text. */
const mostLooks = 16;
/** So far before a word its name may stand, and so far behind it what belongs to its notation. */
const charsBefore = 160;
const charsBehind = 8;

/** A text in which words are looked for that stand under a secret name. */
export class SearchedText {
  readonly text: string;
  private readonly said: SaidPlaces;
  private readonly names: NameJudge;
  private readonly work: Work;
  private looked = 0;
  private named: readonly SecretSpan[] | undefined;

  /** Where the text says one of the sentences itself, it names nothing that isn't seen there. */
  constructor(text: string, sentences: readonly string[], names: NameJudge, work: Work) {
    this.text = text;
    this.said = saidPlaces(text, sentences, work);
    this.names = names;
    this.work = work;
  }

  /** Whether a word stands under a secret name somewhere. */
  holdsNamed(word: string): boolean {
    const { text } = this;
    const { length } = word;
    let from = 0;
    for (let looks = 0; looks < mostLooks;) {
      const at = text.indexOf(word, from);
      if (at < 0) return false;
      this.work.spend(length);
      const end = this.said.endOfSentence(at, at + length);
      from = end < 0 ? at + 1 : Math.max(at, end - length) + 1;
      if (end >= 0) continue;
      if (this.isNamed(at, length)) return true;
      looks++;
    }
    return false;
  }

  private isNamed(at: number, length: number): boolean {
    this.looked += charsBefore + length + charsBehind;
    // Many looks take longer than to read all of it once.
    if (this.looked > this.text.length) return this.isNamedInAll(at);
    const from = Math.max(0, at - charsBefore);
    const around = this.text.slice(from, at + length + charsBehind);
    return this.find(around).some(({ start, end }) => start <= at - from && at - from < end);
  }

  private isNamedInAll(at: number): boolean {
    this.named ??= this.find(this.text);
    return lastUpTo(this.named, at) > at;
  }

  private find(text: string): SecretSpan[] {
    this.work.spend(text.length);
    return findNamedSecrets(text, this.names, this.work);
  }
}

/** Where the last span ends that begins at a place or before it; the spans stand in order. */
function lastUpTo(spans: readonly SecretSpan[], at: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle]?.start ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return spans[low - 1]?.end ?? -1;
}
