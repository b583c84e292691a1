import { findSecrets } from './findSecrets.ts';
import { isHidden } from './maskSecret.ts';
import { saidPlaces, type SaidPlaces } from './saidPlaces.ts';
import type { NameJudge } from './secretNames.ts';
import type { SecretSpan } from './secretSpan.ts';
import type { Work } from './work.ts';

/** How often a word is looked at in one text. */
const mostLooks = 16;
/** So far before a word its name may stand, and so far behind it what belongs to its notation or to the secret. */
const charsBefore = 160;
const charsBehind = 120;

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

  /** Whether a word stands anywhere but in the sentences. */
  standsOutside(word: string): boolean {
    const { text } = this;
    for (let at = text.indexOf(word); at >= 0;) {
      this.work.spend(word.length);
      const end = this.said.endOfSentence(at, at + word.length);
      if (end < 0) return true;
      at = text.indexOf(word, Math.max(at, end - word.length) + 1);
    }
    return false;
  }

  /** The value that a word stands in under a secret name somewhere; undefined where it stands under none. */
  namedValue(word: string): string | undefined {
    const { text } = this;
    const { length } = word;
    let from = 0;
    for (let looks = 0; looks < mostLooks;) {
      const at = text.indexOf(word, from);
      if (at < 0) return undefined;
      this.work.spend(length);
      const end = this.said.endOfSentence(at, at + length);
      from = end < 0 ? at + 1 : Math.max(at, end - length) + 1;
      if (end >= 0) continue;
      const value = this.valueAround(at, length);
      if (value !== undefined) return value;
      looks++;
    }
    return undefined;
  }

  private valueAround(at: number, length: number): string | undefined {
    this.looked += charsBefore + length + charsBehind;
    // Many looks take longer than to read all of it once.
    if (this.looked > this.text.length) return this.valueInAll(at);
    const from = Math.max(0, at - charsBefore);
    const around = this.text.slice(from, at + length + charsBehind);
    const place = at - from;
    const span = this.find(around).find(({ start, end }) => start <= place && place < end);
    return span === undefined ? undefined : around.slice(span.start, span.end);
  }

  private valueInAll(at: number): string | undefined {
    this.named ??= this.find(this.text);
    const span = lastUpTo(this.named, at);
    return span !== undefined && span.end > at ? this.text.slice(span.start, span.end) : undefined;
  }

  private find(text: string): SecretSpan[] {
    this.work.spend(text.length);
    return findSecrets(text, this.names, this.work).filter(({ start, end }) =>
      isHidden(text.slice(start, end)),
    );
  }
}

/** The last span that begins at a place or before it; the spans stand in order. */
function lastUpTo(spans: readonly SecretSpan[], at: number): SecretSpan | undefined {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle]?.start ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return spans[low - 1];
}
