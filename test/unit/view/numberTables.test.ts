import { describe, expect, test } from 'vitest';
import { withCourses } from '../../../src/analysis/nodeCourses.ts';
import type { NumbersAnswer } from '../../../src/protocol/numbers.ts';
import { parseQuery } from '../../../src/query/parseQuery.ts';
import {
  concurrencyTable,
  durationTable,
  errorTable,
  flowTable,
  flowTableText,
  nodeTable,
  resourceTable,
} from '../../../src/view/numberTables.ts';
import { arranged, type Table, type TableTexts } from '../../../src/view/tableColumns.ts';
import { aPast, aPastNode } from '../../support/pastBuilders.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';
import { pastRuns, someNumbers } from '../../webview/numbersData.ts';

const texts: TableTexts = { t: plainEnglish, language: 'en-GB', nowMs: Date.UTC(2026, 10, 24) };
const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const numbers = (more: Partial<Parameters<typeof someNumbers>[0]> = {}) =>
  someNumbers({ scope: { kind: 'all' }, range: 'week', timeZone, ...more });

const tables: readonly [string, (answer: NumbersAnswer) => Table<never>][] = [
  ['flows', (answer) => flowTable(answer, texts) as never],
  ['nodes', (answer) => nodeTable(answer, texts) as never],
  ['durations', (answer) => durationTable(answer, texts) as never],
  ['error-rates', (answer) => errorTable(answer, texts) as never],
  ['resources', (answer) => resourceTable(answer, texts) as never],
  ['concurrency', (answer) => concurrencyTable(answer, texts) as never],
];

describe('what is said below the table of flows', () => {
  const below = async (runs: number, ended: number) => {
    const answer = await numbers();
    const rows = answer.flows.rows
      .slice(0, 1)
      .map((row) => ({ ...row, runs, failed: 1, failureRate: 1 / ended }));
    return flowTableText({ ...answer, flows: { ...answer.flows, rows } }, texts);
  };

  test.each([
    [7, 7, false],
    [49, 49, false],
    [50, 49, true],
    [1_000, 999, true],
  ])('of %i runs, %i of which ended', async (runs, ended, isPart) => {
    expect((await below(runs, ended)).startsWith('Failure rate: of the runs')).toBe(isPart);
  });
});

describe.each(tables)('the table of %s', (id, tableOf) => {
  test('says something in each cell, has no two rows of a key, and its ways can be gone', async () => {
    const table = tableOf(await numbers());
    expect(table.id).toBe(id);
    expect(table.rows.length).toBeGreaterThan(2);
    const keys = table.rows.map((row) => table.keyOf(row));
    expect(new Set(keys).size).toBe(keys.length);
    for (const row of table.rows) {
      for (const { name, text, isNumber, value, share } of table.columns) {
        const cell = text(row);
        expect([name, typeof cell]).toEqual([name, 'string']);
        if (isNumber === true) expect([name, cell]).not.toEqual([name, '']);
        const known = value(row);
        if (known !== null && isNumber === true)
          expect([name, Number(known)]).toEqual([name, known]);
        expect(share?.(row) ?? 0).toBeLessThanOrEqual(1);
      }
    }
    const ways = table.columns.flatMap(({ filter }) =>
      table.rows.flatMap((row) => filter?.(row) ?? []),
    );
    expect(ways.length).toBeGreaterThanOrEqual(table.rows.length);
    for (const way of ways) expect([way, parseQuery(way, 0).faults]).toEqual([way, []]);
    for (const way of ways) expect(way).toContain('time:');
  });
});

test.each([
  [{ trend: 'new', isFlaky: true }, 'New, Flaky'],
  [{ trend: 'rising', isFlaky: false }, 'Rising'],
  [{ trend: null, isFlaky: true }, 'Flaky'],
  [{ trend: null, isFlaky: false }, ''],
] as const)('how failures go on is said in a word: %j', async (parts, word) => {
  const { columns, rows } = errorTable(await numbers(), texts);
  const [row] = rows;
  const trend = columns.find(({ id }) => id === 'trend');
  expect(row && trend?.text({ ...row, ...parts })).toBe(word);
});

test('of what failed nowhere the executions are shown; of what never ran there is no rate', async () => {
  const { columns, rows } = errorTable(await numbers(), texts);
  const [row] = rows;
  const nowhere = row && { ...row, nodeId: null, cause: null, runs: 0 };
  const column = (name: string) => columns.find(({ id }) => id === name);
  expect(nowhere && column('node')?.filter?.(nowhere)).toMatch(/^status:failed cause:/);
  expect(nowhere && column('rate')?.value(nowhere)).toBeNull();
});

test('what got slower says from what to what, and since when', async () => {
  const { columns, rows } = durationTable(await numbers(), texts);
  const [row] = rows;
  const slower = columns.find(({ id }) => id === 'slower');
  const increase = { before: 1_000, since: 2_500, ratio: 2.5, to: Date.UTC(2026, 10, 23) };
  expect(row && slower?.text({ ...row, slower: increase } as never)).toMatch(
    /^1\.00 s → 2\.50 s since /,
  );
  expect(row && slower?.value({ ...row, slower: increase } as never)).toBe(2.5);
  expect(row && slower?.value({ ...row, slower: null })).toBeNull();
});

test('what a flow used of the machine is told where it is reported', async () => {
  const answer = await numbers();
  const { flows } = answer.resources;
  const used = { p50: 40, p95: 50, max: 60 };
  const loop = { eventLoopUtilization: { ...used, p95: 0.5 }, eventLoopDelayMs: used };
  const process = { cpuMs: used, memoryBytes: used, ...loop };
  const told = (parts: object) => {
    const resources = { flows: [{ ...flows[0], ...parts }], isProcessReported: true };
    const { columns, rows } = resourceTable({ ...answer, resources } as never, texts);
    return columns.slice(-4).map(({ text }) => rows[0] && text(rows[0]));
  };
  expect(told(process)).toEqual(['40 ms', '60 B', '50.0%', '50 ms']);
  const none = { cpuMs: null, memoryBytes: null, eventLoopUtilization: null };
  expect(told({ ...none, eventLoopDelayMs: null })).toEqual([
    ...['not reported', 'not reported', 'not reported', 'not reported'],
  ]);
});

test('a row of a flow leads to its runs, to its failures where there are some', async () => {
  const { columns, rows } = flowTable(await numbers(), texts);
  const [flow, , failed] = columns;
  const row = rows.find(({ name }) => name === 'order-intake');
  expect(row && flow?.filter?.(row)).toMatch(/^flow:order-intake time:/);
  expect(row && failed?.filter?.(row)).toMatch(/^status:failed flow:order-intake time:/);
  expect(row && failed?.filter?.({ ...row, failed: 0 })).toBeNull();
});

test.each([
  [{ kind: 'service', of: 'rpa' } as const, / service:rpa$/],
  [{ kind: 'service', of: 'other' } as const, /[^a-z]\d$/],
  [
    { kind: 'flow', flow: '7379450201923928066' } as const,
    /^status:failed time:\S+ flow:invoice-entry$/,
  ],
  [{ kind: 'flow', flow: 'gone' } as const, / flow:gone$/],
])('what numbers are narrowed to, the ways are too: %j', async (only, way) => {
  const answer = { ...(await numbers()), query: { ...(await numbers()).query, only } };
  const { columns, rows } = resourceTable(answer, texts);
  const row = rows.find(({ name }) => name === 'order-intake');
  const filter = row && columns[0]?.filter?.(row);
  if (only.kind === 'service') expect(filter).toMatch(way);
  else expect(filter).toContain('flow:order-intake');
  const { shownFigures } = await import('../../../src/view/numberFigures.ts');
  expect(shownFigures(answer, texts)[1]?.filter).toMatch(way);
});

describe('a trend', () => {
  const node = (durationMs: number | null, status: 'succeeded' | 'failed' = 'succeeded') =>
    aPast({ nodes: [aPastNode({ durationMs, status })], beginMs: 0 });
  const row = { flow: 'f', flowName: 'Flow', nodeId: 'n', name: 'Node' } as never;

  test('is of runs that went well, in each twelfth; elsewhere nothing is known', () => {
    const runs = [
      { ...node(100), beginMs: 0 },
      { ...node(300), beginMs: 50 },
      { ...node(200), beginMs: 99 },
      { ...node(9_000, 'failed'), beginMs: 350 },
      { ...node(null), beginMs: 350 },
      { ...node(500), beginMs: 1_199 },
      { ...node(7), beginMs: null },
      { ...node(7), flow: 'another', beginMs: 0 },
    ];
    const [found] = withCourses([row], runs, { fromMs: 0, toMs: 1_200 });
    expect(found?.course).toEqual([200, ...Array<null>(10).fill(null), 500]);
  });

  test('is told by its first and its last, and sorted by how much it grew', async () => {
    const { columns } = nodeTable(await numbers(), texts);
    const column = columns.find(({ id }) => id === 'course');
    const told = (course: readonly (number | null)[]) =>
      [column?.text({ course } as never), column?.value({ course } as never)] as const;
    expect(told([null, 1_000, null, 2_500])).toEqual(['1.00 s → 2.50 s', 2.5]);
    expect(told([null])).toEqual(['–', null]);
    // Of one there is no trend.
    expect(told([null, 4_530])).toEqual(['–', null]);
    expect(told([0, 5])).toEqual(['0 ms → 5 ms', null]);
    expect(column?.text({} as never)).toBe('–');
  });

  test('of a flow that got slower goes up', async () => {
    const { rows } = nodeTable(
      await someNumbers({ scope: { kind: 'all' }, range: 'day', timeZone }, pastRuns),
      texts,
    );
    const save = rows.find(
      ({ flowName, name }) => flowName === 'invoice-entry' && name === 'Click save',
    );
    const known = (save?.course ?? []).filter((ms) => ms !== null);
    expect(known.at(-1)).toBeGreaterThan(1.5 * (known[0] ?? Infinity));
  });
});

describe('rows', () => {
  interface Row {
    readonly name: string;
    readonly runs: number | null;
  }
  const table: Pick<Table<Row>, 'rows' | 'columns'> = {
    columns: [
      { id: 'name', name: 'Name', text: ({ name }) => name, value: ({ name }) => name },
      { id: 'runs', name: 'Runs', isNumber: true, text: () => '7', value: ({ runs }) => runs },
    ],
    rows: [
      { name: 'Click save', runs: 3 },
      { name: 'click Cancel', runs: null },
      { name: 'Read', runs: 12 },
    ],
  };
  test.each<[string, Parameters<typeof arranged>[2], string]>([
    ['', null, 'Click save, click Cancel, Read'],
    ['CLICK', null, 'Click save, click Cancel'],
    [' save  cl ', null, 'Click save'],
    ['7', null, ''],
    ['', { id: 'runs', by: -1 }, 'Read, Click save, click Cancel'],
    ['', { id: 'runs', by: 1 }, 'Click save, Read, click Cancel'],
    ['', { id: 'name', by: 1 }, 'click Cancel, Click save, Read'],
    ['', { id: 'gone', by: 1 }, 'Click save, click Cancel, Read'],
  ])('with “%s”, sorted by %j', (words, sorted, names) => {
    expect(
      arranged(table, words, sorted)
        .map(({ name }) => name)
        .join(', '),
    ).toBe(names);
  });
});

test('what grew is told: inputs and outputs, else the record for them, and tokens', async () => {
  const { columns, rows } = resourceTable(await numbers(), texts);
  const [row] = rows;
  const grown = columns.find(({ id }) => id === 'grown');
  if (row === undefined || grown === undefined) throw new Error('No resources');
  const by = (before: number, since: number) => ({
    ...{ before, since, ratio: since / before, from: 0, to: texts.nowMs },
    ...{ countBefore: 9, countSince: 9 },
  });
  const said = (parts: Partial<typeof row>) =>
    grown.text({
      ...row,
      ...{ grownPayload: null, grownBytes: null, grownTokens: null },
      ...parts,
    });
  expect(said({})).toBe('–');
  expect(said({ grownBytes: by(10_240, 40_960) })).toMatch(/^10 KB → 40 KB since /);
  expect(
    said({
      ...{ grownPayload: by(1_024, 3_072), grownBytes: by(10_240, 40_960) },
      grownTokens: by(1, 500),
    }),
  ).toMatch(/^1 KB → 3 KB since .*, 1 token → 500 tokens since /);
});
