import { type Step, storyRecord } from './storyRecords.ts';

// The release of 2025 writes no entry for a node that failed at once: its id stands among what may follow, and nothing else.

const steps: readonly Step[] = [
  { id: 'node-start::1', name: 'Start' },
  { id: 'plugin::2', name: 'Read sheet', output: { rows: [1] } },
  { id: 'rpa::3', name: 'Enter rows', output: { count: 1 } },
  { id: 'node-end::4', name: 'End', output: { count: 1 } },
];

/** A run that came to its end. */
export function runWithoutGap(n: number): string {
  return storyRecord({ n, steps, answer: { count: 1 } });
}

/** A run that failed in `rpa::3`, of which there is no entry. */
export function runWithGap(n: number): string {
  return storyRecord({
    ...{ n, code: 21_300, message: 'RPA node request failed(Query task error: no such element)' },
    steps: steps.slice(0, 2).map((step, at) => (at === 1 ? { ...step, next: ['rpa::3'] } : step)),
  });
}
