/**
 * What the page's content security policy knows our own scripts and styles by. A library that
 * inserts a style needs it. Undefined on the server, and where there is no policy.
 */
export function pageNonce(): string | undefined {
	if (typeof document === 'undefined') return undefined;
	return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce || undefined;
}
