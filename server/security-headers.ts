/**
 * The headers that every answer carries, errors and static files included. A page of the app has a
 * stricter `content-security-policy` of its own, with a nonce (`kit.csp` in `svelte.config.js`); the
 * one here is for everything else: the service worker, what is shown without a network, plain errors.
 */

/** A year, in seconds: browsers that were here once come by TLS alone for so long. */
const HSTS_S = 365 * 24 * 60 * 60;

/** Abilities of a browser that this page has no use for are off, in whatever would run in it. */
const UNUSED = [
	'accelerometer',
	'autoplay',
	'browsing-topics',
	'camera',
	'display-capture',
	'geolocation',
	'gyroscope',
	'hid',
	'idle-detection',
	'local-fonts',
	'magnetometer',
	'microphone',
	'midi',
	'payment',
	'serial',
	'usb',
	'xr-spatial-tracking'
];

/** Used by the page itself: passkeys, copying a code, presenting. */
const OWN = [
	'clipboard-write',
	'fullscreen',
	'publickey-credentials-create',
	'publickey-credentials-get',
	'screen-wake-lock'
];

const COMMON = {
	'content-security-policy':
		"default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': [
		...UNUSED.map((name) => `${name}=()`),
		...OWN.map((name) => `${name}=(self)`)
	].join(', '),
	// No address with a room's id or a link's secret leaves as a referrer.
	'referrer-policy': 'same-origin',
	'x-content-type-options': 'nosniff',
	// A page here is never part of another; for browsers that do not know `frame-ancestors`.
	'x-frame-options': 'DENY'
};

/** `origin` is the public address, when one is configured. */
export function securityHeaders(origin: string | undefined): Readonly<Record<string, string>> {
	if (origin?.startsWith('https:') !== true) return COMMON;
	return { ...COMMON, 'strict-transport-security': `max-age=${HSTS_S}` };
}
