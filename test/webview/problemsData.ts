import type {
  OwnPast,
  ProblemRow,
  ProblemsAnswer,
  ProblemsQuery,
} from '../../src/protocol/problems.ts';
import type { ProblemState } from '../../src/problems/problemState.ts';

/** Local time, so that texts are the same wherever the test runs. */
const at = (hour: number, minute: number) => new Date(2026, 10, 23, hour, minute).getTime();

/** A problem with what the test cares about. */
export function aProblem(parts: Partial<ProblemRow> = {}): ProblemRow {
  return {
    ...{ id: 'a', signature: '1-a', flow: '7379450201923928066', flowName: 'invoice-entry' },
    ...{ nodeId: 'rpa::3f9d2b1a-6c41-4c0e', nodeName: 'Click save', cause: 'elementNotFound' },
    ...{ category: 'robotTask', code: 55_003, text: 'Element not found: #btnSave after 30000 ms' },
    telling: '',
    ...{ count: 6, weekly: 6, firstMs: at(6, 5), lastMs: at(8, 27), runsSince: 9 },
    ...{
      state: 'open',
      passes: 0,
      needed: 1,
      resolvedMs: null,
      backMs: null,
      wasResolved: false,
      sinceMs: null,
      lastRunMs: at(8, 27),
      mark: null,
    },
    ...{ firstFailed: 'workflow/spf1', lastFailed: 'workflow/spf5', lastGood: 'workflow/spf2' },
    ...{ besides: [], elsewhere: [], parts: [], isApart: false, changedMs: null },
    lineage: [{ flow: '7379450201923928066', name: 'invoice-entry', beginMs: at(6, 0) }],
    ...parts,
  };
}

/** What a problem is that was put together by hand, of two steps. */
export const twoKinds: NonNullable<ProblemRow['joins']> = [
  {
    ...{ nodeId: 'rpa::3f9d2b1a-6c41-4c0e', nodeName: 'Click save', code: 55_003 },
    ...{ cause: 'elementNotFound', category: 'robotTask' },
  },
  {
    ...{ nodeId: 'rpa::71c0a2d4-1b3e-4f5a', nodeName: 'Log in', code: 21_300 },
    ...{ cause: 'forbidden', category: 'permission' },
  },
];

/** A problem in each state. */
export const allProblems: readonly ProblemRow[] = [
  aProblem({
    state: 'new',
    besides: [
      { signature: '1-e', text: 'Disk full: /var/data', nodeName: 'Click save', telling: '' },
    ],
  }),
  aProblem({
    ...{
      id: 'b',
      signature: '1-b',
      state: 'watching',
      passes: 5,
      needed: 9,
      sinceMs: at(10, 2),
      count: 3,
    },
    ...{
      text: 'context_length_exceeded: 8192 tokens',
      nodeName: 'Extract the fields',
      code: 20_304,
    },
    ...{ cause: 'contextTooLong', category: 'model', nodeId: 'spark-llm::91c7' },
  }),
  aProblem({
    ...{
      id: 'c',
      state: 'regressed',
      wasResolved: true,
      text: '找不到窗口，请检查窗口是否已关闭！',
      count: 2,
    },
    ...{ cause: 'windowNotFound', nodeName: '登录 ERP', flowName: '发票录入' },
  }),
  aProblem({
    id: 'd',
    state: 'open',
    text: '',
    nodeId: null,
    nodeName: '',
    count: 1,
    runsSince: 1,
  }),
  aProblem({ id: 'e', state: 'resolved', passes: 14, needed: 14, text: 'Disk full: /var/data' }),
  aProblem({ id: 'f', state: 'quiet', text: 'SAP is not running', firstFailed: null }),
  aProblem({ id: 'g', state: 'ignored', mark: 'ignored', text: 'Mail server is busy', count: 40 }),
];

const groups: Readonly<Record<ProblemsQuery['group'], readonly ProblemState[]>> = {
  unresolved: ['new', 'open', 'watching', 'regressed', 'quiet'],
  resolved: ['resolved'],
  ignored: ['ignored'],
};

/** What the engine answers where these are the problems. */
export function someProblems(
  query: ProblemsQuery,
  problems: readonly ProblemRow[] = allProblems,
  parts: Partial<ProblemsAnswer> = {},
): ProblemsAnswer {
  const of = (group: ProblemsQuery['group']) =>
    problems.filter(({ state }) => groups[group].includes(state));
  const [unresolved, resolved, ignored] = [of('unresolved'), of('resolved'), of('ignored')];
  return {
    ...{ query, rows: of(query.group), sinceMs: at(6, 0), ended: 60, pending: 0, unknown: 0 },
    totals: {
      ...{ unresolved: unresolved.length, resolved: resolved.length, ignored: ignored.length },
    },
    ...parts,
  };
}

/** What is known of a failure that took longer than usual. */
export const aSlowFailure = (key: string): OwnPast => ({
  key,
  problem: aProblem({ state: 'watching', passes: 5, needed: 9, sinceMs: at(10, 2) }),
  usual: {
    ...{ runs: 42, medianMs: 1_100, durationMs: 7_900, isSlow: true },
    slower: { nodeId: 'rpa::save', name: 'Click save', ms: 7_100, usualMs: 300 },
    payload: null,
  },
  node: null,
});
