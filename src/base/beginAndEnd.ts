/** A long text by its beginning and its end, where a traceback names what was raised. */
export function beginAndEnd(text: string, length: number): string {
  if (text.length <= length) return text;
  const half = Math.floor((length - 1) / 2);
  return `${text.slice(0, half)}…${text.slice(-half)}`;
}
