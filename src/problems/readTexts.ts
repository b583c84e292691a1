import type { CauseId } from '../diagnosis/causes.ts';
import { normalText } from './normalText.ts';
import type { Reading } from './signature.ts';

/** Texts that failed in the last days, and what is made of them: some megabytes. */
const mostTexts = 2_000;
/** What is longer holds a trace, and is rarely said twice. */
const longestText = 500;

/** Remembers what was made of texts: most fail again and again. */
export class ReadTexts implements Reading {
  private readonly made = new Map<string, string>();
  private readonly told = new Map<string, CauseId | null>();
  private readonly find: Reading['causeOf'];

  /** By what texts tell a cause: the patterns of causes are where they are needed anyway. */
  constructor(find: Reading['causeOf']) {
    this.find = find;
  }

  readonly normal = (text: string): string => {
    if (text.length > longestText) return normalText(text);
    return kept(this.made, text, normalText);
  };

  readonly causeOf = (texts: readonly string[]): CauseId | null =>
    kept(this.told, texts.join('\0'), () => this.find(texts));
}

function kept<T>(known: Map<string, T>, text: string, make: (text: string) => T): T {
  const before = known.get(text);
  if (before !== undefined) return before;
  const made = make(text);
  if (known.size >= mostTexts) known.clear();
  known.set(text, made);
  return made;
}
