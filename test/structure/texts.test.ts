import { describe, expect, test } from 'vitest';
import { repositoryRoot } from '../support/paths.ts';
import { projectFiles, readText } from '../support/projectFiles.ts';
import { placeholders, sourceTexts } from '../support/sourceTexts.ts';
import { languages, readTranslations } from '../../scripts/translations.ts';

describe('how texts are found', () => {
  test.each([
    ['a call', `t('Open')`, ['Open']],
    ['a method', `vscode.l10n.t('Open {0}', name)`, ['Open {0}']],
    ['a table', `const texts = { timeout: msg('Too slow') }`, ['Too slow']],
    ['a template without parts', "t(`It's open`)", [`It's open`]],
    ['pieces', `t('One ' + 'two')`, ['One two']],
    ['not a variable', `t(texts.timeout)`, []],
    ['not a comment', `// t('Open')`, []],
    ['not another function', `get('Open')`, []],
  ])('%s', (_name, source, expected) => {
    expect(sourceTexts('x.ts', source).texts.map(({ text }) => text)).toEqual(expected);
  });

  test.each([
    [
      'a text of parts',
      't(`Open ${name}`)',
      'x.tsx:1 builds a text of parts: use {0} and arguments',
    ],
    [
      'an argument missing',
      `t('{0} of {1}', a)`,
      'x.tsx:1 gives too few arguments to "{0} of {1}"',
    ],
    ['a bare text', `const a = <p>Hello</p>`, 'x.tsx:1 shows "Hello" without t()'],
    ['a bare label', `const a = <b aria-label="Close"/>`, 'x.tsx:1 shows "Close" without t()'],
    ['a bare message', `tell(vscode, 'error', 'No')`, 'x.tsx:1 shows "No" without t()'],
  ])('%s is a fault', (_name, source, fault) => {
    expect(sourceTexts('x.tsx', source).faults).toEqual([fault]);
  });

  test.each([
    ['signs are no text', `const a = <p>· {count} %</p>`],
    ['arguments by name', `t('Open {name}', { name })`],
    ['arguments spread', `t('{0} of {1}', ...both)`],
  ])('%s', (_name, source) => {
    expect(sourceTexts('x.tsx', source).faults).toEqual([]);
  });
});

describe('the texts of the project', async () => {
  const sources = (await projectFiles()).filter((path) => /^(src|webview)\/.*\.tsx?$/.test(path));
  const found = await Promise.all(
    sources.map(async (path) => sourceTexts(path, await readText(path))),
  );
  const texts = found.flatMap((file) => file.texts);
  const used = new Set(texts.map(({ text }) => text));

  test('can be translated', () => {
    expect(found.flatMap(({ faults }) => faults)).toEqual([]);
  });

  describe.each(languages)('in %s', async (language) => {
    const translations = await readTranslations(repositoryRoot, language);
    const entries = [...translations.texts];

    test('the parts of the bundle fit together', () => {
      expect(translations.errors).toEqual([]);
    });

    test('none is missing', () => {
      const missing = texts.filter(({ text }) => !translations.texts.has(text));
      expect(missing.map(({ text, place }) => `${place} ${text}`)).toEqual([]);
    });

    test('none is left over', () => {
      const unused = entries.filter(([text]) => !used.has(text));
      expect(unused.map(([text, { part }]) => `${part}: ${text}`)).toEqual([]);
    });

    test('none is empty', () => {
      const empty = entries.filter(([, { text }]) => text.trim() === '');
      expect(empty.map(([text]) => text)).toEqual([]);
    });

    test('executions are counted as one counts them: 次, not 个 or nothing', () => {
      const odd = entries.filter(([, { text }]) => /(?:\{\d\}|\d) ?个?执行(?!记录)/.test(text));
      expect(odd.map(([english, { text }]) => `${english} → ${text}`)).toEqual([]);
    });

    test('placeholders agree', () => {
      const different = entries.filter(
        ([english, { text }]) => placeholders(english).join() !== placeholders(text).join(),
      );
      expect(different.map(([english, { text }]) => `${english} → ${text}`)).toEqual([]);
    });
  });
});
