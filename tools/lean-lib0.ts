import type { Plugin } from 'vite';

const CALLS = / = \$\.\$custom\(/g;

/**
 * Yjs logs through `lib0/logging`, which needs two functions of `lib0/dom`; that defines schemas as it
 * is loaded, and a bundler cannot tell that nobody needs them. Marked as pure they fall away, and
 * `lib0/schema` with them: 2 kB of what the page of a room loads, compressed.
 */
export function leanLib0(): Plugin {
	return {
		name: 'lean-lib0',
		transform: {
			filter: { id: /\/lib0\/dom\.js$/ },
			handler: (code) => ({ code: code.replace(CALLS, ' = /* @__PURE__ */ $.$custom('), map: null })
		}
	};
}
