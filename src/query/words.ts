import type { Outcome } from '../trace/execution.ts';
import type { QueryField, QueryKind } from './terms.ts';

/** The fields in the order in which they are offered. */
export const queryFields: readonly QueryField[] = [
  ...([
    'status',
    'node',
    'failing',
    'cause',
    'problem',
    'duration',
    'code',
    'kind',
    'service',
    'sid',
    'flow',
  ] as const),
  ...(['time', 'text'] as const),
];

/** The kinds in the order in which they are offered. */
export const queryKinds: readonly QueryKind[] = ['run', 'tool'];

/** The outcomes in the order in which they are offered. */
export const outcomes: readonly Outcome[] = [
  ...(['failed', 'succeeded', 'running', 'stalled', 'cancelled', 'unreported'] as const),
];

/** The words that readers of Chinese write, because they see those on the screen. */
const fieldAliases: Readonly<Record<string, QueryField>> = {
  状态: 'status',
  节点: 'node',
  失败节点: 'failing',
  原因: 'cause',
  问题: 'problem',
  时长: 'duration',
  耗时: 'duration',
  代码: 'code',
  错误码: 'code',
  类型: 'kind',
  服务: 'service',
  流程: 'flow',
  时间: 'time',
  文本: 'text',
  内容: 'text',
};

const outcomeAliases: Readonly<Record<string, Outcome>> = {
  ok: 'succeeded',
  success: 'succeeded',
  error: 'failed',
  canceled: 'cancelled',
  成功: 'succeeded',
  失败: 'failed',
  已取消: 'cancelled',
  取消: 'cancelled',
  运行中: 'running',
  停滞: 'stalled',
  不再上报: 'stalled',
  已停滞: 'stalled',
  未上报: 'unreported',
  未上报结果: 'unreported',
};

const kindAliases: Readonly<Record<string, QueryKind>> = {
  runs: 'run',
  tools: 'tool',
  运行: 'run',
  工具: 'tool',
  工具调用: 'tool',
};

/** What is offered to who writes Chinese: of several words the one on the screen. */
export const chineseFields: readonly string[] = [
  ...[
    '状态',
    '节点',
    '失败节点',
    '原因',
    '问题',
    '耗时',
    '代码',
    '类型',
    '服务',
    '流程',
    '时间',
    '文本',
  ],
];

/** The same of outcomes, in their order. */
export const chineseOutcomes: readonly string[] = [
  ...['失败', '成功', '运行中', '不再上报', '已取消', '未上报结果'],
];

/** The same of kinds. */
export const chineseKinds: readonly string[] = ['运行', '工具调用'];

/** Whether a word is written in Chinese. */
export function isChinese(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

/** The kind of a word; undefined when there is none. */
export function kindOf(name: string): QueryKind | undefined {
  const word = name.toLowerCase();
  return queryKinds.find((kind) => kind === word) ?? ownValue(kindAliases, word);
}

/** The field of a name, whatever its case; undefined when there is none. */
export function fieldOf(name: string): QueryField | undefined {
  const word = name.toLowerCase();
  return queryFields.find((field) => field === word) ?? ownValue(fieldAliases, word);
}

/** The outcome of a word; undefined when there is none. */
export function outcomeOf(name: string): Outcome | undefined {
  const word = name.toLowerCase();
  return outcomes.find((outcome) => outcome === word) ?? ownValue(outcomeAliases, word);
}

/**
 * The word that was probably meant, in Chinese where that is written: it begins so, or a slip or two make it so; null when
 * none is near.
 */
export function nearest(
  written: string,
  english: readonly string[],
  chinese: readonly string[],
): string | null {
  const word = written.toLowerCase();
  const words = isChinese(word) ? chinese : english;
  // A sign of Chinese is half a word.
  const begun =
    word.length >= 2 || isChinese(word)
      ? words.find((candidate) => candidate.startsWith(word))
      : undefined;
  if (begun !== undefined) return begun;
  const most = word.length <= 4 ? 1 : 2;
  let best: { word: string; slips: number } | undefined;
  for (const candidate of words) {
    const slips = slipsBetween(word, candidate);
    if (slips <= most && slips < (best?.slips ?? Infinity)) best = { word: candidate, slips };
  }
  return best?.word ?? null;
}

function ownValue<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** How many letters were left out, added, changed, or swapped with their neighbour. */
function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let slips = Math.min(at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) slips = Math.min(slips, at(before, j - 2) + 1);
      next.push(slips);
    }
    before = row;
    row = next;
  }
  return at(row, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
