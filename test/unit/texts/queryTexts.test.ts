import { expect, test } from 'vitest';
import { parseQuery } from '../../../src/query/parseQuery.ts';
import {
  completionHint,
  faultText,
  isSearching,
  progressText,
} from '../../../src/texts/queryTexts.ts';
import type { Completion } from '../../../src/protocol/completions.ts';
import type { Translate } from '../../../src/texts/translate.ts';
import diagnosisTexts from '../../../l10n/parts/diagnosis.zh-cn.json' with { type: 'json' };
import numbersTexts from '../../../l10n/parts/numbers.zh-cn.json' with { type: 'json' };
import panelTexts from '../../../l10n/parts/panel.zh-cn.json' with { type: 'json' };
import analysisTexts from '../../../l10n/parts/analysis.zh-cn.json' with { type: 'json' };
import treeTexts from '../../../l10n/parts/tree.zh-cn.json' with { type: 'json' };
import { plainEnglish as t } from '../../support/plainEnglish.ts';

const inChinese = new Map<string, string>(
  [diagnosisTexts, numbersTexts, panelTexts, analysisTexts, treeTexts].flatMap((table) =>
    Object.entries(table),
  ),
);

test.each([
  [
    'statsu:failed',
    'Not used: There is no field “statsu”. To search for the words, put them in quotes.',
  ],
  [
    'status:blue',
    'Not used: “blue” isn’t a status. Use failed, succeeded, running, stalled, cancelled or unreported.',
  ],
  ['duration:5', 'Not used: “5” isn’t a duration. Use a form like >5s, <500ms or 1m..5m.'],
  ['time:soon', 'Not used: “soon” isn’t a time. Use a form like today, >12:00, 2026-05-04 or 30m.'],
  ['code:x', 'Not used: “x” isn’t a code. Use a form like 55003, >0 or 55000..55999.'],
  ['code:2..1', 'Not used: The range “2..1” ends before it begins. Enter the smaller value first.'],
  ['sid:', 'Not used: Nothing follows “sid:”. Enter what to look for.'],
  ['text:"a', 'The quote before “a” isn’t closed. Add a closing quotation mark.'],
  [
    'text:a '.repeat(9),
    'At most 8 texts are searched for at once. “a” is ignored: remove another one to search for it.',
  ],
])('%s: %s', (filter, expected) => {
  expect(parseQuery(filter, 0).faults.map((fault) => faultText(fault, t))).toEqual([expected]);
});

test.each([
  [
    { searched: 1_200, unavailable: 0, total: 5_000 },
    true,
    'Searching payloads of executions: 1200 of 5000…',
  ],
  [{ searched: 5, unavailable: 0, total: 5 }, false, 'Searched the payloads of 5 executions.'],
  [
    { searched: 1, unavailable: 1, total: 2 },
    false,
    'Searched the payload of 1 execution. 1 execution not searched: its data is no longer in memory.',
  ],
  [
    { searched: 3, unavailable: 2, total: 5 },
    false,
    'Searched the payloads of 3 executions. 2 executions not searched: their data is no longer in memory.',
  ],
])('%o', (progress, searching, expected) => {
  expect(isSearching(progress)).toBe(searching);
  expect(progressText(progress, String, t)).toBe(expected);
});

const chinese: Translate = (text) => inChinese.get(text) ?? text;

test.each<[Completion['kind'], Completion['field'], string, string, string]>([
  ['field', 'status', 'status:', 'How it ended: failed, running…', '结果：failed、running 等'],
  ['value', 'status', 'stalled', 'Stopped reporting', '不再上报'],
  ['value', 'status', '失败', 'Failed', ''],
  ['value', 'status', '停滞', 'Stopped reporting', '不再上报'],
  ['value', 'kind', 'tool', 'Tool calls', '工具调用'],
  ['value', 'kind', '工具调用', 'Tool calls', ''],
  ['value', 'cause', 'elementNotFound', 'The robot didn’t find an element', '机器人未找到元素'],
  ['value', 'cause', 'unknown', 'The execution failed', '执行失败'],
  ['value', 'cause', 'toString', '', ''],
  ['value', 'time', 'today', 'Today', '今天'],
  ['value', 'time', '15m', '', ''],
  ['value', 'node', 'Click save', '', ''],
])('what is offered is explained where it does not explain itself: %s %s %s', (...row) => {
  const [kind, field, insert, english, inTheirs] = row;
  const item = { kind, field, insert, count: null };
  expect([completionHint(item, t), completionHint(item, chinese)]).toEqual([english, inTheirs]);
});
