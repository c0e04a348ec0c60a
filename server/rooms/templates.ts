/** The templates that rooms are made from: data files, validated when the server starts. */
import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseTemplate, type Template } from '#board/template.ts';
import { CannotStart } from '../cannot-start.ts';

export const TEMPLATES_FOLDER = new URL('../../src/lib/board/templates/', import.meta.url);

export type Templates = ReadonlyMap<string, Template>;

/** Every template of a folder by its id, which is the name of its file. Throws `CannotStart`. */
export async function loadTemplates(folder: URL | string = TEMPLATES_FOLDER): Promise<Templates> {
	const base = typeof folder === 'string' ? pathToFileURL(`${folder}/`) : folder;
	const files = (await readdir(base)).filter((file) => file.endsWith('.json')).sort();
	const loaded = await Promise.all(files.map((file) => loadTemplate(new URL(file, base))));
	return new Map(loaded.map((template) => [template.id, template]));
}

async function loadTemplate(file: URL): Promise<Template> {
	const name = decodeURIComponent(basename(file.pathname));
	try {
		const template = parseTemplate(JSON.parse(await readFile(file, 'utf8')), 'Its content');
		if (`${template.id}.json` === name) return template;
		throw new Error(`Its id is ${JSON.stringify(template.id)}, but must be the name of the file.`);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new CannotStart(`The template ${name} cannot be used. ${reason}`);
	}
}
