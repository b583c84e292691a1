import { terminalText } from '../base/plainText.ts';
import { withoutColours } from '../base/colours.ts';
import type { Comparison } from '../compare/compareRuns.ts';
import type { ComparedRow } from '../compare/rowDifferences.ts';
import { type ToldRow, toldRow } from '../compare/toldRow.ts';
import { sidesOf } from '../compare/twoSides.ts';
import { areAllNew, groupText, itemText } from '../texts/compareGroupTexts.ts';
import { comparisonSentences } from '../texts/compareTexts.ts';
import type { ToldComparison } from '../texts/toldComparison.ts';
import { formatDuration } from '../texts/format.ts';
import { sentences } from '../texts/sentences.ts';
import type { Translate } from '../texts/translate.ts';
import type { ExecutionSummary } from '../trace/execution.ts';

/** A comparison with the summaries of the two. */
export interface PrintedComparison {
  readonly comparison: Comparison;
  readonly before: ExecutionSummary;
  readonly after: ExecutionSummary;
}

const marks: Readonly<Record<ComparedRow['mark'], string>> = {
  same: '=',
  changed: '~',
  added: '+',
  missing: '-',
};

/** Prints a comparison: the sentence, the groups, a line per row. Lines end with `\n`. */
export function compareText(printed: PrintedComparison, t: Translate): string {
  const { comparison } = printed;
  const told = toldOf(printed);
  const groups = comparison.groups.flatMap((group) => [
    '',
    groupText(group, String(group.total), told, t),
    ...group.items.map((item) => {
      return `  ${oneLine(itemText(item, group.kind, told, t, areAllNew(group.items)))}`;
    }),
  ]);
  const rows = comparison.rows.map((row) => oneLine(rowLine(row)));
  const lines = [oneLine(sentences(comparisonSentences(told, t))), ...groups, '', ...rows];
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

/** The same as plain data for programs. */
export function compareJson(printed: PrintedComparison, t: Translate) {
  const { comparison, before, after } = printed;
  const { first, groups, rows, notCompared, folded } = comparison;
  return {
    sentence: sentences(comparisonSentences(toldOf(printed), t)),
    before: { sid: before.sid, outcome: before.outcome, beginMs: before.beginMs },
    after: { sid: after.sid, outcome: after.outcome, beginMs: after.beginMs },
    firstDifference:
      first === null
        ? null
        : {
            ...nodeJson(rows[first.row]),
            what: first.what,
            path: first.value?.path ?? null,
            ...sidesOf(first, (place) => toldAt(rows, place), [before, after]),
          },
    groups: groups.map(({ kind, total, items }) => ({
      ...{ kind, total },
      items: items.map(({ row, ...item }) => ({ ...nodeJson(rows[row]), ...item })),
    })),
    rows: rows.map(rowJson),
    notCompared,
    folded,
  };
}

function toldOf({ comparison, before, after }: PrintedComparison): ToldComparison {
  return { ...comparison, before, after, rowAt: (place) => toldAt(comparison.rows, place) };
}

function toldAt(rows: Comparison['rows'], place: number): ToldRow | undefined {
  const row = rows[place];
  return row === undefined ? undefined : toldRow(row);
}

function nodeJson(row: ComparedRow | undefined) {
  if (row === undefined) return { nodeId: null, name: null };
  const { nodeId, name } = toldRow(row);
  return { nodeId, name };
}

function rowJson(row: ComparedRow) {
  const { mark, moved, level, before, after, differences } = row;
  const side = (node: ComparedRow['after']) =>
    node === null
      ? null
      : {
          ...{ nodeId: node.nodeId, name: node.name, status: node.status, count: node.count },
          ...{ beginMs: node.beginMs, durationMs: node.durationMs },
          round: node.run?.iterationIndex ?? null,
        };
  return {
    ...{ ...nodeJson(row), mark, moved, level },
    ...{ before: side(before), after: side(after) },
    differences:
      differences === null
        ? null
        : {
            input: differences.input.differences,
            output: differences.output.differences,
            config: differences.config.differences,
            error: differences.error,
          },
  };
}

function rowLine({ mark, moved, level, before, after, differences }: ComparedRow): string {
  const node = after ?? before;
  const [old, now] = [before?.durationMs ?? null, after?.durationMs ?? null];
  const what =
    differences === null
      ? []
      : (['input', 'config', 'output'] as const)
          .filter((section) => differences[section].differences.length > 0)
          .concat();
  const columns = [
    `${'  '.repeat(Math.min(level - 1, 40))}${marks[mark]} ${node?.nodeId ?? ''}`,
    node?.name ?? '',
    `${formatDuration(old)} → ${formatDuration(now)}`,
    before !== null && after !== null && before.status !== after.status
      ? `${before.status} → ${after.status}`
      : '',
    what.join(' '),
    moved ? 'moved' : '',
  ];
  return columns.filter((part) => part !== '').join('  ');
}

/** One line, and nothing that a terminal obeys or nobody sees. */
function oneLine(text: string): string {
  const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
  return terminalText(withoutColours(text).replace(controls, ' '));
}
