import { report } from './report.ts';

const rounds = 7;
/** Shorter than this, the clock and the collector of garbage are what is measured. */
const leastMs = 20;
/** What is linear doubles; what goes back over its input for each part of it takes four times as long. */
const aim = { atMost: 2.5 };

/**
 * Reports how much longer work on twice as much takes, alternated in one run, and the milliseconds of it.
 * `workOn` prepares the work on so much, outside of the time.
 */
export function reportGrowth(
  name: string,
  size: number,
  workOn: (size: number) => () => unknown,
): void {
  const work = workOn(size);
  const doubleWork = workOn(2 * size);
  // The first times are the compiler's; those after say how often the work has to be done.
  const firstMs = Math.min(timeOf(work, 1), timeOf(work, 1), timeOf(work, 1));
  const times = Math.max(1, Math.ceil(leastMs / Math.max(firstMs, 0.001)));
  const singles: number[] = [];
  const doubles: number[] = [];
  for (let round = 0; round < rounds; round++) {
    singles.push(timeOf(work, times));
    doubles.push(timeOf(doubleWork, times));
  }
  // The quickest of each: those had the machine most to themselves.
  const quickest = Math.min(...doubles);
  report(name, quickest / times, 'ms');
  report('  beside half as much', quickest / Math.min(...singles), '×', aim);
}

/** Milliseconds that doing the work so often takes. */
export function timeOf(work: () => unknown, times: number): number {
  const begin = performance.now();
  for (let time = 0; time < times; time++) work();
  return performance.now() - begin;
}
