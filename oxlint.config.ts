/**
 * Rules of typescript-eslint's strict and stylistic sets, by the names that oxlint has for them, and some more. Types
 * come from the native compiler (oxlint-tsgolint); what only the house forbids is in `eslint.config.mjs`.
 */
import { defineConfig, type OxlintConfig } from 'oxlint';
import tseslint from 'typescript-eslint';

import { notLinted } from './eslint.config.mjs';

type Rules = NonNullable<OxlintConfig['rules']>;

/** Rules of ESLint itself, of which typescript-eslint has its own. */
const extended = new Set(
  'no-array-constructor no-empty-function no-unused-expressions no-useless-constructor'.split(' '),
);
/** Those that oxlint does not have: we have no enums, and classes are not assigned to each other. */
const missing = new Set(['no-unsafe-class-instance-assignment', 'no-unsafe-enum-assignment']);

function strictRules(): Rules {
  const sets = [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked];
  const rules = Object.assign({}, ...sets.map((set) => set.rules ?? {})) as Rules;
  return Object.fromEntries(
    Object.entries(rules).flatMap(([name, setting]) => {
      const [, own] = name.split('@typescript-eslint/');
      if (own === undefined || missing.has(own)) return [];
      return [[extended.has(own) ? own : `typescript/${own}`, setting]];
    }),
  );
}

export default defineConfig({
  plugins: ['typescript'],
  categories: { correctness: 'off' },
  options: { typeAware: true, reportUnusedDisableDirectives: 'error' },
  // What Node loads as CommonJS has rules of its own.
  ignorePatterns: [...notLinted, '**/*.cjs'],
  rules: {
    ...strictRules(),
    // `== null` asks for undefined as well, which is its use.
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'no-console': 'error',
    // What is hard to read is a function with many ways through it, not a file with many lines.
    complexity: ['error', { max: 26, variant: 'modified' }],
    'max-depth': ['error', 4],
    'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
    'typescript/switch-exhaustiveness-check': [
      'error',
      { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
    ],
    'typescript/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
    'typescript/consistent-type-exports': 'error',
    'typescript/restrict-template-expressions': ['error', { allowNumber: true }],
    'typescript/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    // An empty text is as good as none in most places; `||` says so.
    'typescript/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
    'no-unused-vars': [
      'error',
      { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' },
    ],
  },
  overrides: [
    {
      // Scripts and tests print for people; tests reach into what they check.
      files: ['*.mjs', 'scripts/*.{ts,mjs}', 'test/**/*.{ts,tsx,mjs}'],
      rules: {
        'no-console': 'off',
        'typescript/no-non-null-assertion': 'off',
        'typescript/unbound-method': 'off',
      },
    },
    {
      // Their tools read the default export.
      files: ['*.config.{ts,mjs}', 'test/**/vitest.config.ts'],
      rules: { 'no-restricted-exports': 'off' },
    },
  ],
});
