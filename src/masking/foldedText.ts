/** A text in which each letter is itself, and where each of its places is in the text it was made from. */
export interface FoldedText {
  readonly text: string;
  /** Whether anything was folded. */
  readonly isFolded: boolean;
  /** The place in the text it was made from; ask for rising places only. */
  original(at: number): number;
}

/** What one can't see, and what only marks a letter: soft hyphens, joiners, directions, variants, accents. */
const unseen =
  '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\u0300-\\u036f';
/** Letters with an accent, fullwidth ones, those of mathematics, and those of other alphabets that look like ours. */
const lookalikes: Readonly<Record<string, string>> = {
  ...{ а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ѕ: 's', ԁ: 'd', к: 'k' },
  ...{ А: 'A', Е: 'E', О: 'O', Р: 'P', С: 'C', Т: 'T', К: 'K', Ѕ: 'S', ο: 'o', ν: 'v' },
};
const otherLetters = `\\u00c0-\\u024f\\uff10-\\uff5a\\uff3f${Object.keys(lookalikes).join('')}`;
const mathLetter = '\\ud835[\\udc00-\\udfff]';
/** The escape of a letter, a digit or of what is beyond ASCII: a quote keeps its own, it has a part in the notation. */
const escape =
  '(?<!\\\\)\\\\+(?:u00[4-7][\\da-f]|u003\\d|u005f|u002d|u(?!00|d[89a-f])[\\da-f]{4}|x[4-7][\\da-f]|x3\\d)';
/** `%2522` is a quote in an address in an address. */
const percentTwice = '%25(?:25)*(?=[2-7][\\da-f])';

/** A sign that is not what it looks like. */
export const oddSign = new RegExp(`[${unseen}${otherLetters}]|${mathLetter}`);
const foldable = `[${otherLetters}]|${mathLetter}|${escape}|${percentTwice}`;
const needsFolding = new RegExp(`[${unseen}]|${foldable}`, 'i');
const folding = new RegExp(`[${unseen}]+|${foldable}`, 'gi');
/** Writes each letter as itself, so that a name is found that is written in another way. */
export function foldText(text: string): FoldedText {
  if (!mayNeedFolding(text) || !needsFolding.test(text))
    return { text, isFolded: false, original: (at) => at };
  const places: { readonly at: number; readonly shift: number }[] = [];
  let shift = 0;
  let folded = '';
  let from = 0;
  folding.lastIndex = 0;
  for (let found = folding.exec(text); found !== null; found = folding.exec(text)) {
    const [piece] = found;
    const letter = letterOf(piece);
    folded += text.slice(from, found.index) + letter;
    from = found.index + piece.length;
    shift += piece.length - letter.length;
    places.push({ at: folded.length, shift });
  }
  return { text: folded + text.slice(from), isFolded: true, original: placer(places) };
}

/** Most texts are plain: to see that costs next to nothing. */
function mayNeedFolding(text: string): boolean {
  return beyondAscii.test(text) || text.includes('\\') || text.includes('%25');
}

function placer(
  places: readonly { readonly at: number; readonly shift: number }[],
): (at: number) => number {
  let next = 0;
  let shift = 0;
  return (at) => {
    for (let place = places[next]; place !== undefined && place.at <= at; place = places[++next]) {
      shift = place.shift;
    }
    return at + shift;
  };
}

function letterOf(piece: string): string {
  if (piece.startsWith('%')) return '%';
  if (piece.startsWith('\\')) {
    return String.fromCharCode(Number.parseInt(piece.replace(/^\\+[ux]/i, ''), 16));
  }
  return lookalikes[piece] ?? piece.normalize('NFKD').replace(unseenSigns, '');
}

const beyondAscii = /[^\x00-\x7f]/;
const unseenSigns = new RegExp(`[${unseen}]`, 'g');
