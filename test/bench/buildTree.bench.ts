/** What a run costs in a tree of 100,000, beside one in a tree of 10,000: linear work costs the same. */
import { buildTree } from '../../src/trace/buildTree.ts';
import { visibleRows } from '../../src/trace/visibleRows.ts';
import { manyRuns } from '../support/manyRuns.ts';
import { anExecution } from '../support/traceBuilders.ts';
import { timeOf } from './growth.ts';
import { heading, median, report } from './report.ts';

const few = 10_000;
const many = 100_000;
const rounds = 7;

heading('Building the tree of 100,000 runs and its rows');
for (const [name, runs] of manyRuns) {
  const small = treeOf(runs(few));
  const large = treeOf(runs(many));
  const ratios: number[] = [];
  const times: number[] = [];
  for (let round = -2; round < rounds; round++) {
    const before = timeOf(small, many / few);
    const time = timeOf(large, 1);
    if (round < 0) continue;
    ratios.push(time / before);
    times.push(time);
  }
  report(name, median(times), 'ms');
  // More than linear by what memory costs: 100,000 runs are in no cache.
  report('  a run, beside one of 10,000', median(ratios), '×', { atMost: 2.5 });
}

function treeOf(runs: ReturnType<(typeof manyRuns)[number][1]>): () => unknown {
  const execution = anExecution(runs);
  return () => visibleRows(buildTree(execution, null, []), new Set());
}
