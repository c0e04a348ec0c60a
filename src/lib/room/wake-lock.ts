/**
 * Keeps the screen awake while the page is seen. A browser lets go whenever the page is hidden, so
 * it is asked again when the page is back; one that cannot, or will not, is left in peace.
 */

/** For an effect: returns what lets the screen sleep again. */
export function keepAwake(): () => void {
	let lock: WakeLockSentinel | undefined;
	let isOver = false;

	async function ask() {
		if (isOver || document.visibilityState !== 'visible' || lock?.released === false) return;
		try {
			// Not there without TLS.
			const held = await navigator.wakeLock?.request('screen');
			if (isOver) await held?.release();
			else lock = held;
		} catch {
			// Refused to save power, or hidden meanwhile: the next time it is seen it is asked again.
			lock = undefined;
		}
	}

	const onSeen = () => void ask();
	onSeen();
	document.addEventListener('visibilitychange', onSeen);
	return () => {
		isOver = true;
		document.removeEventListener('visibilitychange', onSeen);
		lock?.release().catch(() => undefined);
	};
}
