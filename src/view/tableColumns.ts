import type { ExecutionKey, Milliseconds, NodeId } from '../trace/execution.ts';
import {
  formatBytes,
  formatClock,
  formatCount,
  formatDuration,
  formatPercent,
  unknown,
} from '../texts/format.ts';
import { type Title, titleText } from '../texts/titles.ts';
import type { Translate } from '../texts/translate.ts';

/** A node as an execution knows it. */
export interface StepInFlow {
  readonly key: ExecutionKey;
  readonly target: { readonly nodeId: NodeId; readonly name: string };
}

/** A column of a table: what a row shows there, what it is sorted by, and where it leads. */
export interface Column<Row> {
  readonly id: string;
  readonly name: string;
  /** What is counted in it, where the name doesn't say. */
  readonly tip?: string;
  readonly text: (row: Row) => string;
  /** The id beside a text that is no name of its own; else empty. */
  readonly rawId?: (row: Row) => string;
  readonly value: (row: Row) => number | string | null;
  readonly isNumber?: boolean;
  /** Finds the executions behind it; null where there are none. */
  readonly filter?: (row: Row) => string | null;
  /** Where it stands in its flow file; null where no execution leads there. */
  readonly step?: (row: Row) => StepInFlow | null;
  /** 0 to 1: drawn behind the text. */
  readonly share?: (row: Row) => number | null;
  /** Drawn as a line before the text. */
  readonly course?: (row: Row) => readonly (number | null)[];
  /** What a file of the table has there in place of the text, and in which unit. */
  readonly written?: { readonly unit: string; readonly of: (value: number) => number | string };
}

/** A table, whatever it is drawn with or written to. */
export interface Table<Row> {
  /** What a file of it is called. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** How many there are, where not all are at hand. */
  readonly total?: number;
  readonly keyOf: (row: Row) => string;
}

/** In whose words a table speaks, and what time is now there. */
export interface TableTexts {
  readonly t: Translate;
  readonly language: string;
  readonly nowMs: Milliseconds;
}

type Value<Row> = (row: Row) => number | null;

/** Columns of one kind, in the words of the reader. */
export function columnsFor({ language, nowMs }: TableTexts) {
  /** `missing` stands where a row has no value. */
  const number =
    (write: (value: number) => string, written?: Column<never>['written']) =>
    <Row>(id: string, name: string, value: Value<Row>, missing = unknown): Column<Row> => ({
      ...{ id, name, value, isNumber: true },
      text: (row) => {
        const known = value(row);
        return known === null ? missing : write(known);
      },
      ...(written !== undefined && { written }),
    });
  return {
    text: <Row>(
      id: string,
      name: string,
      text: (row: Row) => string,
      filter?: Column<Row>['filter'],
    ): Column<Row> => ({
      ...{ id, name, text, value: text },
      ...(filter !== undefined && { filter }),
    }),
    /** Of what is called something: sorted by that, and where it is no name of its own, with the id. */
    title: <Row>(
      id: string,
      name: string,
      title: (row: Row) => Title,
      filter?: Column<Row>['filter'],
    ): Column<Row> => ({
      ...{ id, name, text: (row) => title(row).name, rawId: (row) => title(row).id },
      value: (row) => titleText(title(row)),
      ...(filter !== undefined && { filter }),
    }),
    count: number((value) => formatCount(value, language)),
    duration: number(formatDuration, { unit: 'ms', of: Math.round }),
    bytes: number(formatBytes, { unit: 'B', of: Math.round }),
    percent: number(formatPercent, { unit: '%', of: (share) => Math.round(share * 10_000) / 100 }),
    moment: number((atMs) => formatClock(atMs, language, nowMs), { unit: '', of: localMoment }),
  };
}

/** What a row says in a column, with the id that stands beside it. */
export function fullText<Row>({ text, rawId }: Column<Row>, row: Row): string {
  return titleText({ name: text(row), id: rawId?.(row) ?? '' });
}

/** The rows that hold all words, in the order of a column; what is not known stands at the end, whichever way. */
export function arranged<Row>(
  { rows, columns }: Pick<Table<Row>, 'rows' | 'columns'>,
  words: string,
  sorted: { readonly id: string; readonly by: 1 | -1 } | null,
): readonly Row[] {
  const wanted = words.toLowerCase().split(/\s+/u).filter(Boolean);
  const holds = (row: Row) => {
    const text = columns
      .filter(({ isNumber }) => isNumber !== true)
      .map((one) => fullText(one, row))
      .join('\n')
      .toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
  const found = wanted.length === 0 ? [...rows] : rows.filter(holds);
  const column = columns.find(({ id }) => id === sorted?.id);
  if (column === undefined || sorted === null) return found;
  const collator = new Intl.Collator();
  return found.sort((a, b) => {
    const [one, other] = [column.value(a), column.value(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    if (typeof one === 'number' && typeof other === 'number') return sorted.by * (one - other);
    return sorted.by * collator.compare(String(one), String(other));
  });
}

/** `2026-11-24 14:05:09` in the reader's time, which spreadsheets read as one. */
function localMoment(atMs: Milliseconds): string {
  const at = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [String(at.getFullYear()), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`;
}
