/** Of the fonts that VS Code uses, at its usual size: a wide sign takes about twice as much as a narrow one. */
const narrow = 6.9;
const wide = 13;

/** Signs that take the room of two: those of Chinese, Japanese and Korean, and full-width ones. */
const wideSigns =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/** A text as long as fits into a width, with an ellipsis where it is cut: SVG does not cut by itself. */
export function cutToWidth(text: string, width: number, size = 13): string {
  let left = (width * 13) / size;
  let cut = '';
  const line = text.slice(0, 500).replaceAll(/\s+/g, ' ');
  for (const sign of line) {
    const needs = wideSigns.test(sign) || sign.length > 1 ? wide : narrow;
    if (left < needs) return `${cut.slice(0, -1)}…`;
    left -= needs;
    cut += sign;
  }
  return cut;
}
