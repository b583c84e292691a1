import { expect, test } from 'vitest';
import { parseQuery } from '../../../src/query/parseQuery.ts';
import {
  chineseFields,
  chineseKinds,
  chineseOutcomes,
  fieldOf,
  outcomes,
  queryFields,
  queryKinds,
} from '../../../src/query/words.ts';
import { engineParts } from '../engine/world.ts';

/** What is offered at `|`, as it is inserted. */
async function offered(marked: string) {
  const { put, handlers } = engineParts();
  put({ sid: 'a', beginMs: 1, nodeNames: ['提取发票', 'Click save'] });
  put({ sid: 'b', beginMs: 2, nodeNames: ['提取发票'], outcome: 'failed', code: 21_300 });
  put({ sid: 'c', beginMs: 3, service: 'rpa-server', kind: 'rpa', subject: 'purchase' });
  const completions = await handlers.complete({
    scope: { kind: 'all' },
    filter: marked.replace('|', ''),
    cursor: marked.indexOf('|'),
  });
  return completions?.items.map(({ insert, count }) =>
    count === null ? insert : `${insert} (${String(count)})`,
  );
}

test.each<[string, string[] | undefined]>([
  ['st|', ['status:']],
  ['s|', ['status:', 'service:', 'sid:']],
  [
    'status:|',
    [
      ...['failed (1)', 'succeeded (2)', 'running (0)'],
      ...['stalled (0)', 'cancelled (0)', 'unreported (0)'],
    ],
  ],
  ['status:su|', ['succeeded (2)']],
  [
    '状态：|',
    [
      ...['失败 (1)', '成功 (2)', '运行中 (0)'],
      ...['不再上报 (0)', '已取消 (0)', '未上报结果 (0)'],
    ],
  ],
  ['状态:失|', ['失败 (1)']],
  ['status:成|', ['成功 (2)']],
  ['类型：|', ['运行 (3)', '工具调用 (0)']],
  ['状|', ['状态：']],
  // Who writes Chinese finds all that contains it, values as well.
  ['失|', ['失败节点：', '状态：失败 (1)']],
  ['失|：x', ['失败节点：']],
  ['x 节|', ['节点：', '失败节点：']],
  ['运行|', ['状态：运行中 (0)', '类型：运行 (3)']],
  ['上报|', ['状态：不再上报 (0)', '状态：未上报结果 (0)']],
  ['发票|', ['节点：提取发票 (2)']],
  ['status:败|', ['失败 (1)']],
  ['耗时：>1|', ['>1s', '>1m', '>10m']],
  ['时间：to|', ['today']],
  ['status:failed|', undefined],
  ['node:|', ['提取发票 (2)', '"Click save" (1)']],
  ['node:save|', ['"Click save" (1)']],
  ['kind:|', ['run (3)', 'tool (0)']],
  ['service:|', ['workflow (2)', 'rpa-server (1)']],
  ['code:2|', ['21300 (1)']],
  ['flow:p|', ['purchase (1)']],
  ['failing:|', undefined],
  ['cause:|', ['unknown (1)']],
  ['duration:>|', ['>1s', '>5s', '>30s', '>1m', '>10m']],
  ['time:to|', ['today']],
  ['time:1|', ['15m', '1h', '>12:00']],
  ['code:>|', ['>0']],
  ['text:|', undefined],
  ['sid:|', undefined],
  ['colour:|', undefined],
])('%s offers', async (marked, expected) => {
  expect(await offered(marked)).toEqual(expected);
});

test.each([
  [chineseFields, '', queryFields],
  [chineseOutcomes, 'status:', outcomes],
  [chineseKinds, 'kind:', queryKinds],
])('what is offered in Chinese is read as what it stands for: %j', (words, field, expected) => {
  const read = words.map((word) => {
    if (field === '') return fieldOf(word);
    const [term] = parseQuery(`${field}${word}`, 0).terms;
    const { condition } = term ?? {};
    return condition?.kind === 'status'
      ? condition.outcome
      : condition?.kind === 'kind' && condition.of;
  });
  expect(read).toEqual(field === '' ? expected.filter((one) => one !== 'sid') : expected);
});

test('all fields are offered where nothing is written yet', async () => {
  expect(await offered('x |')).toHaveLength(13);
});
