import type {
  CompareAnswer,
  CompareQuery,
  CompareWindow,
  SentSide,
  SideBySide,
} from '../../src/protocol/compare.ts';
import type { SideBySideQuery } from '../../src/protocol/compare.ts';
import { asSent } from '../../src/answers/openedExecution.ts';
import { aSummary } from '../support/builders.ts';

const side = (parts: Partial<SentSide> = {}): SentSide => ({
  ...{ status: 'succeeded', sinceMs: 0, durationMs: 900, count: 1 },
  ...parts,
});
const row = { level: 1, moved: false, input: 0, output: 0, config: 0 } as const;
const noTwo = { status: null, error: null, count: null, time: null } as const;

/** A run that failed, beside one that went well: a step gave no total, and the flow file changed there. */
export function aComparison(query: CompareQuery): CompareAnswer {
  const rows: CompareWindow['rows'] = [
    {
      ...{
        ...row,
        place: 0,
        mark: 'same',
        name: 'Start',
        nodeId: 'node-start::1',
        type: 'node-start',
      },
      ...{ before: side({ durationMs: 1 }), after: side({ durationMs: 1 }) },
    },
    {
      ...{ ...row, place: 1, mark: 'changed', name: 'Extract fields', nodeId: 'spark-llm::2' },
      ...{ type: 'spark-llm', output: 1, config: 1 },
      ...{ before: side(), after: side({ durationMs: 1_400 }) },
    },
    {
      ...{
        ...row,
        place: 2,
        mark: 'added',
        name: 'Ask for approval of a very long name',
        level: 2,
      },
      ...{ nodeId: 'message::5', type: 'message', before: null, after: side({ sinceMs: 1_500 }) },
    },
    {
      ...{ ...row, place: 3, mark: 'changed', name: 'Enter ERP', nodeId: 'rpa::4', type: 'rpa' },
      ...{ input: 1, output: 1 },
      before: side({ sinceMs: 900, durationMs: 1_800 }),
      after: side({ sinceMs: 2_400, durationMs: 500, status: 'failed' }),
    },
    {
      ...{
        ...row,
        place: 4,
        mark: 'missing',
        name: 'End',
        nodeId: 'node-end::6',
        type: 'node-end',
      },
      ...{ before: side({ sinceMs: 2_700, durationMs: 1 }), after: null },
    },
  ];
  const shown = rows.filter(({ mark }) => !query.onlyDifferences || mark !== 'same');
  const told = (place: number, name: string, nodeId: string) =>
    [
      place,
      {
        name,
        nodeId,
        type: nodeId.split('::')[0] ?? '',
        nameBefore: name,
        hasEntry: true,
        isSetUpTheSame: place !== 1,
        isGotOver: false,
        ...noTwo,
      },
    ] as const;
  const total = {
    path: ['fields', 'total'] as const,
    change: 'removed' as const,
    ...{ before: 1280.5, after: null },
  };
  return {
    ...{
      kind: 'compared',
      query,
      folded: 2,
      goodRuns: 5,
      isSame: false,
      isOtherFlow: false,
      hasBothWays: true,
      hasFlow: true,
    },
    before: {
      name: 'Invoice entry',
      summary: asSent(aSummary({ sid: 'spf4', key: 'workflow/spf4' })),
      ...(query.source === undefined ? {} : { from: 'runs.jsonl' }),
    },
    after: {
      name: 'Invoice entry',
      summary: asSent(
        aSummary({ sid: 'spf5', key: 'workflow/spf5', outcome: 'failed', code: 21_300 }),
      ),
    },
    first: {
      ...{ what: 'output', row: 1, value: total, more: 0, ran: -1, insteadOf: -1, runs: null },
      effect: { kind: 'failed', row: 3 },
    },
    groups: [
      {
        ...{ kind: 'configuration', total: 1 },
        items: [
          {
            ...{ aspect: 'value', row: 1, path: ['prompt'], change: 'changed', having: null },
            ...{ before: 'Extract vendor and total.', after: 'Extract the vendor.' },
          },
        ],
      },
      {
        ...{ kind: 'outputs', total: 1 },
        items: [{ ...total, aspect: 'value', row: 1, having: 0 }],
      },
    ],
    notCompared: [{ kind: 'stored', count: 1 }],
    told: [told(1, 'Extract fields', 'spark-llm::2'), told(3, 'Enter ERP', 'rpa::4')],
    extentMs: 2_900,
    differences: shown.flatMap(({ mark }, index) => (mark === 'same' ? [] : [index])),
    ...{ totalRows: shown.length, start: 0, rows: shown },
  };
}

/** A node of both side by side. */
export function someSides(query: SideBySideQuery): SideBySide {
  const same = (text: string) => {
    const parts = [{ text, differs: false }];
    return { before: parts, after: parts };
  };
  const nothing = {
    lines: [],
    more: 0,
    texts: ['', ''],
    changes: [],
    moreChanges: 0,
    folded: 0,
  } as const;
  return {
    query,
    attempts: { before: null, after: { attempts: 3, rounds: 1 } },
    sections: [
      {
        ...{ section: 'input', more: 0, texts: ['', ''], changes: [], moreChanges: 0, folded: 0 },
        lines: [same('mail: "…"')],
      },
      {
        ...{ section: 'output', more: 3, texts: ['total: 1280.5', 'total: null'] },
        changes: [
          { path: ['total'], change: 'removed', before: 1280.5, after: null },
          { path: ['items', 0], change: 'moved', before: 2, after: 0 },
          { path: ['items', 0, 'count'], change: 'changed', before: 2, after: 5 },
        ],
        moreChanges: 1,
        folded: 1,
        lines: [
          {
            before: [
              { text: 'total: ', differs: false },
              { text: '1280.5', differs: true },
            ],
            after: [
              { text: 'total: ', differs: false },
              { text: 'null', differs: true },
            ],
          },
          { before: null, after: [{ text: 'note: "new"', differs: true }] },
        ],
      },
      { section: 'config', ...nothing },
      { section: 'logs', ...nothing },
    ],
  };
}
