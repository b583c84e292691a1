/** How wide signs are in the widest of the fonts that VS Code uses, at its usual size; what is not listed is as wide as `usual`. */
const usual = 8;
const widths: readonly (readonly [signs: RegExp, width: number])[] = [
  [/[fijlrt .,:;'|!()[\]]/, 4.8],
  [/[mwMW@%…—]/, 12.5],
  [/[A-Z&]/, 9],
  // Those of Chinese, Japanese and Korean, and full-width ones.
  [
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/,
    13,
  ],
  // Pictures.
  [/../, 13],
];

const widthOf = (sign: string): number => widths.find(([signs]) => signs.test(sign))?.[1] ?? usual;
const oneLine = (text: string): string => text.slice(0, 500).replaceAll(/\s+/g, ' ').trim();

/** How wide a short text is. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const sign of oneLine(text)) width += widthOf(sign);
  return (width * size) / 13;
}

/** A text as long as fits into a width, with an ellipsis where it is cut: SVG does not cut by itself. */
export function cutToWidth(text: string, width: number, size = 13): string {
  let left = (width * 13) / size;
  let cut = '';
  for (const sign of oneLine(text)) {
    const needs = widthOf(sign);
    if (left < needs) return `${cut.slice(0, -1)}…`;
    left -= needs;
    cut += sign;
  }
  return cut;
}

/** Signs behind which a line may end. */
const endsLine = /[ \-_/.,:;·、，。：；（）()\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff]/;
/** A word that takes less of a line is no reason to leave the rest of it empty. */
const leastOfLine = 0.4;

/** The same on up to two lines, where one has no room for it: between words, if they let much of the first be filled. Joined they are what is written. */
export function onLines(text: string, width: number, most: 1 | 2, size = 13): readonly string[] {
  const line = oneLine(text);
  const room = (width * 13) / size;
  let [taken, fits, end] = [0, '', ''];
  for (const sign of line) {
    taken += widthOf(sign);
    if (taken > room) break;
    fits += sign;
    if (endsLine.test(sign) && taken >= room * leastOfLine) end = fits;
  }
  if (fits.length === line.length) return [line];
  if (most === 1) return [cutToWidth(line, width, size)];
  // Before a blank, all that fits ends with a word.
  const isWord = line[fits.length] === ' ';
  const first = isWord ? `${fits} ` : end === '' ? fits : end;
  return [first, cutToWidth(line.slice(first.length), width, size)];
}
