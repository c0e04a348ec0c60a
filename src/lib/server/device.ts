/** A browser in words for the list of one's own sessions, from what it says of itself. */

const BROWSERS: [sign: RegExp, name: string][] = [
	[/\bEdgA?\//, 'Edge'],
	[/\bOPR\//, 'Opera'],
	[/\bSamsungBrowser\//, 'Samsung Internet'],
	[/\b(Firefox|FxiOS)\//, 'Firefox'],
	[/\b(Chrome|CriOS|Chromium)\//, 'Chrome'],
	[/\bSafari\//, 'Safari']
];

const SYSTEMS: [sign: RegExp, name: string][] = [
	[/\biPad\b/, 'iPad'],
	[/\biPhone\b/, 'iPhone'],
	[/\bAndroid\b/, 'Android'],
	[/\bWindows\b/, 'Windows'],
	[/\bCrOS\b/, 'ChromeOS'],
	[/\bMac OS X\b/, 'macOS'],
	[/\bLinux\b/, 'Linux']
];

/** Such as "Firefox on Windows". */
export function deviceOf(userAgent: string | null): string {
	const text = userAgent ?? '';
	const nameIn = (table: typeof BROWSERS) => table.find(([sign]) => sign.test(text))?.[1];
	const browser = nameIn(BROWSERS) ?? 'A browser';
	const system = nameIn(SYSTEMS);
	return system === undefined ? browser : `${browser} on ${system}`;
}
