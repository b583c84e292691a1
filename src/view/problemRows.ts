import type { ProblemState } from '../problems/problemState.ts';
import type { ProblemRow } from '../protocol/problems.ts';
import { causeTitle } from '../texts/findingTexts.ts';
import { formatClock, formatCount, formatWhen } from '../texts/format.ts';
import { problemDetail, problemStateName, problemTitle } from '../texts/problemTexts.ts';
import { enumerated } from '../texts/sentences.ts';
import type { Translate } from '../texts/translate.ts';
import { filterOf, flowTerm, nodeTerm } from './numbersFilter.ts';

interface Texts {
  readonly t: Translate;
  readonly language: string;
  readonly nowMs: number;
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
export function problemRowTexts(row: ProblemRow, { t, language, nowMs }: Texts): ProblemTextsOfRow {
  const moment = (atMs: number) => formatClock(atMs, language, nowMs);
  const title = problemTitle(row, t);
  const state = problemStateName(row.state, t);
  const place = enumerated([nodeOf(row), flowOf(row)], t);
  const detail = problemDetail(row, { t, moment });
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
  const cause = causeTitle(row.cause, row.category, t);
  const lines = [
    title,
    enumerated([state, ...detail], t),
    place,
    t('{0} (code {1})', cause, String(row.code)),
    ...(row.text.trim() === title ? [] : ['', row.text.trim()]),
  ];
  return lines.filter((line, at) => line !== '' || at > 3).join('\n');
}

/** Which executions of the list are those of a problem, as far as a filter can tell. */
export function problemFilter(row: ProblemRow, all: readonly ProblemRow[]): string {
  const { nodeId, nodeName, cause, category, code } = row;
  const nodes = all.map((one) => ({ nodeId: one.nodeId, name: one.nodeName }));
  const flows = all.map((one) => ({ flow: one.flow, name: one.flowName }));
  const hasNode = nodeId !== null || nodeName !== '';
  return filterOf(
    'status:failed',
    hasNode ? nodeTerm('failing', { nodeId, name: nodeName }, nodes) : '',
    `cause:${cause ?? category}`,
    `code:${String(code)}`,
    row.flow === '' ? '' : flowTerm({ flow: row.flow, name: row.flowName }, flows),
  );
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
};

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

function nodeOf({ nodeName, nodeId }: ProblemRow): string {
  return nodeName === '' ? (nodeId ?? '') : nodeName;
}

function flowOf({ flowName, flow }: ProblemRow): string {
  return flowName === '' ? flow : flowName;
}
