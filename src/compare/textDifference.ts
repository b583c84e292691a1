import { diffArrays, diffWordsWithSpace } from 'diff';

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
/** The way of the fewest changes may be long; after that the lines are told as replaced. */
const timeoutMs = 200;

/** Two texts line by line, and by words within lines that differ; words of Chinese as its readers see them. */
export function sideBySide(
  before: string,
  after: string,
  language: string,
): { readonly lines: readonly SideLine[]; readonly more: number } {
  const [old, now] = [before, after].map((text) => (text === '' ? [] : text.split('\n')));
  const all = linesOf(old ?? [], now ?? [], new Intl.Segmenter(language, { granularity: 'word' }));
  return { lines: all.slice(0, mostLines), more: Math.max(0, all.length - mostLines) };
}

function linesOf(
  before: readonly string[],
  after: readonly string[],
  segmenter: Intl.Segmenter,
): readonly SideLine[] {
  const changes = diffArrays([...before], [...after], { timeout: timeoutMs });
  if (changes === undefined) return paired(before, after, segmenter);
  const lines: SideLine[] = [];
  for (let index = 0; index < changes.length; index++) {
    const change = changes[index];
    const next = changes[index + 1];
    if (change === undefined) break;
    if (change.removed && next?.added === true) {
      lines.push(...paired(change.value, next.value, segmenter));
      index++;
    } else if (change.removed) lines.push(...paired(change.value, [], segmenter));
    else if (change.added) lines.push(...paired([], change.value, segmenter));
    else lines.push(...change.value.map((text) => bothSides(text)));
  }
  return lines;
}

function bothSides(text: string): SideLine {
  const parts = [{ text, differs: false }];
  return { before: parts, after: parts };
}

function paired(
  before: readonly string[],
  after: readonly string[],
  segmenter: Intl.Segmenter,
): SideLine[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => {
    const [old, now] = [before[index], after[index]];
    if (old !== undefined && now !== undefined) return words(old, now, segmenter);
    const whole = (text: string | undefined) =>
      text === undefined ? null : [{ text, differs: true }];
    return { before: whole(old), after: whole(now) };
  });
}

function words(before: string, after: string, intlSegmenter: Intl.Segmenter): SideLine {
  const isShort = before.length <= longestLine && after.length <= longestLine;
  const changes = isShort
    ? diffWordsWithSpace(before, after, { intlSegmenter, timeout: timeoutMs })
    : undefined;
  if (changes === undefined) {
    const whole = (text: string) => [{ text, differs: true }];
    return { before: whole(before), after: whole(after) };
  }
  const side = (left: 'added' | 'removed') =>
    changes
      .filter((change) => !change[left])
      .map(({ value, added, removed }) => ({ text: value, differs: added || removed }));
  return { before: side('added'), after: side('removed') };
}
