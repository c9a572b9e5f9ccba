import js from '@eslint/js';
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const tauriOnlyThere = {
  'no-restricted-imports': [
    'error',
    { patterns: [{ group: ['@tauri-apps/*'], message: 'Only lib/ipc/tauri.ts knows Tauri.' }] },
  ],
};

export default ts.config(
  { ignores: ['dist', 'src/lib/ipc/bindings.ts'] },
  js.configs.recommended,
  ts.configs.strict,
  svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  { rules: { 'svelte/require-each-key': 'error', ...tauriOnlyThere } },
  { files: ['src/lib/ipc/tauri.ts'], rules: { 'no-restricted-imports': 'off' } },
);
