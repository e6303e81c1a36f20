import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const clocksOfTheirOwn = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Take the clock as an argument.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Take the clock as an argument.',
  },
];

// lmdb: `transactionSync(() => db.put(k, v))` returns put's promise, so the transaction waits for itself for ever.
const lmdbDeadlock = [
  {
    selector:
      "CallExpression[callee.property.name='transactionSync'] > ArrowFunctionExpression[body.type='CallExpression']",
    message: 'Give transactionSync a block body and use putSync: a returned promise hangs the process.',
  },
];

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.config/**', 'src/interfaces/web/assets/**', '**/*.mjs'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: `${import.meta.dirname}/..` },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_', argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'no-restricted-syntax': ['error', ...lmdbDeadlock],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...lmdbDeadlock, ...clocksOfTheirOwn] },
  },
  {
    files: ['src/adapters/embedded-mongo/**/*.ts'],
    // BSON documents are dynamic by nature.
    rules: {
      'no-restricted-syntax': ['error', ...lmdbDeadlock],
      '@typescript-eslint/no-base-to-string': 'off',
    },
  },
  {
    files: ['test/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
