import { expect, test } from 'vitest';
import { type CauseId, causes, remediesOf } from '../../../src/diagnosis/causes.ts';
import { serviceCode } from '../../../src/diagnosis/codes/serviceCode.ts';
import table from '../../../src/diagnosis/codes/serviceCodes.json' with { type: 'json' };
import type { Category } from '../../../src/diagnosis/category.ts';
import type { Finding } from '../../../src/diagnosis/finding.ts';
import { timeLimit } from '../../../src/diagnosis/ownTimeout.ts';
import { findingDetail, findingTitle, remedyText } from '../../../src/texts/findingTexts.ts';
import type { Translate } from '../../../src/texts/translate.ts';
import { aFinding } from '../../support/builders.ts';
import chinese from '../../../l10n/parts/diagnosis.zh-cn.json' with { type: 'json' };

const english: Translate = (text, ...args) =>
  text.replaceAll(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)]));
const inChinese: Translate = (text, ...args) =>
  english((chinese as Record<string, string>)[text] ?? `missing: ${text}`, ...args);

const nowMs = new Date(2027, 0, 1).getTime();
const inEnglishTime = { language: 'en', nowMs };
const inChineseTime = { language: 'zh-cn', nowMs };

const categories: readonly Category[] = [
  ...(['timeout', 'resource', 'quota', 'permission', 'configuration', 'network'] as const),
  ...(['codeExecution', 'data', 'contentAudit', 'notFound', 'database', 'storage'] as const),
  ...(['model', 'engine', 'node', 'tool', 'robotTask', 'cancelled', 'unknown'] as const),
];
const all: readonly (readonly [Category, CauseId | null])[] = [
  ...categories.map((category) => [category, null] as const),
  ...(Object.keys(causes) as CauseId[]).map((cause) => [causes[cause].category, cause] as const),
];

test.each(all)(
  '%s, %s: a title of its own and one to three remedies, in both languages',
  (category, cause) => {
    const finding = aFinding({ category, cause });
    for (const t of [english, inChinese]) {
      const title = findingTitle(finding, t);
      expect(title).not.toMatch(/^missing/);
      if (cause !== null)
        expect(title).not.toBe(findingTitle(aFinding({ category, cause: null }), t));
      const remedies = remediesOf(category, cause).map((key) => remedyText(key, finding, t));
      expect(remedies.length).toBeGreaterThan(0);
      expect(remedies.length).toBeLessThanOrEqual(3);
      for (const remedy of remedies) expect(remedy).toMatch(/[.。]$/);
    }
  },
);

test('who was refused what stands with it', () => {
  const access = { account: 'rpa01', resource: null };
  const clock = inEnglishTime;
  expect(findingDetail(aFinding({ category: 'permission', access }), english, clock)).toContain(
    'Account: “rpa01”.',
  );
  const both = { ...access, resource: '付款审批' };
  expect(
    findingDetail(aFinding({ category: 'permission', access: both }), inChinese, inChineseTime),
  ).toContain('账号：“rpa01”。被拒绝的内容：“付款审批”。');
});

test('a cause has remedies of its own, others those of their category', () => {
  expect(remediesOf('robotTask', 'elementNotFound')[0]).toBe('checkSelector');
  expect(remediesOf('robotTask', null)[0]).toBe('checkRobotLog');
});

test.each([
  ['2 s', '20 s', true],
  ['2 s', '2.5 s', true],
  ['20 s', '2 s', false],
  ['60000 ms', '90 s', true],
  ['2 min', '90 s', false],
  ['30', '60', true],
  ['30', '60 s', false],
  ['2 s', '{{limit}}', false],
  ['2 s', null, false],
])(
  'what is done is told as done: %s in the run, %s in the file today: %o',
  (run, today, isDone) => {
    const limit = (asOf: 'run' | 'today', value: string) => ({
      source: { kind: 'setting', part: 'timeout', limit: timeLimit({ value }), asOf } as const,
      ...{ value, runKey: null },
    });
    const evidence = [limit('run', run), ...(today === null ? [] : [limit('today', today)])];
    const text = remedyText('raiseNodeTimeout', { evidence }, english);
    expect(text).toBe(
      isDone
        ? `The time limit has been increased in the flow file since, to ${String(today)}: later runs of this step tell whether that is enough.`
        : 'Increase the time limit of the node, or of the RPA plugin for long-running robots.',
    );
    expect(remedyText('findSlowStep', { evidence }, english)).not.toContain('since');
  },
);

test('no two findings have the same title', () => {
  const titles = all.map(([category, cause]) =>
    findingTitle(aFinding({ category, cause }), english),
  );
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});

test('the category of every code is one that has texts', () => {
  const rows = Object.entries(table).flatMap(([service, codes]) =>
    Object.entries(codes).map(([code, [, category]]) => `${service} ${code} ${category ?? ''}`),
  );
  expect(rows).toHaveLength(352);
  const known = new Set<string>(categories);
  expect(rows.filter((row) => !known.has(row.split(' ')[2] ?? ''))).toEqual([]);
});

test.each([
  ['workflow', 21_300, 'RPA_REQUEST_ERROR'],
  ['rpa-server', 55_003, 'TIMEOUT_ERROR'],
  ['spl', 45_000, serviceCode('aitools', 45_000)?.name],
  // Not of its own: of the common library.
  ['rpa-server', 9_000, serviceCode('workflow', 9_000)?.name],
  ['workflow', 0, undefined],
  ['workflow', 55_003, undefined],
])('%s %d is %s', (service, code, name) => {
  expect(serviceCode(service, code)?.name).toBe(name);
});

const at = { nodeId: 'rpa::1', runKey: 'r', name: '录入ERP' };
const code = { service: 'workflow', code: 21_300, name: 'RPA_REQUEST_ERROR' };
const tried = { source: { kind: 'attempts', count: 3 }, value: '3', runKey: 'r' } as const;
test.each<[Partial<Finding>, string, string]>([
  [{ node: null, code: null }, '', ''],
  [
    { node: at, code },
    'At “录入ERP”. Code 21300, RPA_REQUEST_ERROR of the service “workflow”.',
    '位于“录入ERP”。状态码 21300，即服务“workflow”的 RPA_REQUEST_ERROR。',
  ],
  [
    { node: at, code: null, evidence: [tried] },
    'At “录入ERP”. It was tried 3 times; this is the last attempt.',
    '位于“录入ERP”。共尝试了 3 次，这里是最后一次。',
  ],
  [
    { node: { ...at, runKey: null }, code: { ...code, name: '' } },
    'Most likely at “录入ERP”, which left no entry: it is the step that should have come next. Code 21300.',
    '很可能位于“录入ERP”：它没有留下条目，是接下来本应执行的步骤。状态码 21300。',
  ],
  [
    { node: { ...at, name: '' }, code: null, confidence: 'possible' },
    'The record doesn’t name the failing node. The code alone says little; look at the evidence.',
    '记录未指明失败节点。仅凭状态码难以判断，请查看依据。',
  ],
  [{ rule: 'cutOff', node: at, code: null }, 'Last seen at “录入ERP”.', '最后出现在“录入ERP”。'],
])('the detail of %j', (parts, inEnglish, translated) => {
  const finding = aFinding({ confidence: 'likely', evidence: [], ...parts });
  expect(findingDetail(finding, english, inEnglishTime)).toBe(inEnglish);
  expect(findingDetail(finding, inChinese, inChineseTime)).toBe(translated);
});

test('of an execution that stopped reporting it says when it was heard last, and what ran then', () => {
  const ran = (value: string, runKey: string) => ({
    ...{ source: { kind: 'runningNode' } as const, value, runKey },
  });
  const atMs = new Date(2026, 4, 4, 9, 5, 7).getTime();
  const stalled = aFinding({
    ...{ rule: 'cutOff', category: 'cancelled', cause: 'stalled' },
    node: { nodeId: 'rpa::1', runKey: 'r', name: '录入' },
    evidence: [
      { source: { kind: 'snapshot', atMs }, value: new Date(atMs).toISOString(), runKey: null },
      ran('录入', 'r'),
      ran('通知', 's'),
    ],
  });
  expect(findingDetail(stalled, english, inEnglishTime)).toBe(
    'Last snapshot: 5/4/2026, 09:05:07. Running then: “录入”, “通知”.',
  );
  expect(findingDetail(stalled, inChinese, inChineseTime)).toBe(
    '最后一次快照的时间：2026/5/4 09:05:07。当时正在运行：“录入”、“通知”。',
  );
  expect(findingDetail({ ...stalled, evidence: [] }, english, inEnglishTime)).toBe(
    'Last seen at “录入”.',
  );
});

test('items that failed are named, or it is said that the record does not', () => {
  const item = (at: number) => ({ item: at, runKey: 'a', round: at });
  const known = { total: 3, failed: 2, items: [item(1), item(2)] };
  const unknown = { total: 3, failed: 1, items: null };
  const detail = (cause: CauseId, failedItems: Finding['failedItems']) =>
    findingDetail(
      aFinding({ cause, ...(failedItems === undefined ? {} : { failedItems }) }),
      english,
      inEnglishTime,
    );
  expect(detail('retried', known)).toContain('2 of 3 items failed.');
  expect(detail('roundsFailed', known)).not.toContain('2 of 3');
  expect(detail('roundsFailed', known)).toContain('Items 2, 3.');
  expect(detail('roundsFailed', unknown)).toContain('The record doesn’t say which.');
  expect(detail('retried', undefined)).not.toContain('items');
});
