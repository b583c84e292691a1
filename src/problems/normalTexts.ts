import { normalText } from './normalText.ts';

/** Texts that failed in the last days, and what is made of them: some megabytes. */
const mostTexts = 2_000;
/** What is longer holds a trace, and is rarely said twice. */
const longestText = 500;

/** Remembers what was made of texts: most fail again and again. */
export class NormalTexts {
  private readonly made = new Map<string, string>();

  of(text: string): string {
    const known = this.made.get(text);
    if (known !== undefined) return known;
    const made = normalText(text);
    if (text.length > longestText) return made;
    if (this.made.size >= mostTexts) this.made.clear();
    this.made.set(text, made);
    return made;
  }
}
