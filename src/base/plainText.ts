import { withoutColours } from './colours.ts';

/**
 * Texts of records, flow files, files and settings as they may stand in VS Code's own surface. Whoever wrote
 * them must not get a link, an icon, a line or a direction out of it: they are shown as the text they are.
 */

/** VS Code cuts a notification there; whatever else is shown is shorter. */
const mostShown = 1_000;
/** A path or a sentence of an error; the rest of the sentence around it stays in sight. */
const mostInserted = 300;
/** Vietnamese and Hebrew put three on a letter; more of them cover the lines above and below. */
const mostMarks = 4;
/** The stack of an error; an entry of megabytes would be all that the log holds. */
const mostLogged = 10_000;

const wordJoiner = '\u2060';
const isolate = '\u2068';
const isolateEnd = '\u2069';

/** Line ends among them; U+0085 is one that `\s` leaves out, U+FEFF none that anybody sees. */
const blanks = /(?:(?!\ufeff)[\s\x85])+/g;
const lineEnd = /[\n\r\t\v\f\x85\u2028\u2029]/;
/**
 * What nobody sees: controls, signs of direction, fillers, private and lone ones. Kept are an isolated part,
 * a joiner that breaks a link or an icon, the joiners of emoji and of scripts that are joined, and selectors
 * of a form.
 */
const hidden = new RegExp(
  [
    `${isolate}(?<isolated>[^\\u2066-\\u2069]*)${isolateEnd}`,
    `(?<=[$\\]])${wordJoiner}(?=\\()`,
    String.raw`(?<=[\p{L}\p{M}\p{So}\p{Sk}])(?<![\x00-\x7f])[\u200c\u200d](?=[\p{L}\p{So}])(?![\x00-\x7f])`,
    String.raw`[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]`,
    String.raw`(?<sign>[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}])`,
  ].join('|'),
  'gu',
);
const manyMarks = new RegExp(`(\\p{M}{${String(mostMarks)}})\\p{M}+`, 'gu');
/** Hebrew, Arabic and what else runs from right to left: it turns the signs beside it around as well. */
const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** The text as VS Code may show it anywhere: one line, no link, no icon, nothing hidden. */
export function plainText(text: string, most = mostShown): string {
  // `](` and `$(` make links and icons; a backslash would be seen where they don't.
  return cut(visible(text, most).replaceAll(/(?<=[$\]])(?=\()/g, wordJoiner), most);
}

/** The same for a text that stands within a sentence: bounded by itself, and it can't turn the sentence around. */
export function insertedText(text: string): string {
  const shown = cut(visible(text, mostInserted), mostInserted);
  return rightToLeft.test(shown) ? `${isolate}${shown}${isolateEnd}` : shown;
}

/** A name in a line of a terminal: one line, nothing hidden, and what runs from right to left stays in its place. */
export function terminalText(text: string): string {
  const shown = markHidden(withoutColours(text).replaceAll(blanks, ' ')).trim();
  return rightToLeft.test(shown) ? `${isolate}${shown}${isolateEnd}` : shown;
}

/** A text of several lines where VS Code shows it as it stands: each line plain, and all of it within a bound. */
export function blockText(text: string, most = mostShown): string {
  const read = text.length > 8 * most ? text.slice(0, 8 * most) : text;
  const lines = withoutColours(read)
    .split(/\r\n|[\n\r\v\f\x85\u2028\u2029]/)
    .map((line) => markHidden(line.replaceAll('\t', '    ')).trimEnd());
  return cut(lines.join('\n').replaceAll(manyMarks, '$1').trim(), most);
}

/** The same for Markdown: entities are text, whatever the renderer makes of the sign itself. */
export function markdownText(text: string, most = mostShown): string {
  return cut(visible(text, most), most).replaceAll(
    /[!-/:-@[-`{-~]/g,
    (sign) => `&#${String(sign.charCodeAt(0))};`,
  );
}

/** The same for a line of a log: what follows its first line is indented, so that it looks like no other entry. */
export function logText(text: string): string {
  return withoutColours(cut(text, mostLogged))
    .split(/\r\n|[\n\r\v\f\x85\u2028\u2029]/)
    .map((line) => markHidden(line.replaceAll('\t', '    ')))
    .join('\n    ');
}

function visible(text: string, most: number): string {
  // A sign that is kept may be one of several that make one; a text of megabytes is not read for its beginning.
  const read = text.length > 8 * most ? text.slice(0, 8 * most) : text;
  const oneLine = withoutColours(read).replaceAll(blanks, (found) =>
    found.length === 1 && !lineEnd.test(found) ? found : ' ',
  );
  return markHidden(oneLine).replaceAll(manyMarks, '$1').trim();
}

/** Each sign that nobody sees as a mark, `‹U+202E›`; line ends are such signs. */
export function markHidden(text: string): string {
  return text.replaceAll(hidden, (found, ...rest) => {
    const { isolated, sign } = rest.at(-1) as Partial<Record<string, string>>;
    if (isolated !== undefined) return `${isolate}${markHidden(isolated)}${isolateEnd}`;
    if (sign === undefined) return found;
    const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `‹U+${code}›`;
  });
}

/** Never within a sign of two units or an isolated part. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - 2).replace(/[\ud800-\udbff]$/, '');
  const isOpen = kept.lastIndexOf(isolate) > kept.lastIndexOf(isolateEnd);
  return `${kept.trimEnd()}…${isOpen ? isolateEnd : ''}`;
}
