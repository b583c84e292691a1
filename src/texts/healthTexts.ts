import type { Health } from '../protocol/health.ts';
import type { Milliseconds } from '../trace/execution.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatSeconds,
  formatTime,
  formatWhen,
} from './format.ts';
import { historyNewsText } from './historyTexts.ts';
import { metricsFailureText } from './metricsFailureText.ts';
import { sentences } from './sentences.ts';
import type { Translate } from './translate.ts';

/** A line of the health page: what is measured, how it is, and what to do about it. */
export interface HealthLine {
  readonly name: string;
  readonly value: string;
  /** What it means, or what to do; empty where it speaks for itself. */
  readonly note: string;
  /** `fact`: neither good nor bad. */
  readonly level: 'fact' | 'ok' | 'warning';
  /** Where the reader can change it. */
  readonly setting?: string;
}

/** Lines that belong together. */
export interface HealthSection {
  readonly title: string;
  readonly lines: readonly HealthLine[];
}

export interface HealthWorld {
  readonly t: Translate;
  readonly language: string;
  readonly nowMs: Milliseconds;
}

/** So long a backlog takes at the present rate is no delay that anybody notices. */
const shortSeconds = 5;
/** From here on room is short: what comes next pushes something out, or the thread comes to its end. */
const nearlyFull = 0.9;

/** What the health page says. */
export function healthSections(health: Health, world: HealthWorld): readonly HealthSection[] {
  const { t } = world;
  return [
    { title: t('Read from the source'), lines: readingLines(health, world) },
    { title: t('Kept in memory'), lines: memoryLines(health, world) },
    { title: t('Kept on disk'), lines: [historyLine(health, world)] },
    { title: t('Metrics'), lines: [exportLine(health, world)] },
  ];
}

const fact = { note: '', level: 'fact' } as const;
const fine = { note: '', level: 'ok' } as const;

function readingLines(health: Health, { t, language, nowMs }: HealthWorld): HealthLine[] {
  const { intake, openedMs } = health;
  if (openedMs === null) {
    return [{ ...fact, name: t('Source'), value: t('No source is open.') }];
  }
  const count = (value: number) => formatCount(value, language);
  const records = (value: number) => (value === 1 ? t('1 record') : t('{0} records', count(value)));
  const since = formatTime(openedMs, language);
  return [
    {
      ...fact,
      name: t('Read since {0}', since),
      value: t('{0}, {1}', records(intake.records), formatBytes(intake.bytes)),
    },
    {
      ...fact,
      name: t('Rate'),
      value: t(
        '{0}/s, {1}/s',
        records(rounded(intake.recordsPerSecond)),
        formatBytes(Math.round(intake.bytesPerSecond)),
      ),
    },
    {
      ...fact,
      name: t('Last record'),
      value: intake.lastMs === null ? t('None yet') : agoText(nowMs - intake.lastMs, t),
      note:
        intake.lastMs === null && health.partitionCount > 0
          ? t(
              'No record has arrived since then. Run a flow, or start reading earlier: “{0}”.',
              t('Start position'),
            )
          : '',
    },
    {
      ...fact,
      name: t('Time per record'),
      value: intake.recordMs === null ? '–' : t('{0} ms', intake.recordMs.toFixed(2)),
      note: t('To decode it, to mask its secrets and to put it into the list.'),
    },
    ...(health.partitionCount === 0 ? [] : [lagLine(health, { t, language, nowMs }, records)]),
    {
      name: t('Rejected records'),
      value: count(health.rejected),
      ...(health.rejected === 0
        ? fine
        : {
            note: t('They can’t be read as executions. “Rejected Records” in the menu says why.'),
            level: 'warning',
          }),
    },
  ];
}

function agoText(passedMs: number, t: Translate): string {
  return passedMs < 1_000 ? t('just now') : t('{0} ago', formatSeconds(passedMs));
}

function lagLine(
  { lag, partitionCount, intake }: Health,
  { t, language }: HealthWorld,
  records: (value: number) => string,
): HealthLine {
  const name =
    partitionCount === 1
      ? t('Lag of 1 partition')
      : t('Lag of {0} partitions', formatCount(partitionCount, language));
  const seconds = intake.recordsPerSecond === 0 ? null : lag / intake.recordsPerSecond;
  const isBehind = lag > 0 && (seconds === null || seconds > shortSeconds);
  if (!isBehind) return { ...fine, name, value: records(lag) };
  return {
    name,
    value: records(lag),
    note:
      seconds === null
        ? t(
            'Records are waiting, but none is being read: reading is paused, or the broker doesn’t respond.',
          )
        : t('At this rate it takes about {0} to catch up.', formatDuration(seconds * 1_000)),
    level: 'warning',
  };
}

function memoryLines({ store, heap }: Health, { t, language }: HealthWorld): HealthLine[] {
  const count = (value: number) => formatCount(value, language);
  const isFull = store.bytes > nearlyFull * store.mostBytes;
  const lines: HealthLine[] = [
    {
      name: t('Executions and calls: {0}', count(store.executions)),
      value: t('{0} of {1}', formatBytes(store.bytes), formatBytes(store.mostBytes)),
      note: sentences([
        keptText(store, count, t),
        isFull ? t('Older executions are removed to make room for newer ones.') : '',
      ]),
      level: 'ok',
      setting: 'rpaTrace.store.maxMegabytes',
    },
  ];
  if (store.droppedPayloads > 0) {
    lines.push({
      ...fact,
      name: t('Read again when opened'),
      value: count(store.droppedPayloads),
      note: t('Their records are no longer in memory and are read from the topic again.'),
    });
  }
  if (store.evictions > 0) {
    lines.push({
      ...fact,
      name: t('No longer in memory'),
      value: count(store.evictions),
      note: t('They were removed to make room for newer ones, and are no longer in the list.'),
    });
  }
  if (heap !== null) {
    const isShort = heap.usedBytes > nearlyFull * heap.mostBytes;
    lines.push({
      name: t('Heap of the engine'),
      value: t('{0} of {1}', formatBytes(heap.usedBytes), formatBytes(heap.mostBytes)),
      note: isShort
        ? t('It is running out of memory. Allow it more, or keep fewer executions.')
        : '',
      level: isShort ? 'warning' : 'ok',
      setting: 'rpaTrace.engine.maxHeapMegabytes',
    });
  }
  return lines;
}

/** What the list shows of what is kept, of all flows, and what it doesn't show: together that is all. */
function keptText(
  { executions, runs, toolCalls }: Health['store'],
  count: (value: number) => string,
  t: Translate,
): string {
  const within = executions - runs - toolCalls;
  return sentences([
    t('In the list of all flows: executions: {0}, tool calls: {1}.', count(runs), count(toolCalls)),
    within === 0 ? '' : t('Calls within their trees: {0}.', count(within)),
  ]);
}

function historyLine({ history }: Health, { t, language, nowMs }: HealthWorld): HealthLine {
  const line = { name: t('History'), setting: 'rpaTrace.history.enabled' };
  switch (history.kind) {
    case 'off':
      return {
        ...fact,
        ...line,
        value: t('Off'),
        note: t('A history is kept only for topics, and only in a trusted workspace.'),
      };
    case 'opening':
      return { ...fact, ...line, value: t('Opening…') };
    case 'on':
      return {
        ...fine,
        ...line,
        value: formatBytes(history.bytes),
        note:
          history.sinceMs === null
            ? t('Nothing is kept yet.')
            : t('It goes back to {0}.', formatWhen(history.sinceMs, language, nowMs)),
      };
    default:
      return {
        ...line,
        ...{ value: t('Failing'), note: historyNewsText(history.kind, t), level: 'warning' },
      };
  }
}

function exportLine({ otlp }: Health, { t, language }: HealthWorld): HealthLine {
  const line = { name: t('Export over OTLP'), setting: 'rpaTrace.otlp.endpoint' };
  switch (otlp.kind) {
    case 'off':
      return { ...fact, ...line, value: t('Off'), note: t('Set an endpoint to send metrics.') };
    case 'on':
      return { ...fine, ...line, value: otlp.endpoint };
    case 'failing':
      return {
        ...line,
        value: t('Failing'),
        note: metricsFailureText(otlp, t, (count) => formatCount(count, language)) ?? '',
        level: 'warning',
      };
  }
}

/** Whole from ten on. */
function rounded(rate: number): number {
  return rate >= 10 ? Math.round(rate) : Math.round(rate * 10) / 10;
}
