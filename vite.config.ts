import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { detenteServer } from './server/vite-plugin.ts';
import { leanLib0 } from './tools/lean-lib0.ts';

export default defineConfig({ plugins: [leanLib0(), sveltekit(), detenteServer()] });
