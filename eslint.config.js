import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
	{ ignores: ['.svelte-kit/', 'build/', 'data/', 'node_modules/', 'test-results/'] },
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		plugins: { 'import-x': importX },
		settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
		rules: {
			// TypeScript finds undefined names better.
			'no-undef': 'off',
			'import-x/no-cycle': 'error',
			eqeqeq: 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }
			],
			'@typescript-eslint/consistent-type-imports': 'error',
			'svelte/no-at-html-tags': 'error',
			'svelte/require-each-key': 'error',
			// Maps and dates here are values made anew, not state.
			'svelte/prefer-svelte-reactivity': 'off',
			// The app has no base path; plain links are the clearest.
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		files: ['**/*.ts'],
		languageOptions: {
			parserOptions: {
				projectService: { allowDefaultProject: ['src/service-worker.ts', 'vitest.config.ts'] },
				// As for components: a change of these loads the whole project anew, at each file.
				extraFileExtensions: ['.svelte']
			}
		},
		rules: {
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: {
				projectService: true,
				extraFileExtensions: ['.svelte'],
				parser: ts.parser,
				svelteConfig
			}
		},
		rules: { '@typescript-eslint/no-floating-promises': 'error' }
	},
	{
		files: ['server/**/*.ts', 'src/lib/**/*.ts'],
		ignores: ['**/*.test.ts', 'server/main.ts'],
		rules: { 'no-console': 'error' }
	},
	{
		// Node runs these as they are: the app's aliases and bundler do not exist there.
		files: [
			'server/**/*.ts',
			'src/lib/board/**/*.ts',
			'src/lib/barometer/**/*.ts',
			'src/lib/sync/**/*.ts'
		],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{ regex: '^\\$', message: 'Only the app knows $lib and $app.' },
						{
							regex: '^\\.{1,2}/.*(?<!\\.(ts|js|json))$',
							message: 'Name the file with its ending.'
						}
					]
				}
			]
		}
	}
);
