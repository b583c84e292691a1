/** Where a line stands in what is scrolled, in pixels from its top. */
export interface LineBand {
  readonly top: number;
  readonly bottom: number;
}

/** Beside each other lines may stand at other heights: a cut between two of them cuts neither. */
export function joinedBands(lines: readonly LineBand[]): LineBand[] {
  const bands: LineBand[] = [];
  for (const line of [...lines].sort((a, b) => a.top - b.top)) {
    const last = bands.at(-1);
    // Letters of one line may reach into the next by a pixel.
    if (last !== undefined && line.top < last.bottom - 2) {
      bands[bands.length - 1] = { top: last.top, bottom: Math.max(last.bottom, line.bottom) };
    } else bands.push(line);
  }
  return bands;
}

/** More than this part of the room is not left out to end with a whole line. */
const leastPart = 0.6;

/** The largest height within the room that cuts no line, or as few as can be. */
export function wholeLinesIn(room: number, lines: readonly LineBand[]): number {
  const cuts = (end: number) =>
    lines.filter(({ top, bottom }) => top + 2 < end && bottom - 1 > end).length;
  const ends = lines.map(({ bottom }) => Math.ceil(bottom + 1));
  const measured = (end: number) => ({ end, cut: cuts(end) });
  return ends
    .filter((end) => end < room && end >= room * leastPart)
    .map(measured)
    .reduce(
      (best, next) =>
        next.cut < best.cut || (next.cut === best.cut && next.end > best.end) ? next : best,
      measured(room),
    ).end;
}

/** Where it may be scrolled to so that it begins with a whole line. */
export function wholeLineBegins(bands: readonly LineBand[]): number[] {
  return [0, ...bands.map(({ top }) => Math.max(0, Math.floor(top - 1)))];
}

/** The one of them that is nearest. */
export function nearestBegin(top: number, begins: readonly number[]): number {
  const distance = (begin: number) => Math.abs(begin - top);
  return begins.reduce(
    (best, next) => (distance(next) < distance(best) ? next : best),
    begins[0] ?? top,
  );
}
