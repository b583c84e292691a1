/**
 * The rules about syntax and globals that are the house's own. All others are checked by oxlint (`oxlint.config.ts`), whose types
 * come from the native compiler: a tenth of the time.
 */
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

import imports from './test/structure/imports.cjs';

const { sharedFiles, sharedFolders } = imports;
const shared = [...sharedFolders.map((folder) => `${folder}/**/*.ts`), ...sharedFiles];

/** Globals that exist in one runtime only; shared folders run in both, so they may use neither side's. */
const nodeGlobals = ['Buffer', 'process', 'global', 'require', 'module', '__dirname', '__filename'];
const browserGlobals = ['window', 'document', 'navigator', 'localStorage', 'sessionStorage'];

/**
 * @param {string[]} names
 * @returns {['error', ...{ name: string, message: string }[]]}
 */
const restricted = (...names) => [
  'error',
  ...names.map((name) => ({ name, message: 'Not available in every runtime of this folder.' })),
];

const noBarrels = {
  selector: 'ExportAllDeclaration',
  message: 'No barrels: import the file that has it.',
};

/**
 * What shows a text outside of the panel's page: VS Code makes links, icons and lines of it, and the texts
 * come from records. Named here without their object, because there are many ways to get at that one.
 */
const shows = [
  'show(?:Information|Warning|Error)Message|show(?:QuickPick|InputBox|OpenDialog|SaveDialog)',
  'showWorkspaceFolderPick|setStatusBarMessage|with(?:Scm)?Progress',
  'create(?:StatusBarItem|QuickPick|InputBox|Terminal|WebviewPanel|TreeView|OutputChannel)',
  'create(?:TextEditorDecorationType|DiagnosticCollection|CommentController|TestController)',
  'create(?:LanguageStatusItem|SourceControl|NotebookController)|sendText|openExternal',
  'register(?:TreeDataProvider|WebviewViewProvider|TerminalProfileProvider|FileDecorationProvider)',
  'register(?:CodeLens|Hover|CompletionItem|InlayHints|DocumentLink|CodeActions|Color)\\w*Provider',
  'register(?:Document|Workspace)Symbol\\w*Provider',
].join('|');
const shown = [
  'MarkdownString|MarkedString|ThemeIcon|TreeItem|Hover|CodeLens|CodeAction|Diagnostic|InlayHint',
  'InlayHintLabelPart|CompletionItem|CompletionList|DocumentLink|FileDecoration|TestMessage|Task',
].join('|');
const texts = 'title|tooltip|badge|placeholder|prompt|accessibilityInformation';
/** Commands of VS Code that take a title for what they open; `vscode.open` does behind its column. */
const titled = 'vscode\\.(?:diff|changes)';
const throughSurfaces =
  'Texts of records become links and icons there: go through src/host/surfaces.ts.';
const surfaces = [
  `MemberExpression[property.name=/^(?:${shows})$/]`,
  `MemberExpression[property.value=/^(?:${shows})$/]`,
  `ObjectPattern > Property[key.name=/^(?:${shows})$/]`,
  `NewExpression[callee.property.name=/^(?:${shown})$/]`,
  `ObjectPattern > Property[key.name=/^(?:${shown})$/]`,
  `ImportSpecifier[imported.name=/^(?:${shown}|window|l10n)$/]`,
  `AssignmentExpression[left.property.name=/^(?:${texts})$/]`,
  `CallExpression[arguments.0.value=/^${titled}$/]`,
  'CallExpression[arguments.0.value="vscode.open"][arguments.length>3]',
].map((selector) => ({ selector, message: throughSurfaces }));
const translations = ['MemberExpression[property.name="l10n"]', 'Property[key.name="l10n"]'].map(
  (selector) => ({ selector, message: 'Arguments are shown as text by t() of src/host/l10n.ts.' }),
);

/** What is no source of ours, or is a test's input. */
export const notLinted = [
  'dist/',
  'test-results/',
  '.vscode-test/',
  'media/',
  'test/fixtures/',
  'test/structure/fixtures/',
];

export default defineConfig(
  {
    ignores: ['node_modules/', ...notLinted],
  },
  {
    files: ['**/*.{ts,tsx,mjs}'],
    languageOptions: { parser: tseslint.parser },
    // What is excused is excused of oxlint's rules, which says so where that is not needed.
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules: { 'no-restricted-syntax': ['error', noBarrels] },
  },
  {
    files: shared,
    rules: { 'no-restricted-globals': restricted(...nodeGlobals, ...browserGlobals) },
  },
  {
    files: ['src/**/*.ts'],
    ignores: shared,
    rules: { 'no-restricted-globals': restricted(...browserGlobals) },
  },
  {
    files: ['webview/**/*.{ts,tsx}'],
    rules: { 'no-restricted-globals': restricted(...nodeGlobals) },
  },
  {
    files: ['src/{extension.ts,host/**/*.ts}'],
    rules: { 'no-restricted-syntax': ['error', noBarrels, ...surfaces, ...translations] },
  },
  {
    files: ['src/host/surfaces.ts', 'src/host/editor/editorSurfaces.ts'],
    rules: { 'no-restricted-syntax': ['error', noBarrels, ...translations] },
  },
  {
    files: ['src/host/l10n.ts'],
    rules: { 'no-restricted-syntax': ['error', noBarrels, ...surfaces] },
  },
);
