import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { sourceKinds } from '../../src/sources/table.ts';
import { projectFiles, readText } from '../support/projectFiles.ts';

/** Where each kind has a line, and nothing else may ask for one. */
const tables = /^(src\/sources\/|src\/host\/sourceTable\.ts$|webview\/sourceTable\.tsx$)/;
const kinds = new Set<string>(sourceKinds);

/** The places of a file that tell kinds of sources apart. To make one, `{ kind: 'sample' }`, is no question. */
function questions(path: string, source: string): string[] {
  const jsx = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.ES2023, true, jsx);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const asks = ts.isStringLiteralLike(node)
      ? kinds.has(node.text) && !isMade(node) && !ts.isImportDeclaration(node.parent)
      : ts.isObjectLiteralExpression(node) &&
        namesOf(node).filter((name) => kinds.has(name)).length > 1;
    if (asks) found.push(node.getText(file));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isMade({ parent }: ts.Node): boolean {
  return ts.isPropertyAssignment(parent) && parent.name.getText() === 'kind';
}

function namesOf(literal: ts.ObjectLiteralExpression): string[] {
  return literal.properties.flatMap(({ name }) =>
    name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [name.text] : [],
  );
}

describe('who asks for a kind of source', () => {
  test.each([
    [`if (spec.kind === 'kafka') read()`, [`'kafka'`]],
    [`if ('files' != kind) read()`, [`'files'`]],
    [`switch (kind) { case 'contents': case 'sample': }`, [`'contents'`, `'sample'`]],
    [`const live = ['kafka', 'sample'].includes(kind)`, [`'kafka'`, `'sample'`]],
    [`type Live = Exclude<Remembered, { kind: 'files' }>`, [`'files'`]],
    [`interface Live { readonly kind: 'kafka' | 'sample' }`, [`'kafka'`, `'sample'`]],
    [`const icons = { kafka: 1, sample: 2 }`, ['{ kafka: 1, sample: 2 }']],
    ['if (kind === `kafka`) read()', ['`kafka`']],
    [`open({ kind: 'sample' })`, []],
    [`open({ paths, kind: 'files' })`, []],
    [`const { files, kind } = source; open({ files })`, []],
    [`if (kind === 'live') read()`, []],
  ])('%s', (source, expected) => {
    expect(questions('x.ts', source)).toEqual(expected);
  });

  test('nobody but the tables', async () => {
    const sources = (await projectFiles()).filter((path) => /^(src|webview)\/.*\.tsx?$/.test(path));
    expect(sources.filter((path) => tables.test(path)).length).toBeGreaterThan(50);
    const found = await Promise.all(
      sources
        .filter((path) => !tables.test(path))
        .map(async (path) =>
          questions(path, await readText(path)).map((question) => `${path}: ${question}`),
        ),
    );
    expect(found.flat()).toEqual([]);
  });
});
