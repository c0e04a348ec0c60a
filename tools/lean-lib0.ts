/**
 * What the pages do not need of lib0, which Yjs and its provider load: two kilobytes of what the page
 * of a room loads, compressed.
 *
 * - Yjs writes three warnings through `lib0/logging`, which brings colours, timing and a console in
 *   the page: here they go to the browser's console as they are.
 * - The provider tells other tabs through `lib0/broadcastchannel` unless it is told not to
 *   (`disableBc`), as ours is: there is nobody to tell.
 */
import type { Plugin } from 'vite';

const LOGGING = `
const plain = (args) => args.filter((arg) => typeof arg !== 'symbol');
export const print = (...args) => console.info(...plain(args));
export const warn = (...args) => console.warn(...plain(args));
export const [BOLD, UNBOLD, ORANGE, RED] = [Symbol(), Symbol(), Symbol(), Symbol()];
`;

const BROADCAST_CHANNEL = `
export const subscribe = () => {};
export const unsubscribe = () => {};
export const publish = () => {};
`;

export function leanLib0(): Plugin {
	return {
		name: 'lean-lib0',
		apply: 'build',
		load: {
			filter: { id: /\/lib0\/(logging|broadcastchannel)\.js$/ },
			handler: (id) => (id.endsWith('logging.js') ? LOGGING : BROADCAST_CHANNEL)
		}
	};
}
