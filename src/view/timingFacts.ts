import { recordPlaceFacts } from '../texts/recordPlaceText.ts';
import type { InspectorContent } from '../protocol/inspector.ts';
import type { TreeRow } from '../protocol/tree.ts';
import type { TokenUsage } from '../trace/execution.ts';
import { attemptCount } from '../texts/attempts.ts';
import { formatBytes, formatCount, formatDuration, formatMoment } from '../texts/format.ts';
import { inspectorSections, roundCount } from './inspectorSections.ts';
import { sentences } from '../texts/sentences.ts';
import { rowDuration } from '../texts/treeRowTexts.ts';
import { msg, type Translate } from '../texts/translate.ts';

/** A fact with its name; both in the reader's language. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** What there is to say about when something ran. */
export interface Timing {
  readonly facts: readonly Fact[];
  /** Sentences about what the numbers mean and don't mean. */
  readonly notes: readonly string[];
  /** Rows of the token table; empty when no tokens were used. */
  readonly tokens: readonly Fact[];
}

/** Times and token usage of what is inspected. */
export function timing(content: InspectorContent, language: string, t: Translate): Timing {
  const source =
    content.kind === 'execution' ? content.summary : { ...content.row, timeSource: 'record' };
  const facts: Fact[] = [
    { name: t('Start time'), value: startText(source, language, t) },
    { name: t('End time'), value: formatMoment(source.endMs, language) },
    { name: t('Duration'), value: rowDuration(source) },
  ];
  if (content.kind === 'node' && content.firstFrameMs !== null) {
    facts.push({ name: t('First frame'), value: formatDuration(content.firstFrameMs) });
  }
  if (content.kind === 'execution') {
    const usage = tokenRows(content.summary.usage, language, t);
    const note = timeNotes[content.summary.timeSource];
    return { facts, notes: note === '' ? [] : [t(note)], tokens: usage };
  }
  const { row } = content;
  const attempts = attemptCount(row);
  if (row.tried !== undefined && row.tried.rounds > 1) {
    facts.push({ name: t('Rounds'), value: formatCount(row.tried.rounds, language) });
  }
  if (row.count > 1) {
    const value = formatCount(attempts ?? row.count, language);
    facts.push({ name: attempts === null ? t('Runs') : t('Attempts'), value });
  }
  if (row.earlier !== undefined) {
    facts.push({ name: t('Last entry'), value: lastText(row, language, t) });
  }
  if (row.lostMs !== undefined) {
    facts.push({ name: t('Last attempt'), value: lastText(row, language, t) });
    const value = t('at most {0}', formatDuration(row.lostMs));
    facts.push({ name: t('Lost to earlier attempts'), value });
  }
  const tokens = content.kind === 'node' ? tokenRows(content.data.usage, language, t) : [];
  return { facts, notes: runNotes(content, t), tokens };
}

/** How long the one took that the record has the times of, and when it began. */
function lastText(
  { beginMs, durationMs }: Pick<TreeRow, 'beginMs' | 'durationMs'>,
  language: string,
  t: Translate,
): string {
  return t('{0}, from {1}', formatDuration(durationMs), formatMoment(beginMs, language));
}

/** When it began, earlier attempts included: not before the step before it ended, or by the first call that is known of them. */
function startText(
  source: Pick<TreeRow, 'beginMs' | 'lostMs'> & { readonly earlier?: { readonly fromMs: number } },
  language: string,
  t: Translate,
): string {
  const { beginMs, lostMs, earlier } = source;
  if (earlier !== undefined) return t('{0} at the latest', formatMoment(earlier.fromMs, language));
  if (beginMs === null || lostMs === undefined) return formatMoment(beginMs, language);
  return t('{0} at the earliest', formatMoment(beginMs - lostMs, language));
}

/** Where a record stands on the topic, and its size. */
export function recordFacts(
  content: Extract<InspectorContent, { kind: 'execution' }>,
  isOfTopic: boolean,
  t: Translate,
): Fact[] {
  const { position, summary } = content;
  return [
    { name: t('Session ID'), value: summary.sid },
    { name: t('Service'), value: summary.service },
    ...(summary.flowId === '' ? [] : [{ name: t('Flow ID'), value: summary.flowId }]),
    { name: t('Status code'), value: String(summary.code) },
    ...recordPlaceFacts(position, isOfTopic, t),
  ];
}

/** How large a value is, in words: `1.2 KB`. Counted as UTF-8. */
export function textSize(text: string): string {
  let bytes = text.length;
  // Most text is ASCII; a megabyte is counted in some milliseconds.
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7ff) bytes += code >= 0xd800 && code <= 0xdfff ? 1 : 2;
    else if (code > 0x7f) bytes += 1;
  }
  return formatBytes(bytes);
}

/** How the figure is found, and what it is not. */
export const howLost = msg(
  'Lost to earlier attempts: from the end of the previous step to the start of the last attempt. The record contains no times of earlier attempts, and the gap may include waiting, so this is the most they can have taken.',
);

const timeNotes = {
  record: '',
  swapped: msg('This service swaps start and end; they are shown as intended.'),
  recordTimestamp: msg('The record has no usable times: the end is when Kafka received it.'),
  sid: msg('The record has no usable times: the start was taken from its session ID.'),
  none: msg('The record has no usable times.'),
} as const;

function runNotes(
  content: Exclude<InspectorContent, { kind: 'execution' }>,
  t: Translate,
): string[] {
  const { row } = content;
  const notes: string[] = [];
  if (row.count > 1) {
    notes.push(entriesNote(content, t));
  } else if (row.status === 'recovered') {
    notes.push(sentences([t('An earlier attempt failed.'), clockNote(row, t)]));
  }
  if (row.lostMs !== undefined) notes.push(t(howLost));
  if (row.inferred) {
    notes.push(t('The record has no entry for this node; its state was inferred from the rest.'));
  }
  if (row.beginMs === null && notes.length === 0) {
    notes.push(t('The record says nothing about when this node ran.'));
  }
  return notes;
}

/** What several entries of one node are: attempts, rounds, or it can't be told. */
function entriesNote(
  content: Exclude<InspectorContent, { kind: 'execution' }>,
  t: Translate,
): string {
  const { count, status, failedItems, tried } = content.row;
  const attempts = attemptCount(content.row);
  const { rounds } = tried ?? { rounds: 1 };
  if (tried !== undefined && rounds > 1) {
    const times =
      attempts === null
        ? t('This node was entered {0} times in {1} rounds: it was tried again.', count, rounds)
        : t('There were {0} attempts in {1} rounds.', attempts, rounds);
    return sentences([times, clockNote(content.row, t)]);
  }
  if (attempts !== null) {
    return sentences([t('There were {0} attempts.', attempts), clockNote(content.row, t)]);
  }
  const keepsRounds = content.kind === 'node' && roundCount(inspectorSections(content)) > 0;
  if (failedItems !== undefined || (keepsRounds && status === 'succeeded')) {
    return t(
      'This node was entered {0} times, once for each round. The record keeps one entry: its times are those of one round, most likely the last.',
      count,
    );
  }
  return status === 'succeeded'
    ? t(
        'This node ran {0} times. The record keeps one entry: times and values are those of the last item.',
        count,
      )
    : sentences([
        t(
          'This node was entered {0} times, for rounds or for attempts: the record doesn’t say which.',
          count,
        ),
        hasEarlier(content.row)
          ? t('Start and duration are those of all attempts, as far as the record tells.')
          : t('Start and duration are those of the last one.'),
      ]);
}

/** The record has the times of the last attempt; the duration that is shown has those of earlier ones in it, where anything tells them. */
function clockNote(row: Pick<TreeRow, 'lostMs' | 'earlier'>, t: Translate): string {
  return hasEarlier(row)
    ? t(
        'Each attempt restarts the clock: the record has the times of the last one. Start and duration are those of all attempts, as far as the record tells.',
      )
    : t('Each attempt restarts the clock: start and duration are those of the last one.');
}

function hasEarlier({ lostMs, earlier }: Pick<TreeRow, 'lostMs' | 'earlier'>): boolean {
  return lostMs !== undefined || earlier !== undefined;
}

function tokenRows(usage: TokenUsage, language: string, t: Translate): Fact[] {
  if (usage.totalTokens === 0 && usage.promptTokens === 0 && usage.completionTokens === 0)
    return [];
  const rows = [
    { name: t('Question'), count: usage.questionTokens },
    { name: t('Prompt'), count: usage.promptTokens },
    { name: t('Completion'), count: usage.completionTokens },
    { name: t('Total'), count: usage.totalTokens },
  ];
  return rows
    .filter(({ count }, index) => index > 0 || count > 0)
    .map(({ name, count }) => ({ name, value: formatCount(count, language) }));
}
