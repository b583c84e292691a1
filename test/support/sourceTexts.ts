import ts from 'typescript';

/** A text for people, as it stands in the source: the English original and the key of its translation. */
export interface SourceText {
  readonly text: string;
  /** `src/host/commands.ts:12`. */
  readonly place: string;
}

/** What a source file says to people. */
export interface SourceTexts {
  /** Literal first arguments of `t('…')`, `l10n.t('…')` and of the marker `msg('…')`. */
  readonly texts: readonly SourceText[];
  /** Sentences about texts that can never be translated as they stand. */
  readonly faults: readonly string[];
}

const translators = new Set(['t', 'msg']);
/** The ways to VS Code's surfaces, and where their texts begin among the arguments. */
const surfaces: Readonly<Record<string, number>> = {
  tell: 2,
  choose: 1,
  withProgress: 1,
  withQuietProgress: 1,
};
const spokenAttributes = new Set(['title', 'alt', 'placeholder', 'aria-label', 'aria-description']);
const word = /\p{L}{2,}/u;

/** Finds the texts of one TypeScript or TSX file, through its syntax tree. */
export function sourceTexts(path: string, source: string): SourceTexts {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.ES2023, false, kind);
  const texts: SourceText[] = [];
  const faults: string[] = [];
  const place = (node: ts.Node): string =>
    `${path}:${String(file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1)}`;
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) visitCall(node);
    else if (ts.isJsxText(node) && word.test(node.text)) {
      faults.push(`${place(node)} shows "${node.text.trim()}" without t()`);
    } else if (ts.isJsxAttribute(node)) visitAttribute(node);
    ts.forEachChild(node, visit);
  };
  const visitAttribute = ({ name, initializer }: ts.JsxAttribute): void => {
    if (initializer === undefined || !ts.isStringLiteral(initializer)) return;
    if (!spokenAttributes.has(name.getText(file)) || !word.test(initializer.text)) return;
    faults.push(`${place(initializer)} shows "${initializer.text}" without t()`);
  };
  const visitCall = (call: ts.CallExpression): void => {
    const name = calledName(call);
    const [first, ...rest] = call.arguments;
    if (name === undefined || first === undefined) return;
    const firstShown = Object.hasOwn(surfaces, name) ? surfaces[name] : undefined;
    if (firstShown !== undefined) {
      for (const argument of call.arguments.slice(firstShown)) {
        const text = literalText(argument);
        if (text !== undefined) faults.push(`${place(argument)} shows "${text}" without t()`);
      }
    }
    if (!translators.has(name)) return;
    if (ts.isTemplateExpression(first)) {
      faults.push(`${place(first)} builds a text of parts: use {0} and arguments`);
    }
    const text = literalText(first);
    if (text === undefined) return;
    texts.push({ text, place: place(first) });
    const passed = rest.some(ts.isSpreadElement) ? Infinity : rest.length;
    if (name === 't' && !takesNames(rest) && argumentCount(text) > passed) {
      faults.push(`${place(first)} gives too few arguments to "${text}"`);
    }
  };
  visit(file);
  return { texts, faults };
}

/** The placeholders of a text (`{0}`, `{name}`), sorted, each once. */
export function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
}

function calledName({ expression }: ts.CallExpression): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
}

function literalText(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  // A long sentence may be written as pieces on several lines.
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) {
    return undefined;
  }
  const [left, right] = [literalText(node.left), literalText(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

const takesNames = (rest: readonly ts.Expression[]): boolean =>
  rest.length === 1 && rest.some((node) => ts.isObjectLiteralExpression(node));

const argumentCount = (text: string): number =>
  Math.max(0, ...placeholders(text).map((name) => Number(name.slice(1, -1)) + 1 || 0));
