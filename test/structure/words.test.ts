import { describe, expect, test } from 'vitest';
import { readTranslations } from '../../scripts/translations.ts';
import { repositoryRoot } from '../support/paths.ts';
import { projectFiles, readText } from '../support/projectFiles.ts';
import { sourceTexts } from '../support/sourceTexts.ts';
import {
  chineseFaults,
  countedNoun,
  englishFaults,
  isTitleCase,
  joinedInCode,
  smallLabels,
  withoutSingular,
} from '../support/wordRules.ts';

describe('what an editor would send back', () => {
  test.each([
    ['错误: {0}', true],
    ['“{0}”, {1}', true],
    ['查找 (Ctrl+F)', true],
    ['查找（Ctrl+F）', false],
    ['加入消费组', true],
    ['请将 “a.b” 设为', true],
    ['执行失败，代码 {0}。', true],
    ['执行失败，状态码 {0}。', false],
    ['复制 id', true],
    ['{0}/{1}', false],
    ['状态码：55003、>0', false],
    ['与上次成功的运行比较', true],
    ['点击“跳过”', true],
    ['例如 `{"minio:9000": "127.0.0.1:9000"}`：服务', false],
    ['broker 请写作 host:port，多个之间用逗号分隔。', false],
  ])('of %s', (text, isFault) => {
    expect(chineseFaults(text).length > 0).toBe(isFault);
  });

  test.each([
    ['{0} % read', true],
    ['{0}% read', false],
    ['record(s)', true],
    ['Copy the id', true],
    ['“{0}” is no status.', true],
    ['This is no link to it.', true],
    ["the robot's report", true],
    ['the robot’s report', false],
    ['“{0}” gave no {1}.', true],
    ['“{0}” returned no {1}.', false],
    ['“{0}” failed first and was made good.', true],
  ])('of %s in English', (text, isFault) => {
    expect(englishFaults(text).length > 0).toBe(isFault);
  });

  test.each([
    ['Go to Step in Flow', true],
    ['Open this execution', false],
    ['Show {0} More Lines of {1}', true],
    ['Did you mean “{0}”?', true],
    ['Start in', false],
  ])('whether %s is in title case', (text, is) => {
    expect(isTitleCase(text)).toBe(is);
  });

  test.each([
    ['{0} more records of “{1}”', 'records'],
    ['{0} matches', 'matches'],
    ['{0} is at work', null],
    ['Executions: {0}', null],
  ])('what %s counts', (text, noun) => {
    expect(countedNoun(text)).toBe(noun);
  });

  test.each([
    ['no form for 1', `function f() { return t('{0} lines', n) }`, 1],
    ['a form for 1', `function f() { return n === 1 ? t('1 line') : t('{0} lines', n) }`, 0],
  ])('%s', (_name, source, faults) => {
    expect(withoutSingular('x.ts', source)).toHaveLength(faults);
  });

  test.each([
    ['a colon', 'const a = `${t("Error")}: ${b}`', 1],
    ['a blank', 'const a = `${stuckText(s, t)} ${stuckAdvice(s)}`', 1],
    ['a blank in markup', 'const a = <p>{t("One.")} {t("Two.")}</p>', 1],
    ['a comma between words', 'const a = `${texts.kind}, ${service}`', 1],
    ['a comma', 'const a = [t("One"), b].join(", ")', 1],
    ['lines', 'const a = [t("One"), b].join("\\n")', 0],
    ['a string', 'const a = t("{0}: {1}", t("Error"), b)', 0],
  ])('%s that code sets', (_name, source, faults) => {
    expect(joinedInCode('webview/x.tsx', source)).toHaveLength(faults);
  });

  test.each([
    ['a button', `const a = <button>{t('Copy the id')}</button>`, 1],
    ['an icon', `const a = <IconButton label={t('Copy ID')} />`, 0],
    ['an entry of a menu', `const a = [{ label: t('Show log') }]`, 1],
    ['a heading', `const a = <h2>{t('Rejected records')}</h2>`, 0],
  ])('the label of %s', (_name, source, faults) => {
    expect(smallLabels('x.tsx', source)).toHaveLength(faults);
  });
});

describe('the words of the project', async () => {
  const paths = (await projectFiles()).filter((path) => /^(src|webview)\/.*\.tsx?$/.test(path));
  const sources = await Promise.all(
    paths.map(async (path) => [path, await readText(path)] as const),
  );
  const english = (await manifestTexts('package.nls.json')).concat(
    sources.flatMap(([path, source]) => sourceTexts(path, source).texts.map(({ text }) => text)),
  );
  const translations = [...(await readTranslations(repositoryRoot, 'zh-cn')).texts.values()];
  const chinese = (await manifestTexts('package.nls.zh-cn.json')).concat(
    translations.map(({ text }) => text),
  );

  test('are English', () => {
    expect([...new Set(english)].flatMap(englishFaults)).toEqual([]);
  });

  test('are Chinese', () => {
    expect([...new Set(chinese)].flatMap(chineseFaults)).toEqual([]);
  });

  test('are put together by texts, not by code', () => {
    expect(sources.flatMap(([path, source]) => joinedInCode(path, source))).toEqual([]);
  });

  test('have a form for 1 where they count', () => {
    const bare = sources.flatMap(([path, source]) => withoutSingular(path, source));
    expect(bare.filter(({ text }) => !alwaysMany.has(text))).toEqual([]);
  });

  test('are in title case on buttons and in menus', () => {
    expect(sources.flatMap(([path, source]) => smallLabels(path, source))).toEqual([]);
  });

  test('are in title case for commands', async () => {
    const texts = JSON.parse(await readText('package.nls.json')) as Record<string, string>;
    const commands = Object.entries(texts).filter(([key]) => key.startsWith('command.'));
    expect(commands.filter(([, text]) => !isTitleCase(text))).toEqual([]);
  });
});

/** Where 1 can't be, with what makes sure of it. */
const alwaysMany: ReadonlySet<string> = new Set([
  // The least that is read with caution, and the most that is looked for: figures of ours above 1.
  'It now starts with the last {0} records of each partition and keeps at most {1} MB.',
  'At most {0} texts are searched for at once. “{1}” is ignored: remove another one to search for it.',
  'This happened {0} times in a row, so it isn’t restarted automatically.',
  // More than are needed, which is one at least.
  'passed {0} times since {1}',
  // By how much pieces overlap.
  'Long texts are searched in parts: results of more than {0} characters may be missing or cut off.',
  // Fewer than 80 are shown without a button.
  'Show More ({0} Characters Left)',
  'Show More ({0} Characters Before)',
  // Thousands: more are not drawn.
  'The first {0} steps are drawn; the file has {1} more.',
  // The middle of no fewer than three; what failed twice or more.
  'median of {1} earlier good runs: {0}',
  'Median of {1} earlier good runs: {0}',
  'Memory: {0}; median of {1} runs: {2}.',
  'CPU time: {0}; median of {1} runs: {2}.',
  'Failed {0} of the {1} runs since {2} that reached this step.',
  'Failed {0} of the {1} runs since {2} that reached one of its steps.',
  'Failed {0} of the {1} runs of its flow since {2}.',
  // Of two runs or more either.
  'Counting every cause, this step failed in {0} of the {1} runs that reached it since it first failed.',
  'Counting every cause, the step failed in {0} of the same {1} runs that reached it.',
  'Counting every cause, the step failed in all of the {0} runs that reached it.',
  'Counting every cause, the step failed in {0} of the {1} runs that reached it since then.',
  // Said of two runs or more.
  'failed {0} of the {1} runs since {2} that reached this step',
  'failed {0} of the {1} runs since {2} that reached one of its steps',
  'failed {0} of the {1} runs of its flow since {2}',
  // Said from the second time on.
  'It was tried {0} times; this is the last attempt.',
  'Logged {0} times: once for each round of an iteration, or once for each attempt and once for giving up',
  'Tried {0} times',
  'Tried {0} times, then gave up: the last of the {1} entries records this',
  'There were {0} attempts.',
  'There were {0} attempts in {1} rounds.',
  'This node was entered {0} times in {1} rounds: it was tried again.',
  'Tried {0} times in {1} rounds',
  'Tried {0} times in {1} rounds, then gave up: the last of the {2} entries records this',
  'This node was entered {0} times, once for each round. The record keeps one entry: its times are those of one round, most likely the last.',
  'This node ran {0} times. The record keeps one entry: times and values are those of the last item.',
  'This node was entered {0} times, for rounds or for attempts: the record doesn’t say which.',
]);

async function manifestTexts(path: string): Promise<string[]> {
  return Object.values(JSON.parse(await readText(path)) as Record<string, string>);
}
