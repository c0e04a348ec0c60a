/**
 * Completes the `content-security-policy` that SvelteKit makes for a page (`kit.csp` in
 * `svelte.config.js`) by what depends on the request.
 *
 * - The page's nonce goes for styles too: the text editor and dragging insert some of their own.
 * - The room's websocket is named. `'self'` covers it in Chromium, Firefox and Safari from 15.4;
 *   older Safaris take `'self'` for http alone.
 */
export function completePolicy(policy: string, url: URL): string {
	const nonce = /'nonce-[^']+'/.exec(policy)?.[0];
	return policy
		.split('; ')
		.map((directive) => {
			const added = additionTo(directive, nonce, url);
			return added === undefined ? directive : `${directive} ${added}`;
		})
		.join('; ');
}

function additionTo(directive: string, nonce: string | undefined, url: URL): string | undefined {
	if (directive.startsWith('connect-src ')) return socketOf(url);
	if (!directive.startsWith('style-src ')) return undefined;
	// In development Vite inserts all styles, which a nonce would forbid again.
	return directive.includes("'unsafe-inline'") ? undefined : nonce;
}

/** Nothing for a host that has more in it than hosts have: it would become part of the policy. */
function socketOf({ protocol, host }: URL): string | undefined {
	if (!/^[\w.:[\]-]+$/.test(host)) return undefined;
	return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`;
}
