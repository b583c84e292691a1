import { FoldedPieces } from './foldedPieces.ts';
import { JoinedParts } from './joinedParts.ts';

/** A text in its normal form, and where each of its places is in the text it was made from. */
export interface FoldedText {
  readonly text: string;
  /** Whether anything was folded. */
  readonly isFolded: boolean;
  /** The same part of the text it was made from; what was left out at its ends stays outside. */
  original(start: number, end: number): { readonly start: number; readonly end: number };
  /** Whether something was folded so near to a part that it may be read in another way than in the text itself. */
  isFoldedNear(start: number, end: number): boolean;
}

/** What belongs to a name stands within so many characters before and behind it. */
const nearBefore = 300;
const nearBehind = 600;

/** What one can't see, and what only marks a letter: soft hyphens, joiners, directions, variants, accents. */
/** For classes of expressions. */
export const unseenClass =
  '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\u0300-\\u036f';
/** Letters with an accent, fullwidth ones, those of mathematics, and those of other alphabets that look like ours. */
const lookalikes: Readonly<Record<string, string>> = {
  ...{ а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ѕ: 's', ԁ: 'd', к: 'k' },
  ...{ А: 'A', Е: 'E', О: 'O', Р: 'P', С: 'C', Т: 'T', К: 'K', Ѕ: 'S', ο: 'o', ν: 'v' },
};
const otherLetters = `\\u00c0-\\u024f\\uff10-\\uff5a\\uff3f${Object.keys(lookalikes).join('')}`;
const mathLetter = '\\ud835[\\udc00-\\udfff]';
/** The escape of a letter, a digit, a sign or of what is beyond ASCII: a quote keeps its own, it has a part in the notation. */
const escape =
  '(?<!\\\\)\\\\+(?:u00(?:[4-7][\\da-f]|2[013-6a-f]|3[\\da-f])|u(?!00|d[89a-f])[\\da-f]{4}|x(?:[4-7][\\da-f]|2[013-6a-f]|3[\\da-f]))';
/** `%3D`, and `%2522` for a quote in an address in an address; `%E5%AF%86` is one letter. */
const percent =
  '%(?:25)*(?:2[01346a-f]|[34567][\\da-f])|%25(?:25)*(?=2[27])|%e[2-9](?:%[89ab][\\da-f]){2}';
/** `&amp;`, `&#61;` but for quotes. */
const entity =
  '&(?:amp;){0,8}(?:amp|lt|gt|nbsp|equals|colon|#(?!3[49];)\\d{2,5}|#x(?!2[27];)[\\da-f]{2,4});';
/** What colours a terminal; where a tool took the sign before it away, the rest of it. */
export const colourSource =
  '(?:\\x1b|\\x9b|(?<!\\\\)\\\\+(?:u001b|x1b|033|e(?=\\[)))\\[?[\\d;?]{0,20}[a-z]|\\[\\d{1,3}(?:;\\d{1,3}){0,5}m';
/** What makes a word bold or coloured in Markdown, HTML and consoles. */
const mark =
  '\\*\\*|~~|\\*[\\w\\u4e00-\\u9fff-]{2,40}\\*|</?(?:b|i|u|em|strong|code|span|font|mark|kbd|small|tt)(?:\\s[^<>]{0,80})?>|\\[/?(?:bold|italic|dim|red|green|yellow|blue|magenta|cyan|white|[biu])\\]';

/** A sign that is not what it looks like. */
export const oddSign = new RegExp(`[${unseenClass}${otherLetters}]|${mathLetter}`);
const foldable = [
  ...[`[${otherLetters}]`, mathLetter, colourSource, escape, percent, entity, mark, '=3d(?=\\S)'],
].join('|');
/** What none of them begins with: most places of a text are passed by it. */
const other = String.raw`[\w \t\n\r!"#$'()+,./:;>?@\]^\x60{|}-]`;
const needsFolding = new RegExp(`(?!${other})(?:[${unseenClass}]|${foldable})`, 'i');
const folding = new RegExp(`(?!${other})(?:[${unseenClass}]+|${foldable})`, 'gi');

/**
 * The normal form of a text: each letter and sign is itself, whatever escape it is written in, and marks and colours
 * are left out. So a name is found that is written in another way, and what stands between it and its value.
 */
export function foldText(text: string): FoldedText {
  if (!mayNeedFolding(text) || !needsFolding.test(text)) return unfolded(text);
  return rewritten(text, folding, letterOf);
}

/** The same text with each piece that a pattern finds written as `letterOf` says, and the map back. */
export function rewritten(
  text: string,
  pattern: RegExp,
  letterOf: (piece: string) => string,
): FoldedText {
  const pieces = new FoldedPieces();
  const parts = new JoinedParts();
  let length = 0;
  let shift = 0;
  let from = 0;
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const [piece] = found;
    const letter = letterOf(piece);
    parts.add(text.slice(from, found.index), letter);
    length += found.index - from + letter.length;
    from = found.index + piece.length;
    shift += piece.length - letter.length;
    pieces.add(length, shift, letter === '');
  }
  parts.add(text.slice(from));
  const original = (start: number, end: number) => ({
    start: start + pieces.shiftAt(start),
    end: end + pieces.shiftBefore(end),
  });
  const isFoldedNear = (start: number, end: number) =>
    pieces.upTo(end + nearBehind) > pieces.upTo(start - nearBefore);
  return { text: parts.joined(), isFolded: true, original, isFoldedNear };
}

/** A text that is its own form. */
export function unfolded(text: string): FoldedText {
  return {
    text,
    isFolded: false,
    original: (start, end) => ({ start, end }),
    isFoldedNear: () => false,
  };
}

/** Most texts are plain: to see that costs next to nothing. */
function mayNeedFolding(text: string): boolean {
  if (text.length < long) return beyondPlain.test(text);
  // Sign by sign is a tenth of what an expression takes, which looks at each place.
  if (Buffer.byteLength(text) !== text.length) return true;
  if (signsBeyondPlain.some((sign) => text.includes(sign))) return true;
  return text.includes('[') && /\[[\da-z/]/.test(text);
}

function letterOf(piece: string): string {
  if (piece.startsWith('%')) return letterOfPercent(piece);
  if (piece.startsWith('&')) return letterOfEntity(piece);
  if (piece.startsWith('=')) return '=';
  if (/^\*[^*]/.test(piece)) return piece.slice(1, -1);
  if (/^(?:[\x1b\x9b[*~<]|\\+(?:u001b|x1b|033|e\[))/i.test(piece)) return '';
  if (piece.startsWith('\\')) {
    return String.fromCharCode(Number.parseInt(piece.replace(/^\\+[ux]/i, ''), 16));
  }
  return lookalikes[piece] ?? plainLetter(piece);
}

/** Of single signs, of which an alphabet has some hundred: a text may have millions of each. */
const plainLetters = new Map<string, string>();

function plainLetter(piece: string): string {
  const known = plainLetters.get(piece);
  if (known !== undefined) return known;
  const letter = piece.normalize('NFKD').replace(unseenSigns, '');
  if (piece.length === 1) plainLetters.set(piece, letter);
  return letter;
}

function letterOfPercent(piece: string): string {
  if (/^%e/i.test(piece)) {
    const bytes = piece.split('%').slice(1);
    return Buffer.from(bytes.join(''), 'hex').toString('utf8');
  }
  const code = piece.replace(/^%(?:25)*/, '');
  return code === '' ? '%' : String.fromCharCode(Number.parseInt(code, 16));
}

const entities: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', nbsp: ' ', equals: '=', colon: ':' },
};

function letterOfEntity(piece: string): string {
  const name = piece
    .replace(/^&(?:amp;)*/i, '')
    .slice(0, -1)
    .toLowerCase();
  if (name === '') return '&';
  if (name.startsWith('#x')) return String.fromCharCode(Number.parseInt(name.slice(2), 16));
  if (name.startsWith('#')) return String.fromCharCode(Number(name.slice(1)));
  return entities[name] ?? piece;
}

/** From here on that is faster. */
const long = 1_000;
/** Each of them has the text looked at more closely; of brackets before a letter or a number there are many. */
const signsBeyondPlain = ['\\', '%', '&', '<', '\x1b', '~~', '*', '=3'];
const beyondPlain = /[^\x00-\x7f]|[\\%&<\x1b]|\*[*\w\u4e00-\u9fff]|~~|\[\d|\[[a-z/]|=3[dD]/;
const unseenSigns = new RegExp(`[${unseenClass}]`, 'g');
