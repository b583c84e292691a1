/** Who uses the package reads its declarations: each exported thing and each of its members says what it is. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../../support/paths.ts';

const folder = join(repositoryRoot, 'src/telemetry');
const entries = ['telemetry.ts', 'metrics.ts', 'playwright.ts', 's3LargeFieldStore.ts'];

function parsed(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

/** The files and names that an entry exports again; with no file of another, what it exports itself. */
function exportsOf(entry: string): { readonly file: string; readonly names: Set<string> | null }[] {
  const source = parsed(join(folder, entry));
  const again = source.statements.filter(ts.isExportDeclaration);
  if (again.length === 0) return [{ file: source.fileName, names: null }];
  return again.map(({ moduleSpecifier, exportClause }) => {
    const path = moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
    const elements = exportClause && ts.isNamedExports(exportClause) ? exportClause.elements : [];
    return {
      file: join(dirname(source.fileName), path),
      names: new Set(elements.map(({ name }) => name.text)),
    };
  });
}

type Member = ts.ClassElement | ts.TypeElement;

function membersOf(node: ts.Node): readonly Member[] {
  if (ts.isInterfaceDeclaration(node)) return node.members;
  if (ts.isClassDeclaration(node)) {
    const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
    return node.members.filter(
      (member) =>
        (ts.getCombinedModifierFlags(member) & hidden) === 0 &&
        !ts.isConstructorDeclaration(member),
    );
  }
  return [];
}

function isDocumented(node: ts.Node): boolean {
  return ts.getJSDocCommentsAndTags(node).length > 0;
}

function undocumentedIn({ file, names }: ReturnType<typeof exportsOf>[number]): string[] {
  const found: string[] = [];
  const documented = new Set<string>();
  for (const node of parsed(file).statements) {
    const declared = ts.isVariableStatement(node) ? node.declarationList.declarations[0] : node;
    const name = (declared as ts.NamedDeclaration | undefined)?.name?.getText() ?? '';
    const isExported = names === null ? node.getText().startsWith('export ') : names.has(name);
    if (!isExported || name === '') continue;
    // Of several forms of a function the first speaks for all.
    if (isDocumented(node)) documented.add(name);
    else if (!documented.has(name)) found.push(name);
    for (const member of membersOf(node)) {
      const memberName = member.name?.getText() ?? '';
      const key = `${name}.${memberName}`;
      if (isDocumented(member)) documented.add(key);
      else if (!documented.has(key)) found.push(key);
    }
  }
  return found;
}

test.each(entries)('all that %s exports', (entry) => {
  expect(exportsOf(entry).flatMap(undocumentedIn)).toEqual([]);
});
