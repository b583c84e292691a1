/**
 * Of two texts as much as fits, `most` signs of each: from where they differ, with some of what stands before it, unless the
 * beginning shows it. Both begin at the same place, so that they can be read against each other.
 */
export function partsThatDiffer(
  before: string,
  after: string,
  most: number,
): readonly [string, string] {
  const place = firstDifference(before, after);
  const lead = most >> 2;
  const isLong = Math.max(before.length, after.length) > most;
  const start = isLong && place > most - lead ? place - lead : 0;
  return [partOf(before, start, most), partOf(after, start, most)];
}

function firstDifference(one: string, other: string): number {
  const end = Math.min(one.length, other.length);
  for (let place = 0; place < end; place++) {
    if (one.charCodeAt(place) !== other.charCodeAt(place)) return place;
  }
  return end;
}

/** Not within a character of two halves. */
function partOf(text: string, start: number, most: number): string {
  const from = start === 0 ? text : `…${text.slice(start).replace(/^[\udc00-\udfff]/, '')}`;
  return from.length <= most ? from : `${from.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
