import type { Concurrency } from '../analysis/concurrency.ts';
import type { Durations } from '../analysis/durations.ts';
import type { ErrorRates } from '../analysis/errorRates.ts';
import type { Resources } from '../analysis/resources.ts';
import type { SixFigures } from '../analysis/sixFigures.ts';
import { terminalText } from '../base/plainText.ts';
import {
  type AnalysisTexts,
  concurrencySentences,
  durationSentences,
  errorSentences,
  resourceSentences,
} from '../texts/analysisTexts.ts';
import { causeTitle } from '../texts/findingTexts.ts';
import {
  formatBytes,
  formatDecimal,
  formatDuration,
  formatPercent,
  unknown,
} from '../texts/format.ts';

/** The figures and the four analyses of executions. */
export interface Numbers {
  readonly figures: SixFigures;
  readonly durations: Durations;
  readonly errors: ErrorRates;
  readonly resources: Resources;
  readonly concurrency: Concurrency;
}

/** Rows of a table that is printed; all of them are in the JSON. */
const mostRows = 20;

/** The figures, then each analysis: first in words, then as a table. Lines end with `\n`. */
export function analysisText(numbers: Numbers, texts: AnalysisTexts): string {
  const { t } = texts;
  const parts = [
    [t('Key figures'), ...figureLines(numbers.figures, texts)],
    [
      t('Durations'),
      ...durationSentences(numbers.durations, texts),
      ...table([
        [t('Node'), t('Flow'), t('Runs'), 'p50', 'p95', t('Share')],
        ...numbers.durations.nodes.map(({ name, nodeId, flow, runs, p50Ms, p95Ms, share }) => [
          ...[named(name, nodeId), flow, String(runs), formatDuration(p50Ms)],
          ...[formatDuration(p95Ms), formatPercent(share)],
        ]),
      ]),
    ],
    [
      t('Error rates'),
      ...errorSentences(numbers.errors, texts),
      ...table([
        [t('Node'), t('Flow'), t('Failed'), t('Runs'), t('Cause')],
        ...numbers.errors.nodes.map(({ name, nodeId, flow, failures, runs, cause, category }) => [
          ...[named(name, nodeId), flow, String(failures), String(runs)],
          causeTitle(cause, category, t),
        ]),
      ]),
    ],
    [
      t('Resources'),
      ...resourceSentences(numbers.resources, texts),
      ...table([
        [t('Flow'), t('Executions'), t('Record'), t('Tokens'), t('Log lines')],
        ...numbers.resources.flows.map(({ flow, executions, recordBytes, tokens, logLines }) => [
          ...[flow, String(executions), formatBytes(recordBytes.p50), String(tokens.total)],
          String(logLines.total),
        ]),
      ]),
    ],
    [
      t('Concurrency'),
      ...concurrencySentences(numbers.concurrency, texts),
      ...table([
        [t('Flow'), t('Executions'), t('Most at once')],
        ...numbers.concurrency.flows.map(({ flow, executions, maxInFlight }) => [
          ...[flow, String(executions), String(maxInFlight)],
        ]),
      ]),
    ],
  ];
  return parts.map((lines) => lines.map((line) => `${line.trimEnd()}\n`).join('')).join('\n');
}

function figureLines(figures: SixFigures, { t, language }: AnalysisTexts): string[] {
  const { succeeded, failed, cutOff, successRate, running, today, toolCalls, builds } = figures;
  const hours = figures.cumulativeDurationHours * 3_600_000;
  const days = figures.laborSavedPersonDays;
  return aligned([
    [t('Successful executions'), String(succeeded)],
    [t('Failed executions'), String(failed)],
    ...(cutOff > 0 ? [[t('Cut off before their end'), String(cutOff)]] : []),
    [t('Success rate'), formatPercent(successRate)],
    [t('Cumulative duration of successful executions'), formatDuration(hours)],
    [t('Labor saved'), t('{0} person-days', formatDecimal(days, language))],
    [t('Executions today'), String(today)],
    // Files alone are printed, in which nothing goes on.
    [t('Without an end'), running === null ? t('not reported') : String(running)],
    ...(toolCalls > 0 ? [[t('Tool calls'), String(toolCalls)]] : []),
    ...(builds > 0 ? [[t('Builds'), String(builds)]] : []),
  ]);
}

function named(name: string, nodeId: string | null): string {
  return [name, nodeId ?? ''].find((text) => text !== '') ?? unknown;
}

/** Nothing but its head: no table. */
function table(rows: readonly (readonly string[])[]): string[] {
  if (rows.length < 2) return [];
  const left = rows.length - 1 - mostRows;
  return [...aligned(rows.slice(0, mostRows + 1)), ...(left > 0 ? [`  … ${String(left)}`] : [])];
}

/** Columns as wide as their widest text; Chinese signs are two columns wide. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const shown = rows.map((row) => row.map((cell) => terminalText(cell)));
  const widths = (shown[0] ?? []).map((_, column) =>
    Math.max(...shown.map((row) => widthOf(row[column] ?? ''))),
  );
  return shown.map((row) => {
    const cells = row.map((cell, column) => {
      return cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
    });
    return `  ${cells.join('  ')}`;
  });
}

function widthOf(text: string): number {
  return (
    text.length +
    (text.match(/[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/g)?.length ??
      0)
  );
}
