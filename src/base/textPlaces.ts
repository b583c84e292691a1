/** The place itself within the bounds of a text, or the one before where it is within a sign of two units. */
export function wholeSign(text: string, at: number): number {
  if (at <= 0 || at >= text.length) return Math.max(0, Math.min(at, text.length));
  const isWithin = (text.charCodeAt(at) & 0xfc00) === 0xdc00;
  return isWithin && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 ? at - 1 : at;
}

/** How many lines end from a place on, before another. */
export function newlinesIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) {
    count++;
  }
  return count;
}
