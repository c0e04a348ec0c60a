import { expect, it } from 'vitest';
import { localPath } from './local-path.ts';

it.each(['/', '/rooms/abc', '/teams/x?y=1#z', '/a//b'])('%j is ours', (path) => {
	expect(localPath(path)).toBe(path);
});

it.each([
	null,
	'',
	'rooms',
	'//evil.example',
	'/\\evil.example',
	'\\\\evil.example',
	'https://evil.example',
	'javascript:alert(1)',
	'/\t/evil.example',
	'/\n/evil.example',
	' //evil.example',
	'/é'
])('%j leads to the start page', (path) => {
	expect(localPath(path)).toBe('/');
});
