import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

const nobody = { group: ['@tauri-apps/*'], message: 'Only lib/backend speaks to Tauri.' };
const bindings = {
  regex: '(^|/)bindings$',
  message: 'Import types from lib/backend; only lib/backend reads the generated bindings.',
};

/** The three tiers: components know no feature, a feature knows no other, the shell composes. */
const tier = (files, ...patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [nobody, bindings, ...patterns] }] },
});

export default ts.config(
  { ignores: ['dist/**', 'src/bindings.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    languageOptions: { globals: browserGlobals() },
    rules: {
      'no-undef': 'off',
      'svelte/no-at-html-tags': 'error',
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/prefer-svelte-reactivity': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  tier(['src/**']),
  tier(['src/lib/**'], {
    group: ['**/features/*', '**/features/**', '**/shell/**'],
    message: 'lib knows no feature and no shell.',
  }),
  tier(
    ['src/features/**'],
    { group: ['**/shell/**'], message: 'A feature does not know the shell.' },
    { regex: '^(\\.\\./)+features/', message: 'A feature imports no other feature.' },
    {
      regex: '^\\.\\./(browser|connections|dashboard|search|settings|signin|welcome)/',
      message: 'A feature imports no other feature.',
    },
  ),
  { files: ['src/lib/backend/**'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['src/**/*.test.ts', 'src/test/**'], rules: { 'no-restricted-imports': 'off' } },
);

function browserGlobals() {
  return Object.fromEntries(
    ['window', 'document', 'navigator', 'console', 'setTimeout', 'clearTimeout'].map((name) => [
      name,
      'readonly',
    ]),
  );
}
