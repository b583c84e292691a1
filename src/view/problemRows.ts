import type { ProblemState } from '../problems/problemState.ts';
import type { ProblemRow } from '../protocol/problems.ts';
import { formatCount, formatWhen } from '../texts/format.ts';
import {
  joinedTexts,
  problemDetail,
  problemStateName,
  problemTitle,
} from '../texts/problemTexts.ts';
import { enumerated } from '../texts/sentences.ts';
import type { Translate } from '../texts/translate.ts';

interface Texts {
  readonly t: Translate;
  readonly language: string;
  readonly nowMs: number;
  /** What is told of was read from files: they end. */
  readonly isOfFile?: boolean;
}

/** What a row of the list of problems says. */
export interface ProblemTextsOfRow {
  readonly title: string;
  readonly state: string;
  /** `Click save · invoice-entry`: where it fails. */
  readonly place: string;
  readonly count: string;
  /** When it failed last, as short as its column. */
  readonly last: string;
  readonly detail: readonly string[];
  /** All of it, for a screen reader. */
  readonly whole: string;
}

/** The texts of a problem. */
export function problemRowTexts(row: ProblemRow, texts: Texts): ProblemTextsOfRow {
  const { t, language, nowMs, isOfFile = false } = texts;
  const moment = (atMs: number) => formatWhen(atMs, language, nowMs);
  const title = problemTitle(row, t);
  const state = problemStateName(row, t, isOfFile);
  const place = enumerated([...joinedTexts(row, t).steps, flowOf(row)], t);
  const detail = problemDetail(row, { t, moment, isOfFile });
  return {
    ...{ title, state, place, detail, last: formatWhen(row.lastMs, language, nowMs) },
    count: t('{0}×', formatCount(row.count, language)),
    whole: enumerated([state, title, place, ...detail], t),
  };
}

/** A problem as text, for a ticket or a mail: masked as it is shown. */
export function problemAsText(row: ProblemRow, texts: Texts): string {
  const { t } = texts;
  const { title, state, place, detail } = problemRowTexts(row, texts);
  const { causes, codes } = joinedTexts(row, t);
  const lines = [
    title,
    enumerated([state, ...detail], t),
    place,
    t('{0} (code {1})', enumerated(causes, t), enumerated(codes, t)),
    ...(row.text.trim() === title ? [] : ['', row.text.trim()]),
  ];
  return lines.filter((line, at) => line !== '' || at > 3).join('\n');
}

/** Which executions of the list are those of a problem. */
export function problemFilter({ id }: Pick<ProblemRow, 'id'>): string {
  return `problem:${id}`;
}

/** Told apart by their shape as well as by their colour. */
export const problemIcons: Readonly<Record<ProblemState, string>> = {
  new: 'circle-filled',
  open: 'error',
  watching: 'eye',
  resolved: 'pass',
  regressed: 'debug-restart',
  quiet: 'circle-slash',
  ignored: 'bell-slash',
  unknown: 'question',
};

/** Two lines of a narrow list: what differs behind that is not seen. */
const seenOfTitle = 60;
/** Of a beginning that others share, enough to know what it is about. */
const keptOfTitle = 24;

/**
 * The titles of a list, by row: where the first words are the same, from where they begin to differ; what is cut must not
 * be what tells them apart.
 */
export function tellingTitles(
  rows: readonly ProblemRow[],
  t: Translate,
): ReadonlyMap<string, string> {
  const titled = rows.map((row) => ({ id: row.id, title: problemTitle(row, t) }));
  // Among titles in order, those that share most with one stand beside it.
  const inOrder = [...titled].sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0));
  return new Map(
    inOrder.map(({ id, title }, at) => {
      const beside = [inOrder[at - 1]?.title ?? '', inOrder[at + 1]?.title ?? ''];
      const others = beside.filter((other) => other !== title);
      const shared = Math.max(0, ...others.map((other) => sharedBegin(title, other)));
      return [id, shared < seenOfTitle ? title : withoutMiddle(title, shared)];
    }),
  );
}

function sharedBegin(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

/** Its first words, and what it goes on with where it begins to differ: from the begin of that word. */
function withoutMiddle(title: string, differsAt: number): string {
  const begin = title.slice(0, keptOfTitle).replace(/\S*$/, '');
  const before = title.slice(0, differsAt);
  const word = Math.max(before.search(/[^\s]*$/), differsAt - keptOfTitle);
  return `${begin === '' ? title.slice(0, keptOfTitle) : begin}… ${title.slice(word)}`;
}

/** Rows stay where they are while somebody looks at them: known ones in their old order, new ones behind them. */
export function inHeldOrder<Row extends { readonly id: string }>(
  rows: readonly Row[],
  held: readonly string[],
): readonly Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const known = held.flatMap((id) => byId.get(id) ?? []);
  const ids = new Set(held);
  return [...known, ...rows.filter(({ id }) => !ids.has(id))];
}

function flowOf({ flowName, flow }: ProblemRow): string {
  return flowName === '' ? flow : flowName;
}
