import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../database/open-test-databases.ts';
import { loadTemplates, TEMPLATES_FOLDER } from './templates.ts';

const BLANK = readFileSync(new URL('blank.json', TEMPLATES_FOLDER), 'utf8');

describe('the templates', () => {
	it('are the two of the product', async () => {
		expect([...(await loadTemplates()).keys()]).toEqual(['blank', 'us-russia-cyber-detente']);
	});

	it.each([
		['no JSON', '{'],
		['another shape', '{"id":"broken"}'],
		['nothing', ''],
		['named otherwise', BLANK.replace('"id": "blank"', '"id": "other"')]
	])('stop the start when one is %s, with its file and the reason', async (_, content) => {
		const folder = temporaryFolder();
		writeFileSync(join(folder, 'broken.json'), content);
		await expect(loadTemplates(folder)).rejects.toThrow(
			/^The template broken\.json cannot be used\. .+/
		);
	});
});
