import { markHidden } from '../base/plainText.ts';
import { ask } from '../protocol/ask.ts';
import type { Caller } from '../protocol/channel.ts';
import type { CompareWindow } from '../protocol/compare.ts';
import type { EngineMethods } from '../protocol/engineProtocol.ts';
import type { TreeRow, TreeWindow } from '../protocol/tree.ts';
import { areAllNew, groupText, itemText } from '../texts/compareGroupTexts.ts';
import { comparisonSentences } from '../texts/compareTexts.ts';
import type { ToldComparison } from '../texts/toldComparison.ts';
import { evidenceField, findingDetail, findingTitle, remedyText } from '../texts/findingTexts.ts';
import { formatDuration, formatMomentInZone } from '../texts/format.ts';
import { type OwnHistory, ownHistoryLines } from '../texts/ownHistoryTexts.ts';
import { recordPlaceText } from '../texts/recordPlaceText.ts';
import { outcomePresentation } from '../texts/statusPresentation.ts';
import { executionName, rowName } from '../texts/titles.ts';
import { isWithLater } from '../texts/timeOrder.ts';
import { errorLine, rowBadges, rowDuration, rowStatusText } from '../texts/treeRowTexts.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import { t } from './l10n.ts';

/** A ticket with more is not read; what is left out is said. */
const mostRows = 300;
/** Of each group: whoever wants all opens the comparison. */
const mostItems = 5;
const longestLine = 300;

/** Asks for what a report says of an execution, and writes it. */
export async function askForReport(
  engine: Caller<EngineMethods>,
  key: ExecutionKey,
  { language, isOfTopic }: { readonly language: string; readonly isOfTopic: boolean },
): Promise<string> {
  const at = { offset: 0 };
  const window = await ask(engine, 'tree', {
    key,
    collapsed: [],
    at,
    limit: mostRows,
  });
  // What can't be compared, because a record is gone, leaves the rest to be said.
  const compared = await ask(engine, 'compare', {
    ...{ key, other: null, onlyDifferences: true, offset: 0, limit: 0 },
  }).catch(() => null);
  const isSecond = window.summary.outcome !== 'succeeded' && compared?.kind === 'compared';
  return report(
    window,
    { compared: isSecond ? compared : null, history: await askForHistory(engine, key) },
    { language, nowMs: Date.now(), isOfTopic },
  );
}

/** Of one whose record is gone nothing is unusual. */
async function askForHistory(engine: Caller<EngineMethods>, key: ExecutionKey) {
  const past = await ask(engine, 'ownPast', { key }).catch(() => null);
  const signs = await ask(engine, 'signs', { key }).catch(() => null);
  return { usual: past?.usual ?? null, node: past?.node ?? null, signs: signs?.signs ?? [] };
}

/** What a report says beside the execution itself. */
export interface ReportedBeside {
  readonly compared: CompareWindow | null;
  /** Against those of its flow that ran before. */
  readonly history: OwnHistory;
}

/**
 * An execution in Markdown, for a ticket. Whatever comes from a record stands in code, which has no links, no mentions,
 * no pictures and no HTML, behind a fence that nothing in it closes.
 */
export function report(
  window: TreeWindow,
  { compared, history }: ReportedBeside,
  clock: {
    readonly language: string;
    readonly nowMs: number;
    readonly timeZone?: string;
    /** What is read goes on: its records stand on a topic, not in a file. */
    readonly isOfTopic: boolean;
  },
): string {
  const { summary, name, position, findings } = window;
  const title = executionName({ ...summary, name }, t);
  const begin = formatMomentInZone(summary.beginMs, clock.language, clock.timeZone);
  const facts: readonly (readonly [string, string])[] = [
    [t('Status'), t('{0} (code {1})', t(outcomePresentation(summary.outcome).text), summary.code)],
    [t('Start time'), begin],
    [t('Duration'), formatDuration(summary.durationMs)],
    ['sid', summary.sid],
    [t('Record'), recordPlaceText(position, clock.isOfTopic, t)],
  ];
  const parts = [
    `## ${inCode(title)}`,
    facts.map(([label, fact]) => `- ${label}: ${inCode(fact)}`).join('\n'),
    ...section(
      t('Why'),
      findings.flatMap((finding) => [
        findingTitle(finding, t),
        ...[findingDetail(finding, t, clock)].filter(Boolean).map((detail) => `  ${detail}`),
        ...finding.evidence.map(({ source, value }) => `  ${evidenceField(source)}: ${value}`),
        ...finding.remedies.map((remedy) => `  → ${remedyText(remedy, finding, t)}`),
      ]),
    ),
    ...section(t('Compared with earlier executions'), ownHistoryLines(history, t)),
    ...section(t('Steps'), steps(window)),
    ...(compared === null ? [] : section(comparedTitle(compared), told(compared))),
    t('Secrets are masked.'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function steps({ rows, totalRows }: TreeWindow): readonly string[] {
  const lines = rows.map((row) => '  '.repeat(Math.min(row.level - 1, 20)) + stepLine(row));
  const left = totalRows - rows.length;
  return left > 0 ? [...lines, t('… and {0} more', left)] : lines;
}

function stepLine(row: TreeRow): string {
  const marks = rowBadges(row, t).filter(({ kind }) => countingBadges.has(kind));
  const name = [rowName(row, t), ...marks.map(({ text }) => text)].join(' ');
  const facts = [name, rowStatusText(row, t), rowDuration(row), errorLine(row, t)];
  return facts.filter((fact) => fact !== '').join(' · ');
}

/** How often it ran, was tried, or failed, and in which round. */
const countingBadges: ReadonlySet<string> = new Set(['count', 'items', 'round']);

function comparedTitle({ before, after }: CompareWindow): string {
  return isWithLater({ before: before.summary, after: after.summary })
    ? t('Compared with a later good run')
    : t('Compared with the last good run');
}

function told(answer: CompareWindow): readonly string[] {
  const rows = new Map(answer.told);
  const { before, after } = answer;
  const all: ToldComparison = {
    ...answer,
    ...{ before: before.summary, after: after.summary },
    rowAt: (place) => rows.get(place),
  };
  const groups = answer.groups.flatMap((group) => {
    const { kind, total, items } = group;
    const isSaid = areAllNew(items);
    return [
      groupText(group, String(total), all, t),
      ...items.slice(0, mostItems).map((item) => `  ${itemText(item, kind, all, t, isSaid)}`),
      ...(total > mostItems ? [`  ${t('… and {0} more', total - mostItems)}`] : []),
    ];
  });
  const said = comparisonSentences(all, t);
  // What was not compared, which they end with, ends all of it.
  return said.length === 1 ? said : [...said.slice(0, -1), ...groups, ...said.slice(-1)];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`### ${title}`, block(lines)];
}

/** Lines in a fence that is longer than any in them. */
function block(lines: readonly string[]): string {
  const text = lines.map(shownLine).join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${text}\n${fence}`;
}

function inCode(text: string): string {
  const line = shownLine(text).trim() || '–';
  const fence = '`'.repeat(longestRun(line) + 1);
  const gap = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${gap}${line}${gap}${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

/** One line, nothing hidden in it; what indents it stays. */
function shownLine(text: string): string {
  const [indent = ''] = /^ */.exec(text) ?? [];
  const line = markHidden(
    text
      .slice(0, 8 * longestLine)
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
  if (line.length <= longestLine) return indent + line;
  // Never within a sign of two units.
  return `${indent}${line.slice(0, longestLine - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
