/**
 * Where the time of a profile went: each function's own share, without the idle
 * time and the profiler's own. Waiting for the disk counts, as it holds up everything else.
 */
import { existsSync, readFileSync } from 'node:fs';

interface Profile {
	nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
	samples: number[];
	timeDeltas: number[];
}

/** Lines such as `12.3 %  send  ws/lib/websocket.js:441`, largest first; none when nothing was profiled. */
export function hottest(file: string, count = 20): string[] {
	if (!existsSync(file)) return [];
	const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as Profile;
	const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));
	const times = new Map<string, number>();
	let all = 0;
	for (const [index, id] of samples.entries()) {
		const place = places.get(id) ?? '?';
		if (place.startsWith('(idle)') || place.startsWith('post  node:inspector')) continue;
		times.set(place, (times.get(place) ?? 0) + timeDeltas[index]!);
		all += timeDeltas[index]!;
	}
	return [...times]
		.sort(([, one], [, other]) => other - one)
		.slice(0, count)
		.map(([place, time]) => `${((100 * time) / all).toFixed(1).padStart(5)} %  ${place}`);
}

function placeOf({ functionName, url, lineNumber }: Profile['nodes'][number]['callFrame']): string {
	const name = functionName || '(anonymous)';
	const short = url.split('/').slice(-3).join('/');
	return short === '' ? name : `${name}  ${short}:${lineNumber + 1}`;
}
