import { describe, expect, test } from 'vitest';
import type { InspectorContent } from '../../../src/protocol/inspector.ts';
import { logLevel } from '../../../src/trace/logLevel.ts';
import { filterLog, levelCounts, logText } from '../../../src/view/logLines.ts';
import { recordFacts, textSize, timing } from '../../../src/view/timingFacts.ts';
import { createTranslate } from '../../../webview/l10n.ts';
import { logLines, named, nodeContent, wholeExecution } from '../../webview/inspectorContents.ts';
import { row } from '../../webview/treeRows.ts';

const t = createTranslate(null);
const facts = (content: InspectorContent) =>
  timing(content, 'en', t).facts.map(({ name, value }) => `${name}: ${value}`);
const notes = (content: InspectorContent) => timing(content, 'en', t).notes.join(' ');

describe('timing', () => {
  test('tells begin, end, duration, first frame and runs', () => {
    const content = { ...nodeContent({}, row('x', { count: 3 })), firstFrameMs: 29 };
    expect(facts(content).slice(2)).toEqual(['Duration: 100 ms', 'First frame: 29 ms', 'Runs: 3']);
  });

  const attempts = { count: 3, attempts: true as const };
  const failedItems = { total: 3, failed: 1, items: [1] };
  test.each([
    ['rounds', { count: 3 }, 'This node ran 3 times'],
    ['rounds or attempts', { count: 3, status: 'recovered' as const }, 'doesn’t say which'],
    ['attempts', { ...attempts, status: 'recovered' as const }, 'There were 3 attempts'],
    ['attempts given up', { ...attempts, status: 'failed' as const }, 'There were 2 attempts'],
    [
      'rounds of which one failed',
      { count: 3, failedItems },
      'entered 3 times, once for each round',
    ],
    [
      'attempts in rounds',
      { count: 5, failedItems, tried: { rounds: 3, attempts: 4, failed: [4] } },
      'There were 4 attempts in 3 rounds. Each attempt',
    ],
    [
      'entries of rounds, of which nobody knows how many are attempts',
      { count: 5, failedItems, tried: { rounds: 3, attempts: null, failed: [] } },
      'entered 5 times in 3 rounds: it was tried again',
    ],
    ['time lost', { ...attempts, lostMs: 3_200 }, 'the most they can have taken'],
    ['a retry', { status: 'recovered' as const }, 'An earlier attempt failed'],
    ['inferred', { inferred: true }, 'its state was inferred'],
    ['no times', { beginMs: null }, 'says nothing about when'],
    ['nothing', {}, ''],
  ])('explains %s', (_name, parts, note) => {
    const said = notes(nodeContent({}, row('x', parts)));
    if (note === '') expect(said).toBe('');
    else expect(said).toContain(note);
  });

  const all = 'start and duration are those of all attempts, as far as the record tells.';
  const ofLast = 'start and duration are those of the last one.';
  const tried = { ...attempts, status: 'recovered' as const };
  const earlier = { fromMs: 0, leastMs: 3_780 };
  test.each([
    ['its last attempt', tried, ofLast],
    ['the most that all took', { ...tried, lostMs: 3_200 }, all],
    ['the least that all took', { ...tried, earlier }, all],
    ['the most of one entry', { status: 'recovered' as const, lostMs: 3_200 }, all],
    ['nobody knows what', { count: 3, status: 'recovered' as const }, ofLast],
    ['all entries', { count: 3, status: 'recovered' as const, earlier }, all],
  ])('says of a duration that it is of %s', (_name, parts, note) => {
    expect(notes(nodeContent({}, row('x', parts))).toLowerCase()).toContain(note);
  });

  test.each([
    ['record', ''],
    ['swapped', 'swaps start and end'],
    ['recordTimestamp', 'when Kafka received it'],
    ['sid', 'session ID'],
    ['none', 'no usable times'],
  ] as const)('explains times from %s', (timeSource, note) => {
    const content = wholeExecution();
    if (content.kind !== 'execution') throw new Error('not an execution');
    const said = notes({ ...content, summary: { ...content.summary, timeSource } });
    if (note === '') expect(said).toBe('');
    else expect(said).toContain(note);
  });

  test('tells rounds of which the values are kept apart from a last one', () => {
    const kept = ['a', 'b', 'c'].map((value, round) => named('x', value, { round }));
    expect(notes(nodeContent({ input: kept }, row('x', { count: 3 })))).toContain('of one round');
  });

  const noon = new Date(2026, 10, 24, 12, 0, 3).getTime();
  const last = { beginMs: noon, endMs: noon, durationMs: 0 };
  test.each([
    ['was tried once', {}, ['12:00:03.000', '12:00:03.000', '0 ms'], undefined],
    [
      'lost time to earlier attempts',
      { lostMs: 3_000 },
      ['12:00:00.000 at the earliest', '12:00:03.000', '≤ 3.00 s'],
      'Last attempt: 0 ms, from 11/24/2026, 12:00:03.000',
    ],
    [
      'made calls in earlier attempts',
      { earlier: { fromMs: noon - 2_000, leastMs: 2_000 } },
      ['12:00:01.000 at the latest', '12:00:03.000', '≥ 2.00 s'],
      'Last entry: 0 ms, from 11/24/2026, 12:00:03.000',
    ],
  ])('the span of a step that %s is that of its duration', (_name, parts, span, lastStart) => {
    const said = facts(nodeContent({}, row('x', { ...last, ...parts })));
    expect(said.slice(0, 3).map((fact) => fact.replace(/^[^:]*: (?:[\d/]+, )?/, ''))).toEqual(span);
    expect(said.find((fact) => fact.startsWith('Last '))).toBe(lastStart);
  });

  test('tells how much time earlier attempts took at most', () => {
    expect(facts(nodeContent({}, row('x', { lostMs: 3_200 }))).at(-1)).toBe(
      'Lost to earlier attempts: at most 3.20 s',
    );
  });

  test('lists tokens when some were used', () => {
    expect(timing(nodeContent(), 'en', t).tokens).toEqual([]);
    expect(timing(wholeExecution(), 'en', t).tokens.map(({ value }) => value)).toEqual([
      '212',
      '41',
      '253',
    ]);
    const usage = { questionTokens: 5, promptTokens: 1, completionTokens: 1, totalTokens: 7 };
    expect(timing(nodeContent({ usage }), 'en', t).tokens[0]).toEqual({
      name: 'Question',
      value: '5',
    });
  });
});

test('the record says where it stands', () => {
  const content = wholeExecution();
  if (content.kind !== 'execution') throw new Error('not an execution');
  const said = recordFacts(content, true, t).map(({ name, value }) => `${name}: ${value}`);
  expect(said).toContain('Offset: 18446');
  const without = { ...content, summary: { ...content.summary, flowId: '' } };
  expect(recordFacts(without, true, t).length).toBe(said.length - 1);
  for (const topic of ['/data/ann/runs.jsonl', String.raw`D:\data\ann\runs.jsonl`, 'runs.jsonl']) {
    const inFile = { ...content, position: { topic, partition: 0, offset: '2' } };
    const facts = recordFacts(inFile, false, t).map(({ name, value }) => `${name}: ${value}`);
    expect(facts.slice(-2)).toEqual(['File: runs.jsonl', 'Record in the file: 2']);
    expect(facts.join('\n')).not.toMatch(/ann|Partition|Offset|Topic/);
  }
});

test.each([
  ['', '0 B'],
  ['abc', '3 B'],
  ['é', '2 B'],
  ['合肥', '6 B'],
  ['😀', '4 B'],
  ['x'.repeat(2048), '2 KB'],
])('the size of %j is %s', (text, size) => {
  expect(textSize(text)).toBe(size);
});

describe('logs', () => {
  const lines = logLines(12);

  test.each([
    ['ERROR', 'error'],
    [' warn ', 'warning'],
    ['Fatal', 'error'],
    ['trace', 'debug'],
    ['提示', 'other'],
  ])('the word %s means %s', (level, meant) => {
    expect(logLevel(level)).toBe(meant);
  });

  test('are filtered by level and keep their numbers', () => {
    expect(filterLog(lines, new Set()).length).toBe(12);
    const errors = filterLog(lines, new Set(['info', 'warning', 'debug', 'other']));
    expect(errors.map(({ index }) => index)).toEqual([7]);
    expect([...levelCounts(lines)]).toEqual([
      ['info', 7],
      ['warning', 2],
      ['debug', 2],
      ['error', 1],
    ]);
  });

  test('are copied line by line', () => {
    expect(
      logText([
        { level: 'INFO', message: 'a', time: '10:00:00' },
        { level: 'ERROR', message: 'b', time: '' },
      ]),
    ).toBe('10:00:00 INFO a\nERROR b');
  });
});
