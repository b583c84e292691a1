import { describe, expect, test } from 'vitest';

import type { NumbersAnswer, NumbersQuery } from '../../../src/protocol/numbers.ts';
import { pastMatches } from '../../../src/query/pastMatch.ts';
import { isWithin } from '../../../src/query/terms.ts';
import { parseQuery } from '../../../src/query/parseQuery.ts';
import {
  countScale,
  durationScale,
  markedPlaces,
  shortDuration,
} from '../../../src/view/chartScale.ts';
import {
  distributionChart,
  inFlightChart,
  outcomeChart,
  percentileChart,
  placeText,
} from '../../../src/view/numberCharts.ts';
import { apartText, baseText, shownFigures } from '../../../src/view/numberFigures.ts';
import { toldSpan } from '../../../src/view/toldSpan.ts';
import { durationTerm, flowTerm, nodeTerm, timeTerm } from '../../../src/view/numbersFilter.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';
import { aPast } from '../../support/pastBuilders.ts';
import { pastRuns, someNumbers } from '../../webview/numbersData.ts';

const texts = { t: plainEnglish, language: 'en-GB' };
const localZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const numbersOf = (range: NumbersQuery['range'], runs = pastRuns): Promise<NumbersAnswer> =>
  someNumbers({ scope: { kind: 'all' }, range, timeZone: localZone }, runs);

describe('an axis', () => {
  test.each([
    [[0, 1], '0 1'],
    [[4], '0 1 2 3 4'],
    [[7], '0 2 4 6 8'],
    [[1_234], '0 500 1000 1500'],
    [[], '0 1'],
  ])('for counts up to %j: %s', (values, marks) => {
    const { ticks } = countScale(values, String);
    expect(ticks.map(({ text }) => text).join(' ')).toBe(marks);
    expect([ticks[0]?.at, ticks.at(-1)?.at]).toEqual([0, 1]);
  });

  test.each([
    [900, '0, 200 ms, 400 ms, 600 ms, 800 ms, 1 s'],
    [9_000, '0, 2 s, 4 s, 6 s, 8 s, 10 s'],
    [200_000, '0, 1 min, 2 min, 3 min, 4 min'],
    [3 * 3_600_000, '0, 1 h, 2 h, 3 h'],
    [0, '0, 1 ms'],
  ])('for durations up to %i ms: %s', (ms, marks) => {
    expect(
      durationScale([ms])
        .ticks.map(({ text }) => text)
        .join(', '),
    ).toBe(marks);
  });

  test.each([
    [1_500, '1.5 s'],
    [90_000, '1.5 min'],
    [1_234, '1.23 s'],
  ])('%i ms is short: %s', (ms, text) => {
    expect(shortDuration(ms)).toBe(text);
  });

  test('has no more marks than there is room for', () => {
    expect(markedPlaces(25, 5)).toEqual([0, 5, 10, 15, 20]);
    expect(markedPlaces(25, 5, 1)).toEqual([1, 6, 11, 16, 21]);
    expect(markedPlaces(3, 0)).toEqual([0]);
    expect(markedPlaces(0, 4)).toEqual([]);
  });
});

/** What a term of the filter is read as. */
function conditionOf(filter: string) {
  const { terms, faults } = parseQuery(filter, 0);
  expect(faults).toEqual([]);
  const condition = terms[0]?.condition;
  if (condition === undefined || !('within' in condition)) throw new Error(filter);
  return condition.within;
}

describe('the way to executions', () => {
  test.each([
    [new Date(2026, 10, 24, 9, 0).getTime(), new Date(2026, 10, 24, 10, 30).getTime()],
    [new Date(2026, 0, 1, 0, 0, 5).getTime(), new Date(2026, 0, 1, 0, 0, 10).getTime()],
  ])('a time is read as it was meant', (fromMs, toMs) => {
    const within = conditionOf(timeTerm({ fromMs, toMs }));
    const ask = [fromMs - 1, fromMs, toMs - 1, toMs].map((atMs) => isWithin(atMs, within));
    expect(ask).toEqual([false, true, true, false]);
  });

  test.each([
    [150, 200],
    [1_500, 2_000],
    [0, 10],
  ])('a duration is read as it was meant', (fromMs, toMs) => {
    const within = conditionOf(durationTerm(fromMs, toMs));
    const ask = [fromMs - 1, fromMs, toMs - 1, toMs].map((ms) => isWithin(ms, within));
    expect(ask).toEqual([false, true, true, false]);
  });

  test('the longest durations have no end', () => {
    expect(isWithin(1e12, conditionOf(durationTerm(70_000_000, Number.MAX_SAFE_INTEGER)))).toBe(
      true,
    );
  });

  test.each([
    ['its name', 'order', 'flow:order'],
    // The filter looks for parts.
    ['its id, where another has its name in it', 'invoice', 'flow:1'],
    ['its id, where it has no name', '', 'flow:1'],
    ['its name in quotes', 'my flow', 'flow:"my flow"'],
  ])('a flow is found by %s', (_, name, term) => {
    const all = [
      { flow: '1', name },
      { flow: '2', name: 'invoice-entry' },
    ];
    expect(flowTerm({ flow: '1', name }, all)).toBe(term);
  });

  test('a node too, where it failed or ran', () => {
    const row = { nodeId: 'rpa::1', name: 'Save' };
    expect(nodeTerm('failing', row, [row])).toBe('failing:Save');
    expect(nodeTerm('node', row, [row, { nodeId: 'rpa::2', name: 'Save all' }])).toBe(
      'node:rpa::1',
    );
    expect(nodeTerm('node', { nodeId: null, name: 'Save' }, [])).toBe('node:Save');
  });
});

describe('key figures', () => {
  test('say what they are, of how many, how they changed, and lead to executions', async () => {
    const figures = shownFigures(await numbersOf('day'), texts);
    expect(figures.map(({ id, value, unit }) => [id, value, unit])).toEqual([
      ['succeeded', '60', 'runs'],
      ['rate', '83.3%', ''],
      ['hours', '36 min 34 s', ''],
      ['saved', '0.076', 'person-days'],
      ['today', '39', 'runs'],
      ['running', null, ''],
    ]);
    expect(figures.map(({ change }) => change !== '')).toEqual([
      ...[true, true, true, true, true, false],
    ]);
    expect(figures.map(({ filter }) => filter?.split(' ')[0] ?? null)).toEqual([
      ...['status:succeeded', 'status:failed', 'status:succeeded', 'status:succeeded'],
      ...['time:today', null],
    ]);
    for (const { definition } of figures) expect(definition).not.toBe('');
  });

  test.each([
    [3, 3, 'same as a week ago', 'same'],
    [6, 3, '+100% from a week ago', 'up'],
    [1, 3, '−67% from a week ago', 'down'],
    [1, 0, '', null],
  ])('%i succeeded, %i before: %s', async (now, before, change, trend) => {
    const answer = await numbersOf('day');
    const base: NumbersAnswer['base'] = {
      ...({ against: 'weekAgo', span: answer.span } as const),
      figures: { ...answer.figures, succeeded: before },
    };
    const figures = { ...answer.figures, succeeded: now };
    expect(shownFigures({ ...answer, figures, base }, texts)[0]).toMatchObject({ change, trend });
  });

  test.each([
    [0, /^Cumulative duration ÷ 8 h.*slower saves more.*minutes ÷ 480\.$/, true],
    [20, /÷ 480, as set.*Counted this way: 20 of 60\. The others: duration ÷ 8 h/, false],
    [60, /^Runs × minutes that one takes by hand ÷ 480, as set for their flows\.$/, true],
  ])('labour saved says how it is counted: %i of 60 by hand', async (by, definition, hasSpark) => {
    const answer = await numbersOf('day');
    const figures = { ...answer.figures, countedByHand: by };
    const saved = shownFigures({ ...answer, figures }, texts)[3];
    expect(saved?.definition).toMatch(definition);
    expect(saved?.spark.length).toBe(hasSpark ? answer.parts.length : 0);
  });

  test('a figure of nothing leads nowhere, and has not changed', async () => {
    const answer = await numbersOf('hour', []);
    expect(answer).toMatchObject({ runs: 0, base: null });
    const figures = shownFigures(answer, texts);
    expect(figures.map(({ filter, change }) => [filter, change])).toEqual(
      figures.map(() => [null, '']),
    );
    expect(baseText(answer, texts)).toBe(
      'This range isn’t compared: too little is known of the time before.',
    );
    expect(baseText(await numbersOf('all'), texts)).toBe('');
  });

  test.each([
    ['goes on', 0, '', true],
    ['is over', 1, 'of now, not of this time range', false],
  ])('what runs now, in a time that %s', async (_, later, change, hasSpark) => {
    const answer = await numbersOf('day');
    const nowMs = answer.span.toMs + later;
    const figures = { ...answer.figures, running: 2 };
    const shown = shownFigures({ ...answer, figures, nowMs }, texts)[5];
    expect(shown).toMatchObject({ value: '2', change, trend: null });
    expect((shown?.spark.length ?? 0) > 0).toBe(hasSpark);
  });

  test.each([
    ['all', 2, 'Runs that reported their progress, and whose end isn’t in the file.', ''],
    [
      'day',
      2,
      'Runs that reported their progress, and whose end isn’t in the file.',
      'of the whole file, not of this time range',
    ],
    ['all', null, 'The file tells only of executions that ended.', ''],
  ] as const)('nothing runs now in a file: %s, %j', async (range, running, definition, change) => {
    const answer = await numbersOf(range);
    const nowMs = answer.span.toMs + 1;
    const figures = { ...answer.figures, running };
    const shown = shownFigures({ ...answer, figures, nowMs }, { ...texts, isOfFile: true })[5];
    expect(shown).toMatchObject({ name: 'Without an end', definition, change, spark: [] });
  });

  test('why the line of the rate is dashed is told where it is', async () => {
    const dashed = /dashed where no run succeeded or failed/;
    const answer = await numbersOf('day');
    const rate = (parts: typeof answer.parts) =>
      shownFigures({ ...answer, parts }, texts)[1]?.definition;
    expect(rate(answer.parts.map((part) => ({ ...part, succeeded: 1 })))).not.toMatch(dashed);
    expect(rate(answer.parts.map((part) => ({ ...part, succeeded: 0, failed: 0 })))).toMatch(
      dashed,
    );
  });

  test('calls of tools and builds are counted apart, and told', async () => {
    const beginMs = pastRuns.at(-1)?.beginMs ?? 0;
    const runs = [
      ...pastRuns,
      aPast({ kind: 'link', beginMs }),
      aPast({ kind: 'build', beginMs, outcome: 'unreported' }),
    ];
    const answer = await numbersOf('day', runs);
    const [first] = shownFigures(answer, texts);
    expect(apartText(answer, texts)).toBe(
      'Tool calls aren’t counted as runs: 1. Builds aren’t counted as runs: 1.',
    );
    expect(first?.definition).toMatch(/Tool calls: 1\. Builds: 1\.$/);
    expect(first?.filter).toMatch(/ kind:run$/);
  });
});

test.each([
  [0, '0'],
  [0.000_94, '< 0.01'],
  [0.076, '0.076'],
  [0.48, '0.48'],
  [11_000, '11,000'],
])('%d person-days are told as %s', async (laborSavedPersonDays, text) => {
  const answer = await numbersOf('day');
  const figures = { ...answer.figures, laborSavedPersonDays };
  expect(shownFigures({ ...answer, figures }, texts)[3]?.value).toBe(text);
});

describe('what runs now', () => {
  const running = async (range: NumbersQuery['range'], toMs?: number) => {
    const answer = await numbersOf(range);
    const inFlight = answer.parts.map((part) => ({ ...part, most: 3 }));
    const span = { ...answer.span, ...(toMs !== undefined && { toMs }) };
    const figures = { ...answer.figures, running: 0 };
    return shownFigures({ ...answer, inFlight, span, figures }, texts).at(-1);
  };

  test('stands at the end of its line as well', async () => {
    const figure = await running('day');
    expect(figure?.value).toBe('0');
    expect([figure?.spark.at(-2), figure?.spark.at(-1)]).toEqual([3, 0]);
  });

  test('has no line of a time that is over', async () => {
    expect((await running('day', 1))?.spark).toEqual([]);
  });
});

describe('the time that is told', () => {
  test('ends now, though its last minute is counted whole', async () => {
    const answer = {
      ...(await numbersOf('day')),
      nowMs: new Date(2026, 10, 24, 14, 19, 20).getTime(),
    };
    const told = toldSpan(answer, answer.span);
    expect([told.fromMs, told.toMs]).toEqual([answer.span.fromMs, answer.nowMs]);
    expect(toldSpan(answer, { fromMs: 1, toMs: 2 })).toEqual({ fromMs: 1, toMs: 2 });
    expect(outcomeChart(answer, texts).places.at(-1)?.label).toMatch(/14:19$/);
  });
});

describe('charts', () => {
  test('outcomes: a place for each hour, and what it is in words', async () => {
    const answer = await numbersOf('day');
    const chart = outcomeChart(answer, texts);
    expect(chart.places).toHaveLength(answer.parts.length);
    expect(chart.series.map(({ id }) => id)).toEqual(['succeeded', 'failed']);
    // What never happens has no place in the legend.
    const ofWeek = outcomeChart(await numbersOf('week'), texts);
    expect(ofWeek.series.map(({ id }) => id)).toContain('cutOff');
    const total = chart.places
      .flatMap(({ values }) => values)
      .reduce<number>((a, b) => a + (b ?? 0), 0);
    expect(total).toBe(answer.runs);
    const busy = chart.places.find(({ filter }) => filter !== null);
    expect(busy && placeText(chart, busy, plainEnglish)).toMatch(/: Succeeded: \d+, Failed: \d+/);
    expect(chart.summary).toMatch(/^\d+ runs\. Failed: \d+ of \d+ that succeeded or failed, \d/);
    // Hours are marked where they begin, days as a whole.
    expect(chart.isMarkedInMiddle).toBe(false);
    expect(outcomeChart(await numbersOf('month'), texts).isMarkedInMiddle).toBe(true);
    // Each mark at a round time, though the first part begins at none.
    expect(chart.marks(5).map(({ place }) => place)[0]).toBe(1);
  });

  test('a day of which several hours are marked is named once', async () => {
    const toMs = new Date(2026, 10, 22).getTime();
    const own = { fromMs: toMs - 2 * 86_400_000, toMs };
    const query = { scope: { kind: 'all' }, range: 'own', own, timeZone: localZone } as const;
    const names = outcomeChart(await someNumbers(query), texts)
      .marks(6)
      .map(({ text }) => text);
    expect(names.length).toBeGreaterThan(1);
    expect(new Set(names).size).toBe(names.length);
  });

  test('percentiles: thin where there are few, none where nothing ran', async () => {
    const chart = percentileChart(await numbersOf('week'), texts);
    expect(chart.places.some(({ isThin }) => isThin)).toBe(true);
    expect(chart.places.some(({ isThin }) => !isThin)).toBe(true);
    const none = chart.places.filter(({ values }) => values[0] === null);
    expect(none.every(({ filter, texts: shown }) => filter === null && shown[0] === '–')).toBe(
      true,
    );
    expect(chart.summary).toContain('Hollow');
  });

  test('percentiles of one flow are told', async () => {
    const one = pastRuns.filter(({ name }) => name === 'invoice-entry');
    expect(percentileChart(await numbersOf('week', one), texts).summary).toMatch(
      /^Half of the successful runs took up to /,
    );
  });

  test('the distribution names its classes, and what is in flight its parts', async () => {
    const answer = await numbersOf('week');
    const chart = distributionChart(answer, texts);
    expect(chart.places[0]?.label).toMatch(/ to /);
    expect(chart.places.some(({ filter }) => filter?.includes(' duration:'))).toBe(true);
    expect(chart.marks(3).length).toBeLessThanOrEqual(3);
    const inFlight = inFlightChart(answer, texts);
    expect(inFlight.places).toHaveLength(answer.parts.length);
  });

  test('each bar and point leads to as many executions as it says', async () => {
    const beginMs = pastRuns.at(-1)?.beginMs ?? 0;
    const runs = [...pastRuns, aPast({ beginMs, durationMs: 700, outcome: 'unreported' })];
    const answer = await numbersOf('week', runs);
    const found = (filter: string | null) => {
      const terms = parseQuery(filter ?? 'status:none', answer.nowMs).terms;
      return runs.filter((run) => pastMatches({ ...run, service: run.kind }, terms)).length;
    };
    const shown = (values: readonly (number | null)[]) =>
      values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
    for (const chart of [outcomeChart(answer, texts), distributionChart(answer, texts)]) {
      for (const { label, filter, values } of chart.places) {
        if (filter === null) expect([label, shown(values)]).toEqual([label, 0]);
        else expect([label, found(filter)]).toEqual([label, shown(values)]);
      }
    }
    for (const [at, { filter }] of percentileChart(answer, texts).places.entries())
      if (filter !== null) expect(found(filter)).toBe(answer.parts[at]?.succeeded);
  });

  test('of fewer than twenty runs none took longer than the longest', async () => {
    const beginMs = pastRuns.at(-1)?.beginMs ?? 0;
    const one = [aPast({ beginMs, durationMs: 1_360 })];
    expect(percentileChart(await numbersOf('day', one), texts).summary).toMatch(
      /^Half of the successful runs took up to 1\.36 s, the longest 1\.36 s\./,
    );
  });

  test('nothing that was measured is said to be so', async () => {
    const answer = await numbersOf('hour', []);
    expect(percentileChart(answer, texts).summary).toBe('No successful run has a duration.');
    expect(distributionChart(answer, texts).summary).toBe('No run that ended has a duration.');
  });
});
