/** How round corners are. */
const radius = 8;

/** What draws an arrow through its corners, each of them rounded as far as there is room. */
export function arrowPath(route: readonly number[]): string {
  const count = route.length / 2;
  const at = (index: number) => [route[2 * index] ?? 0, route[2 * index + 1] ?? 0] as const;
  if (count < 2) return '';
  let path = `M${point(at(0))}`;
  for (let index = 1; index < count - 1; index++) {
    const [before, corner, behind] = [at(index - 1), at(index), at(index + 1)];
    const into = towards(corner, before);
    const out = towards(corner, behind);
    path += `L${point(into)}Q${point(corner)} ${point(out)}`;
  }
  return `${path}L${point(at(count - 1))}`;
}

/** The same without round corners, for what is seen from afar. */
export function straightPath(route: readonly number[]): string {
  let path = '';
  for (let index = 0; index < route.length; index += 2) {
    path += `${index === 0 ? 'M' : 'L'}${String(route[index])} ${String(route[index + 1])}`;
  }
  return path;
}

/** The middle of an arrow, where its count stands. */
export function arrowMiddle(route: readonly number[]): readonly [x: number, y: number] {
  const lengths: number[] = [];
  for (let index = 0; index + 3 < route.length; index += 2) {
    const [x, y, nextX, nextY] = route.slice(index, index + 4);
    lengths.push(Math.hypot((nextX ?? 0) - (x ?? 0), (nextY ?? 0) - (y ?? 0)));
  }
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [index, length] of lengths.entries()) {
    if (left <= length && length > 0) {
      const [x = 0, y = 0, nextX = 0, nextY = 0] = route.slice(2 * index, 2 * index + 4);
      const share = left / length;
      return [Math.round(x + (nextX - x) * share), Math.round(y + (nextY - y) * share)];
    }
    left -= length;
  }
  return [route[0] ?? 0, route[1] ?? 0];
}

/**
 * Where the count of an arrow stands: beside its middle, right of what leads down and above what leads aside. On it, it would
 * hide a short one, and the way would have a gap.
 */
export function countPlace(route: readonly number[]): {
  readonly x: number;
  readonly y: number;
  readonly isBeside: boolean;
} {
  const [x, y] = arrowMiddle(route);
  for (let index = 0; index + 3 < route.length; index += 2) {
    const [fromX = 0, fromY = 0, toX = 0, toY = 0] = route.slice(index, index + 4);
    if (isBetween(x, fromX, toX) && isBetween(y, fromY, toY)) {
      return { x, y, isBeside: Math.abs(toY - fromY) >= Math.abs(toX - fromX) };
    }
  }
  return { x, y, isBeside: true };
}

/** The middle is told in whole pixels. */
function isBetween(at: number, one: number, other: number): boolean {
  return at >= Math.min(one, other) - 0.5 && at <= Math.max(one, other) + 0.5;
}

type Place = readonly [x: number, y: number];

function towards([x, y]: Place, [toX, toY]: Place): Place {
  const length = Math.hypot(toX - x, toY - y);
  if (length === 0) return [x, y];
  const share = Math.min(radius, length / 2) / length;
  return [round(x + (toX - x) * share), round(y + (toY - y) * share)];
}

const round = (value: number) => Math.round(value * 10) / 10;

const point = ([x, y]: Place) => `${String(x)} ${String(y)}`;
