import { numberAt } from '../../base/numberAt.ts';
import type { LocalEdge } from './boxes.ts';

/**
 * In which row each box stands: behind all that lead to it. An arrow that leads back, as those of loops do, moves
 * nothing.
 */
export function ranksOf(count: number, edges: readonly LocalEdge[]): readonly number[] {
  const next: number[][] = Array.from({ length: count }, () => []);
  for (const { source, target } of edges) next[source]?.push(target);
  const order = finished(next).reverse();
  const position: number[] = [];
  for (const [at, index] of order.entries()) position[index] = at;
  const ranks = new Array<number>(count).fill(0);
  for (const index of order) {
    for (const target of next[index] ?? []) {
      // Who was met before leads here: the arrow goes back.
      if (numberAt(position, target) <= numberAt(position, index)) continue;
      ranks[target] = Math.max(numberAt(ranks, target), numberAt(ranks, index) + 1);
    }
  }
  return ranks;
}

/** Boxes in the order in which all that they lead to was seen. A list of what is open instead of recursion. */
function finished(next: readonly (readonly number[])[]): number[] {
  const done: number[] = [];
  const seen = new Set<number>();
  for (const first of beginnings(next)) {
    const open: { readonly index: number; at: number }[] = [];
    const enter = (index: number) => {
      if (seen.has(index)) return;
      seen.add(index);
      open.push({ index, at: 0 });
    };
    enter(first);
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      const target = next[last.index]?.[last.at++];
      if (target !== undefined) enter(target);
      else {
        open.pop();
        done.push(last.index);
      }
    }
  }
  return done;
}

/** What nothing leads to first: a circle is entered where the flow enters it. */
function beginnings(next: readonly (readonly number[])[]): number[] {
  const entered = new Set(next.flat());
  const all = [...next.keys()];
  return [
    ...all.filter((index) => !entered.has(index)),
    ...all.filter((index) => entered.has(index)),
  ];
}
