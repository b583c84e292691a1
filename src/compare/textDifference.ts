import { diffArrays, diffWordsWithSpace } from 'diff';
import { partsThatDiffer } from '../base/partsThatDiffer.ts';
import type { WrittenPart } from './writtenValue.ts';

/** A piece of a text: in both, or in one of them. */
export interface TextPart {
  readonly text: string;
  readonly differs: boolean;
}

/** A line of both sides; null: that side has none. */
export interface SideLine {
  readonly before: readonly TextPart[] | null;
  readonly after: readonly TextPart[] | null;
}

/** Of a value nobody reads more lines side by side; the editor of VS Code shows all. */
export const mostLines = 2_000;
/** Longer lines are compared as a whole: words of a megabyte take seconds. */
const longestLine = 5_000;
/** Of longer lines as much is shown, from where they differ: a page that is given a megabyte in one stands still. */
const longestShown = 20_000;
/** So many signs of both sides are shown. */
const mostSigns = 8_000_000;
/** The way of the fewest changes may be long; after that the lines are told as replaced. */
const timeoutMs = 200;
/**
 * Work on the words of all lines together: a sign that is parted from others, a step on the way of changes. What comes
 * behind that is told as replaced: ten long lines took two seconds.
 */
const mostWork = 4_000_000;
const workOfSign = 4;
const workBrokenOff = 1_000_000;

/** Two texts part by part, each line by line, and by words within lines that differ; words of Chinese as its readers see them. */
export function sideBySide(
  parts: readonly WrittenPart[],
  language: string,
): { readonly lines: readonly SideLine[]; readonly more: number } {
  const found = new ShownLines(new Words(language));
  for (const { before, after } of parts) found.addPart(before, after);
  return { lines: found.lines, more: found.more };
}

/** The first lines; those behind them are counted, not made. */
class ShownLines {
  readonly lines: SideLine[] = [];
  more = 0;
  private readonly words: Words;
  private signs = mostSigns;

  constructor(words: Words) {
    this.words = words;
  }

  addPart(old: readonly string[], now: readonly string[]): void {
    // What nobody sees is counted.
    const isPaired = old.length === 0 || now.length === 0 || this.isFull;
    const changes = isPaired ? undefined : diffArrays([...old], [...now], { timeout: timeoutMs });
    if (changes === undefined) this.addPaired(old, now);
    for (let index = 0; index < (changes?.length ?? 0); index++) {
      const change = changes?.[index];
      const next = changes?.[index + 1];
      if (change === undefined) break;
      if (change.removed && next?.added === true) {
        this.addPaired(change.value, next.value);
        index++;
      } else if (change.removed) this.addPaired(change.value, []);
      else if (change.added) this.addPaired([], change.value);
      else this.add(change.value.length, (place) => bothSides(change.value[place] ?? ''));
    }
  }

  private get isFull(): boolean {
    return this.lines.length >= mostLines || this.signs <= 0;
  }

  private add(count: number, lineAt: (place: number) => SideLine): void {
    const shown = Math.min(count, mostLines - this.lines.length);
    let place = 0;
    for (; place < shown && this.signs > 0; place++) {
      const line = lineAt(place);
      this.signs -= signsOf(line.before) + signsOf(line.after);
      this.lines.push(line);
    }
    this.more += count - place;
  }

  private addPaired(before: readonly string[], after: readonly string[]): void {
    this.add(Math.max(before.length, after.length), (place) => {
      const [old, now] = [before[place], after[place]];
      if (old !== undefined && now !== undefined) return this.words.line(old, now);
      return { before: alone(old), after: alone(now) };
    });
  }
}

function bothSides(text: string): SideLine {
  const parts = [{ text: beginningOf(text), differs: false }];
  return { before: parts, after: parts };
}

function signsOf(parts: readonly TextPart[] | null): number {
  return parts?.reduce((sum, { text }) => sum + text.length, 0) ?? 0;
}

function beginningOf(text: string): string {
  return partsThatDiffer(text, '', longestShown)[0];
}

/** A line that the other side has none for. */
function alone(text: string | undefined): readonly TextPart[] | null {
  return text === undefined ? null : whole(beginningOf(text));
}

function whole(text: string): readonly TextPart[] {
  return [{ text, differs: true }];
}

/** Compares lines by their words, as long as there is work left. */
class Words {
  private readonly segmenter: Intl.Segmenter;
  private work = mostWork;

  constructor(language: string) {
    this.segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  }

  line(before: string, after: string): SideLine {
    const changes = this.changes(before, after);
    if (changes === undefined) {
      const [old, now] = partsThatDiffer(before, after, longestShown);
      return { before: whole(old), after: whole(now) };
    }
    const side = (left: 'added' | 'removed') =>
      changes
        .filter((change) => !change[left])
        .map(({ value, added, removed }) => ({ text: value, differs: added || removed }));
    return { before: side('added'), after: side('removed') };
  }

  private changes(before: string, after: string) {
    if (before.length > longestLine || after.length > longestLine) return undefined;
    this.work -= workOfSign * (before.length + after.length);
    if (this.work <= 0) return undefined;
    // The steps are the square of what is added and removed.
    const maxEditLength = Math.floor(Math.sqrt(this.work));
    const changes = diffWordsWithSpace(before, after, {
      ...{ intlSegmenter: this.segmenter, timeout: timeoutMs, maxEditLength },
    });
    let edits = 0;
    for (const { added, removed, count } of changes ?? []) if (added || removed) edits += count;
    // What was broken off took as long as it may.
    this.work -= changes === undefined ? workBrokenOff : edits ** 2;
    return changes;
  }
}
