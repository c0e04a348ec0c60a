/** Vitest's global set-up: a folder where the tests of one run share a migrated PostgreSQL. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
	interface ProvidedContext {
		/** The folder; `open-test-databases.ts` puts the image there when it is first needed. */
		sharedImages: string;
	}
}

export default function setUp(project: TestProject): () => void {
	const folder = mkdtempSync(join(tmpdir(), 'detente-images-'));
	project.provide('sharedImages', folder);
	return () => rmSync(folder, { recursive: true, force: true });
}
