import adapter from '@sveltejs/adapter-node';

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: { runes: true },
	kit: {
		adapter: adapter(),
		// What a page may load and run; `src/lib/server/page-policy.ts` completes it.
		csp: {
			mode: 'nonce',
			directives: {
				'default-src': ['none'],
				'script-src': ['self'],
				// The one style that dragging (@dnd-kit/dom) inserts without a nonce, by its hash.
				'style-src': ['self', 'sha256-IGSN5iWLQXCIjzJGhXO5BS4UV1vNCSEQIjjiRNAmSv0='],
				// Attributes alone: positions and colours that come with the first HTML.
				'style-src-attr': ['unsafe-inline'],
				'img-src': ['self', 'data:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'manifest-src': ['self'],
				'worker-src': ['self'],
				'form-action': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'frame-ancestors': ['none']
			}
		},
		typescript: {
			config: (config) => ({
				...config,
				include: [
					...config.include,
					'../server/**/*.ts',
					'../migrations/**/*.ts',
					'../tools/**/*.ts'
				]
			})
		}
	}
};
