import { afterAll, expect, test } from 'vitest';

import { causes } from '../../../src/diagnosis/causes.ts';
import { problemsOf } from '../../../src/answers/problemsOf.ts';
import { readFailures } from '../../../src/answers/readFailures.ts';
import { failureSignature } from '../../../src/problems/signature.ts';
import type { ProblemState } from '../../../src/problems/problemState.ts';
import {
  corpusBeginMs,
  corpusNodes,
  corpusRecord,
  type CorpusRun,
  generations,
  robotNode,
} from '../../support/runCorpus.ts';
import { asked } from '../../support/asked.ts';
import { pastTrace } from '../../../scripts/pastTrace.ts';
import { labelledTexts } from '../diagnosis/labelledTexts.ts';
import { engineParts } from '../engine/world.ts';

// Runs as the services of two generations write them, of texts as products write them in both languages: what the whole
// way from the record to the problem makes of them.

const isChinese = (text: string) => /[\u4e00-\u9fff]/.test(text);
const labelled = [
  ...['robots', 'windows', 'services', 'holdout', 'holdout2', 'holdout3', 'holdout10', 'holdout11'],
].flatMap((name) => labelledTexts(name));

/** Of each cause two texts in each language, where there are as many. */
const told = [...new Set(labelled.flatMap(({ cause }) => cause ?? []))].flatMap((cause) => {
  const texts = labelled.filter((one) => one.cause === cause).map(({ text }) => text);
  const some = [
    ...texts.filter(isChinese).slice(-2),
    ...texts.filter((t) => !isChinese(t)).slice(-2),
  ];
  return some.map((text) => ({ cause, text }));
});

/** Where such an error is told: by the model, by the code, by the robot. */
const nodeFor = (index: number) => [robotNode, 1, 2][index % 3] ?? robotNode;

interface Labelled extends CorpusRun {
  readonly cause: string;
}
/** What the platform says itself of robots, in English alone: of the 60 seconds after which it ends them nothing. */
const ofPlatform = [
  { cause: 'sixtySecondWall', text: 'Query task error: ' },
  { cause: 'sixtySecondWall', text: 'Task exec failed: ' },
  { cause: 'robotTimeout', text: 'Timeout error' },
  { cause: 'unknownTaskStatus', text: 'Query task error: Unknown task status: RUNNING' },
  { cause: 'invalidTaskUrl', text: 'Invalid task creation URL' },
  { cause: 'invalidTaskUrl', text: 'Invalid task query URL' },
  { cause: 'taskNotCreated', text: 'Create task error: robot 1958443321 is not published' },
];
const failedRuns: readonly Labelled[] = [
  ...told.map((one, index) => ({ ...one, failedAt: nodeFor(index) })),
  ...ofPlatform.map((one) => ({ ...one, failedAt: robotNode, isPlatforms: true })),
].flatMap(({ text, ...run }, index) =>
  generations.map((generation, at) => ({ ...run, n: 2 * index + at, generation, error: text })),
);

/** Runs that got over a failure: no failure, and told all the same. */
const gotOver: readonly Labelled[] = (['wentOn', 'retried'] as const).flatMap((how, index) =>
  generations.flatMap((generation, at) =>
    [0, 1].map((time) => ({
      ...{ n: 4 * index + 2 * at + time, generation, error: null, [how]: true },
      cause: how === 'wentOn' ? 'recovered' : 'retried',
    })),
  ),
);

/** What a healthy step may say: texts that only look like a cause, and real errors that it has handled. */
const heard = [
  ...labelledTexts('nothing').map(({ text }) => text),
  ...told.map(({ text }) => `handled: ${text}`),
];
const healthyRuns: readonly CorpusRun[] = Array.from({ length: 60 }, (_, n) => ({
  ...{ n, generation: generations[n % 2] ?? 'g3', error: null },
  heard: heard[Math.floor((n * heard.length) / 60)] ?? '',
}));

/** Each is one problem, whatever differs from run to run, and each is another one than all others. */
const kinds: readonly (readonly string[])[] = [
  ['Element not found: #btnSave after 30000 ms', 'Element not found: #btnSave after 29871 ms'],
  ['Element not found: #btnCancel after 30000 ms', 'Element not found: #btnCancel after 900 ms'],
  [
    '未找到元素：//div[@id="save"]/tr[17]，等待 30 秒',
    '未找到元素：//div[@id="save"]/tr[3]，等待30秒',
  ],
  ['未找到元素：//div[@id="cancel"]，等待 30 秒', '未找到元素：//div[@id="cancel"]，等待 8 秒'],
  ['订单20391不存在', '订单20392不存在', '订单 20393 不存在'],
  ['客户20391不存在', '客户20392不存在'],
  ['文件：C:\\a\\1.xlsx不存在', '文件：D:\\b\\2.xlsx不存在'],
  ['文件：C:\\a\\1.pdf不存在', '文件：D:\\b\\2.pdf不存在'],
  ['request failed with status 401', 'request failed with status 401'],
  ['request failed with status 500', 'request failed with status 500'],
  ["KeyError: 'amount'", "KeyError: 'amount'"],
  ["KeyError: 'price'", "KeyError: 'price'"],
  ['错误码：55003', '错误码：55003'],
  ['错误码：55004', '错误码：55004'],
  ['找不到窗口，请检查窗口是否已关闭！: 记事本', '找不到窗口，请检查窗口是否已关闭！: 记事本'],
  [
    'GET https://erp.example.com/orders/20391?t=1 timed out',
    'GET https://erp.example.com/orders/77001?t=2 timed out',
  ],
  [
    'GET https://erp.example.com/invoices/20391 timed out',
    'GET https://erp.example.com/invoices/20392 timed out',
  ],
  ['connect ECONNREFUSED 10.0.0.7:9000', 'connect ECONNREFUSED 192.168.1.20:9000'],
  [
    'Task 3f9d2b1a-6c41-4c0e-a8f7-2b8b4a9a1c33 was lost',
    'Task 0a1b2c3d-1111-2222-3333-444455556666 was lost',
  ],
  ['第3行缺少客户编号', '第12行缺少客户编号', '第 130 行缺少客户编号'],
  ['第3行缺少供应商', '第12行缺少供应商'],
  ['金额 ¥1,280.50 与 ¥1,280.00 不符', '金额 ¥99.00 与 ¥98.50 不符'],
  ['Invoice INV-20391 has no total', 'Invoice INV-20400 has no total'],
  ['Invoice INV-20391 has no customer', 'Invoice INV-20400 has no customer'],
  ['等待超时：３０秒', '等待超时：30秒', '等待超时: 45 秒'],
  ['2026年11月28日的报表没有数据', '2026年1月2日的报表没有数据'],
  ["module 'pandas' not found", "module 'pandas' not found"],
  ["module 'openpyxl' not found", "module 'openpyxl' not found"],
  ['COM error 0x80070005', 'COM error 0x80070005'],
  ['COM error 0x800A03EC', 'COM error 0x800A03EC'],
  ['Report of Oct 12, 2026 is empty', 'Report of November 3, 2026 is empty'],
  ['十月报表未生成', '十一月报表未生成'],
  ['没有 星期一 的排班', '没有星期三的排班'],
  ['等待元素 #save 超时：1分30秒', '等待元素 #save 超时：30秒'],
  ['缺少字段“金额”', '缺少字段“金额”'],
  ['缺少字段“客户编号”', '缺少字段“客户编号”'],
  ['3 of 17 rows were refused', '1 of 250 rows were refused'],
  ['未找到元素：提交按钮（第2次重试）', '未找到元素：提交按钮（第3次重试）'],
  ['未找到元素：取消按钮（第2次重试）', '未找到元素：取消按钮（第3次重试）'],
  [
    'Sheet "2026-11" not found in /data/report_2026-11.xlsx',
    'Sheet "2026-12" not found in /data/report_2026-12.xlsx',
  ],
  [
    'HTTP 502 from https://erp.example.com/api/v1/orders',
    'HTTP 502 from https://erp.example.com/api/v1/orders',
  ],
  [
    'HTTP 504 from https://erp.example.com/api/v1/orders',
    'HTTP 504 from https://erp.example.com/api/v1/orders',
  ],
  ['合同编号 HT20261130001 未审批', '合同编号 HT20261129044 未审批'],
  ['合同编号 HT20261130001 已作废', '合同编号 HT20261129044 已作废'],
  ['登录失败，验证码 8831 不正确', '登录失败，验证码 0427 不正确'],
  ['Login failed for user zhang.wei@example.com', 'Login failed for user li.na@example.cn'],
  ['ORA-00001: unique constraint violated', 'ORA-00001: unique constraint violated'],
  ['ORA-00060: deadlock detected', 'ORA-00060: deadlock detected'],
  ['内存占用 3.2GB 超过限制 2GB', '内存占用 2.8GB 超过限制 2GB'],
  ['token ••••c3f1 expired', 'token ••••9b02 expired'],
  ['打印机 HP-203 缺纸', '打印机 HP-118 缺纸'],
  ['"金额" 列第 12 行不是数字：“一千”', '"金额" 列第 40 行不是数字：“N/A”'],
];

/**
 * Stories of one problem: `F` fails, `.` passes, `b` goes on by the error branch, a digit is the revision from there on;
 * and how it stands then.
 */
const stories: readonly (readonly [string, ProblemState, number])[] = [
  ...([
    ['F', 'open', 0],
    ['FF', 'open', 0],
    ['.F', 'open', 0],
    ['...F', 'open', 0],
    ['FFF.', 'resolved', 1],
    ['FFF..', 'resolved', 2],
    ['F.', 'resolved', 1],
    ['.FF.', 'resolved', 1],
    ['F.F', 'regressed', 0],
    ['FF.F', 'regressed', 0],
    ['FFF.FF', 'regressed', 0],
    ['FFF.F.', 'watching', 1],
    ['FFF.F..', 'resolved', 2],
    ['F.F.', 'watching', 1],
    ['F.F..', 'watching', 2],
    ['F.F...', 'resolved', 3],
    ['F.F.F.', 'watching', 1],
    ['F..F..F..', 'watching', 2],
    ['F..F..F..........', 'resolved', 10],
    ['F....F....F....', 'watching', 4],
    [`F....F....F....${'.'.repeat(10)}`, 'resolved', 14],
    ['......F.', 'watching', 1],
    ['......F..', 'watching', 2],
    ['......FF.', 'resolved', 1],
    ['1FF2.', 'resolved', 1],
    ['1FF2.F', 'regressed', 0],
    ['1FF2F', 'open', 0],
    ['1......F2.', 'watching', 1],
    ['1......2F.', 'resolved', 1],
    ['1FF2F3.', 'resolved', 1],
    ['F.FF.F.F..', 'watching', 2],
    [`....F....F....F${'.'.repeat(13)}`, 'watching', 13],
    [`....F....F....F${'.'.repeat(14)}`, 'resolved', 14],
    ['.F.F.F.F....', 'watching', 4],
    ['.F.F.F.F.....', 'resolved', 5],
    ['....FFF.', 'resolved', 1],
    ['FFb', 'open', 0],
    ['FFb.', 'resolved', 1],
    ['FFFF.', 'resolved', 1],
    ['FFFF.....F', 'regressed', 0],
    ['F.F.F.F......', 'resolved', 6],
    ['..F', 'open', 0],
    ['.....F....F....F..', 'watching', 2],
    ['1FFF2.3.', 'resolved', 2],
    ['1FFF2.F', 'regressed', 0],
    // Of the five runs before it one passed: that may be chance.
    ['1FFF2.F3.', 'watching', 1],
    ['FbF.', 'resolved', 1],
    ['....F...F...F', 'open', 0],
    [`F${'.'.repeat(20)}`, 'resolved', 20],
  ] as const),
];

const table: string[][] = [];
const share = (part: number, all: number) => `${((100 * part) / all).toFixed(1)} %`;
afterAll(() => {
  const widths = [0, 1, 2].map((at) => Math.max(...table.map((row) => (row[at] ?? '').length)));
  const lines = table.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  '));
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
});

/** What is said of each run: the causes and nodes of its findings. */
async function diagnosed(runs: readonly CorpusRun[]) {
  const { take, tree } = engineParts({ maxBytes: 100_000_000, maxExecutions: 10_000 });
  const found = [];
  for (const run of runs) {
    const [finished] = take([corpusRecord(run)]).finished;
    const key = finished?.summary.key ?? '';
    found.push(await tree.window({ key, collapsed: [], at: { offset: 0 }, limit: 0 }));
  }
  return found;
}

test('causes and nodes are named right', async () => {
  expect(failedRuns.length).toBeGreaterThanOrEqual(150);
  const windows = await diagnosed(failedRuns);
  const wrongCause = failedRuns.filter(
    ({ cause }, index) => windows[index]?.findings[0]?.cause !== cause,
  );
  const wrongNode = failedRuns.filter(
    ({ failedAt = robotNode }, index) => windows[index]?.failing?.nodeId !== corpusNodes[failedAt],
  );
  const all = failedRuns.length;
  table.push(
    [
      'failed runs',
      String(all),
      `${String(new Set(failedRuns.map(({ cause }) => cause)).size)} causes`,
    ],
    ['cause right', String(all - wrongCause.length), share(all - wrongCause.length, all)],
    ['node right', String(all - wrongNode.length), share(all - wrongNode.length, all)],
  );
  expect(wrongCause.map(({ cause, error }) => `${cause}: ${String(error)}`)).toEqual([]);
  expect(wrongCause.length).toBeLessThanOrEqual(0.05 * all);
  expect(wrongNode.length).toBeLessThanOrEqual(0.02 * all);
});

test('each cause that words tell is told at least twice, in both generations', () => {
  const inWords = Object.entries(causes).flatMap(([cause, { patterns }]) =>
    patterns.length > 0 ? [cause] : [],
  );
  const few = inWords.filter((cause) =>
    generations.some(
      (generation) =>
        !failedRuns.some((run) => run.cause === cause && run.generation === generation),
    ),
  );
  expect(few).toEqual([]);
});

test('a failure that was got over is told as that, at its step', async () => {
  const windows = await diagnosed(gotOver);
  const told = windows.map(({ findings: [finding] }) => [finding?.cause, finding?.node?.nodeId]);
  table.push(['runs that got over it', String(told.length), '']);
  expect(told).toEqual(gotOver.map(({ cause }) => [cause, corpusNodes[robotNode]]));
});

test('healthy runs have no finding, whatever is said in them', async () => {
  const windows = await diagnosed(healthyRuns);
  const accused = windows.filter(({ findings }) => findings.length > 0);
  table.push(['healthy runs', String(windows.length), `with a finding: ${String(accused.length)}`]);
  expect(accused.map(({ findings }) => findings[0])).toEqual([]);
});

test('nothing is unusual in the data of healthy runs', async () => {
  const { take, handlers } = engineParts({ maxBytes: 100_000_000, maxExecutions: 10_000 });
  const { finished } = take(healthyRuns.map(corpusRecord));
  const odd = [];
  for (const { summary } of finished) {
    const { signs } = await asked(handlers, 'signs', { key: summary.key });
    odd.push(...signs);
  }
  expect(finished).toHaveLength(healthyRuns.length);
  expect(odd).toEqual([]);
});

test('what is the same is one problem, and nothing else is', async () => {
  let n = 0;
  const runs = kinds.flatMap((texts) =>
    texts.map((error): CorpusRun => ({ n: n++, generation: generations[n % 2] ?? 'g3', error })),
  );
  const { executions } = await pastTrace(runs.map(corpusRecord));
  const problemOf = new Map(
    problemsOf(executions, 0).flatMap(({ fingerprint, failures }) =>
      failures.map(({ sid }) => [sid, fingerprint] as const),
    ),
  );
  const names = executions.map(({ sid }) => problemOf.get(sid));
  let at = 0;
  const groups = kinds.map((texts) => new Set(texts.map(() => names[at++])));
  const joined = groups.filter(({ size }) => size === 1).length;
  const mixed = groups.filter((group, index) =>
    groups.some((other, place) => place !== index && [...group].some((name) => other.has(name))),
  ).length;
  table.push(
    ['kinds of failures', String(kinds.length), `${String(runs.length)} runs`],
    ['joined right', String(joined), share(joined, kinds.length)],
    ['joined wrongly', String(mixed), ''],
  );
  expect(joined).toBeGreaterThanOrEqual(0.98 * kinds.length);
  expect(mixed).toBe(0);
});

test('what another log told is one problem with the same from before that log was kept', async () => {
  const error = 'Plugin node execution failed';
  const runs = told.map(({ text }, n) => ({
    ...{ n, generation: generations[n % 2] ?? 'g3', failedAt: nodeFor(n) },
    ...{ error, further: [text] },
  }));
  const { executions } = await pastTrace(runs.map(corpusRecord));
  const signed = executions.flatMap(({ failure, code }) => {
    if (failure?.also === undefined) return [];
    const reading = readFailures();
    const [now, before] = [failure, { ...failure, also: undefined }].map((of) =>
      failureSignature(of, code, reading),
    );
    return [{ text: failure.also.join(), isSame: now === before }];
  });
  expect(signed.length).toBeGreaterThan(0.9 * told.length);
  expect(signed.filter(({ isSame }) => !isSame)).toEqual([]);
});

test('stories end as they should', async () => {
  const ended: (readonly [string, ProblemState | undefined, number | undefined, number])[] = [];
  for (const [signs] of stories) {
    let revision = 'v1';
    const records = signs.split('').flatMap((sign, n) => {
      if (/\d/.test(sign)) {
        revision = `v${sign}`;
        return [];
      }
      const error = sign === 'F' ? `Element not found: #btnSave after ${String(n)} ms` : null;
      const generation = generations[n % 2] ?? 'g3';
      return [corpusRecord({ n, generation, error, revision, wentOn: sign === 'b' })];
    });
    const { executions } = await pastTrace(records.toReversed());
    const [problem, ...others] = problemsOf(executions, corpusBeginMs + 3_600_000);
    ended.push([signs, problem?.state, problem?.passes, others.length]);
  }
  const right = stories.filter(([, state], index) => ended[index]?.[1] === state).length;
  table.push(['stories', String(stories.length), `right: ${String(right)}`]);
  expect(ended).toEqual(stories.map(([signs, state, passes]) => [signs, state, passes, 0]));
});
