import type { NodeRun } from '../../src/trace/execution.ts';
import { aRun } from './traceBuilders.ts';

const indexesTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Runs in the shapes that trees are built from, in any number; the last two are what no service writes. */
export const manyRuns: readonly (readonly [name: string, runs: (count: number) => NodeRun[]])[] = [
  ['in one body', oneBody],
  ['one in the other', nested],
  ['of one container', rounds],
  ['in a circle', circle],
];

function oneBody(count: number): NodeRun[] {
  const nodeId = (index: number) => {
    if (index === 0) return 'iteration-node-start::0';
    return index === count - 1 ? 'iteration::1' : `a::${index}`;
  };
  return indexesTo(count).map((index) =>
    aRun(`n${index}`, {
      nodeId: nodeId(index),
      next: index < count - 2 ? [`n${index + 1}`] : [],
      beginMs: index,
    }),
  );
}

function nested(count: number): NodeRun[] {
  return indexesTo(count).map((index) =>
    aRun(`n${index}`, {
      nodeId: `iteration::${index}`,
      iterationParent: `iteration::${index + 1}`,
    }),
  );
}

function rounds(count: number): NodeRun[] {
  return indexesTo(count).map((index) =>
    aRun(`n${index}`, {
      nodeId: `iteration::${index % 2}`,
      iterationParent: index % 2 === 0 ? 'iteration::1' : null,
    }),
  );
}

function circle(count: number): NodeRun[] {
  return indexesTo(count).map((index) =>
    aRun(`n${index}`, {
      next: [`n${(index * 7 + 1) % count}`],
      iterationParent: `n${(index + 1) % count}::1`,
    }),
  );
}
