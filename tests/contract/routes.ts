/** Every address that the app has, from its files, with parameters filled in. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROUTES = 'src/routes';

const PARAMETERS: Record<string, string> = {
	id: 'A'.repeat(22),
	code: 'ABCDEFGH',
	token: 'A'.repeat(43),
	round: 'A'.repeat(22),
	workshop: 'A'.repeat(22),
	link: 'A'.repeat(43)
};

export interface Route {
	path: string;
	/** Names of its form actions, `default` included. */
	actions: string[];
}

/** Pages and endpoints alike. Throws for a parameter that is not filled in above. */
export function everyRoute(): Route[] {
	return readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })
		.filter((file) => /(^|\/)\+(page\.svelte|page\.server\.ts|server\.ts)$/.test(file))
		.map((file) => ({ path: pathOf(file), actions: actionsIn(join(ROUTES, file)) }))
		.reduce<Route[]>((routes, route) => {
			const known = routes.find(({ path }) => path === route.path);
			if (known === undefined) return [...routes, route];
			known.actions.push(...route.actions);
			return routes;
		}, []);
}

function pathOf(file: string): string {
	const folders = file.split('/').slice(0, -1);
	const filled = folders
		.filter((folder) => !folder.startsWith('('))
		.map((folder) =>
			folder.replace(/\[(\.\.\.)?(\w+)(=\w+)?\]/, (_, rest, name: string) => {
				const value = rest === undefined ? PARAMETERS[name] : 'nowhere';
				if (value === undefined) throw new Error(`What is [${name}] in ${file}?`);
				return value;
			})
		);
	return `/${filled.join('/')}`;
}

function actionsIn(file: string): string[] {
	const text = readFileSync(file, 'utf8');
	const start = text.search(/export const actions\b/);
	if (start < 0) return [];
	return [...text.slice(start).matchAll(/^\t(?:async )?['"]?([\w-]+)['"]?(?::|\()/gm)].map(
		([, name = '']) => name
	);
}
