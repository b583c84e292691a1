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

export default defineConfig(
  {
    ignores: [
      'node_modules/',
      'dist/',
      'test-results/',
      '.vscode-test/',
      'media/',
      'test/fixtures/',
      'test/structure/fixtures/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx,mjs}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'webview/tsconfig.json', 'test/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // `== null` asks for undefined as well, which is its use.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      // What is hard to read is a function with many ways through it, not a file with many lines.
      complexity: ['error', { max: 26, variant: 'modified' }],
      'max-depth': ['error', 4],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'no-restricted-syntax': ['error', noBarrels],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports' },
      ],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // An empty text is as good as none in most places; `||` says so.
      '@typescript-eslint/prefer-nullish-coalescing': [
        'error',
        { ignorePrimitives: { string: true } },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' },
      ],
    },
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
  {
    files: ['webview/**/*.{ts,tsx}'],
    rules: { 'no-restricted-globals': restricted(...nodeGlobals) },
  },
  {
    // Scripts and tests print for people; tests reach into what they check.
    files: ['*.mjs', 'scripts/*.{ts,mjs}', 'test/**/*.{ts,tsx,mjs}'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Their tools read the default export.
    files: ['eslint.config.mjs', 'test/**/vitest.config.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
);
