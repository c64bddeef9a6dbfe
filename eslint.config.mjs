import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Texts are found in the source to be translated, so they have to stand there. */
const TEXTS = [
  {
    selector: 'CallExpression[callee.name=/^(say|label)$/]:not([arguments.0.type="Literal"])',
    message: 'The text has to be a literal, so that translations can be of it.',
  },
  {
    selector: 'ImportSpecifier[imported.name=/^(say|label)$/]:not([local.name=/^(say|label)$/])',
    message: 'Texts are found by the names `say` and `label`.',
  },
];

/**
 * Modules of the extension that speak before the core is loaded, or where it cannot be: what
 * activates it, and what the other modules say labels with. They call `vscode.l10n.t` themselves.
 */
const EARLY = [
  'capture/captureFiles',
  'commands/openSample',
  'documents/detection',
  'host/command',
  'host/localization',
  'lazyBundles',
];

export default defineConfig(
  globalIgnores(['dist/', 'out/', '.cache/', '.vscode-test/', 'coverage/', 'samples/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    name: 'typescript',
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: 'tsconfig/lint.json' } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Enums are kept in typed arrays: what comes out of one is a number, and TypeScript says so.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // VS Code's API gives and takes its classes by their shape.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // An index that the code has just checked is clearer with `!` than with a dead branch.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    name: 'globals of the parts that have no platform',
    // They declare what Node and the DOM declare, too, so that no program can have both.
    files: ['types/core.d.ts', 'types/extension.d.ts'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    name: 'all',
    files: ['**/*.ts', '**/*.tsx', '**/*.mjs', '**/*.cjs'],
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
    },
  },
  {
    name: 'texts for people',
    files: ['src/**'],
    rules: {
      'no-restricted-syntax': ['error', ...TEXTS],
    },
  },
  {
    name: 'texts for people in VS Code',
    files: ['src/extension/**'],
    ignores: EARLY.map(file => `src/extension/${file}.ts`),
    rules: {
      'no-restricted-syntax': [
        'error',
        ...TEXTS,
        {
          selector: 'MemberExpression[property.name="l10n"]',
          message: 'Make it a label, and say it by localized() (host/localization.ts).',
        },
      ],
    },
  },
  {
    name: 'terminal programs',
    files: ['src/cli/**', 'scripts/**', 'test/**', '*.mjs'],
    rules: { 'no-console': 'off' },
  },
  {
    name: 'tests',
    files: ['test/**'],
    rules: {
      // Mocha's callbacks take promises; assertions on partial objects need them.
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
);
