/**
 * The keyboard is never lost when what holds it goes away: somebody else moves the card, an undo
 * takes back the evidence, a notice closes.
 */

const FOCUSABLE =
	':is(a[href], button, input, select, textarea, [tabindex="0"]):not(:disabled, [type="hidden"])';

/**
 * To be called before the page changes; what it returns, after: where nothing has the keyboard any
 * more, it goes to what was made anew in place of `held`, to its card, or to what stands nearest.
 */
export function keepFocus(held: Element | null = document.activeElement): () => void {
	const around: Element[] = [];
	for (let one = held?.parentElement; one && one !== document.body; one = one.parentElement) {
		around.push(one);
	}
	return () => {
		if (held === null || !isLost()) return;
		const target = held.isConnected ? held : (madeAnew(held) ?? nearest(around));
		if (target instanceof HTMLElement) target.focus({ preventScroll: isTouch() });
	};
}

function isLost(): boolean {
	return document.activeElement === null || document.activeElement === document.body;
}

/** The same element after it was rendered again elsewhere, or the card that it belonged to. */
function madeAnew(held: Element): Element | null {
	const card = held.closest<HTMLElement>('[data-card]')?.dataset.card;
	const id = card === undefined ? held.id : `card-${card}`;
	return id === '' ? null : document.getElementById(id);
}

function nearest(around: Element[]): Element | null {
	for (const one of around) {
		const found = one.isConnected ? one.querySelector(FOCUSABLE) : null;
		if (found !== null) return found;
	}
	return null;
}

/** A finger keeps the view where it is. */
function isTouch(): boolean {
	return matchMedia('(pointer: coarse)').matches;
}
