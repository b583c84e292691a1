import { expect, test } from 'vitest';
import { csvOf } from '../../../src/view/csv.ts';
import { columnsFor } from '../../../src/view/tableColumns.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';

const { text, count, duration, bytes, percent, moment } = columnsFor({
  ...{ t: plainEnglish, language: 'en-GB', nowMs: 0 },
});

interface Row {
  readonly name: string;
  readonly value: number | null;
}

const columns = [
  text<Row>('name', 'Node', ({ name }) => name),
  count<Row>('runs', 'Runs', ({ value }) => value),
  duration<Row>('p50', 'p50', ({ value }) => value),
  bytes<Row>('size', 'Record', ({ value }) => value),
  percent<Row>('rate', 'Failure rate', ({ value }) => value),
  moment<Row>('last', 'Last', ({ value }) => value),
];
const linesOf = (rows: readonly Row[]) => csvOf(columns, rows).split('\r\n');

test('begins as Excel wants it, with the units at the head; numbers are numbers', () => {
  const atMs = new Date(2026, 10, 24, 9, 5, 7).getTime();
  expect(csvOf(columns, [])).toBe('\uFEFFNode,Runs,p50 (ms),Record (B),Failure rate (%),Last\r\n');
  expect(linesOf([{ name: '录入', value: 1_234.5 }])[1]).toMatch(/^录入,1234.5,1235,1235,123450,/);
  expect(linesOf([{ name: 'Save', value: 0.12345 }])[1]).toMatch(/^Save,0.12345,0,0,12.35,/);
  expect(linesOf([{ name: 'Save', value: atMs }])[1]).toMatch(/,2026-11-24 09:05:07$/);
  // What is not known is empty, and no dash that a sum stumbles over.
  expect(linesOf([{ name: 'Save', value: null }])[1]).toBe('Save,,,,,');
});

test.each([
  ['=HYPERLINK("http://x/"&A1)', `"'=HYPERLINK(""http://x/""&A1)"`],
  ['+1+1', `'+1+1`],
  ['-2', `'-2`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['＝1', `'＝1`],
  [' =1', `' =1`],
  ['\u200b=1', `'\u200b=1`],
  ['\t=1', `"'\t=1"`],
  ['\r\n=1', `"'\r\n=1"`],
  ['say "hi", now', '"say ""hi"", now"'],
  ['a;b', '"a;b"'],
  ['two\nlines', '"two\nlines"'],
  ['a=b', 'a=b'],
  ['••••c3f1', '••••c3f1'],
])('a name is a text, and no formula: %j', (name, cell) => {
  const [, line = ''] = csvOf(columns.slice(0, 1), [{ name, value: 1 }]).split('Node\r\n');
  expect(line).toBe(`${cell}\r\n`);
});

test('a name longer than a cell is cut', () => {
  const [, line = ''] = linesOf([{ name: 'x'.repeat(100_000), value: 1 }]);
  expect(line.length).toBeLessThan(32_767);
  expect(line).toContain('x…,1,');
});
