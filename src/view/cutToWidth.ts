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

/** A text as long as fits into a width, with an ellipsis where it is cut: SVG does not cut by itself. */
export function cutToWidth(text: string, width: number, size = 13): string {
  let left = (width * 13) / size;
  let cut = '';
  const line = text.slice(0, 500).replaceAll(/\s+/g, ' ');
  for (const sign of line) {
    const needs = widths.find(([signs]) => signs.test(sign))?.[1] ?? usual;
    if (left < needs) return `${cut.slice(0, -1)}…`;
    left -= needs;
    cut += sign;
  }
  return cut;
}
