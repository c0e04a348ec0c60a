/** What one person has set for their own view, on this device alone. */
import { browser } from '$app/environment';

const KEY = 'detente.view';

export class Preferences {
	#set = $state(read());

	/** Says nothing of what others move. */
	get isMuted(): boolean {
		return this.#set.isMuted === true;
	}

	set isMuted(value: boolean) {
		this.#write({ isMuted: value });
	}

	/** Facilitators do not bring this view to what they show. */
	get staysPut(): boolean {
		return this.#set.staysPut === true;
	}

	set staysPut(value: boolean) {
		this.#write({ staysPut: value });
	}

	#write(change: Stored): void {
		this.#set = { ...this.#set, ...change };
		try {
			localStorage.setItem(KEY, JSON.stringify(this.#set));
		} catch {
			// It holds until the page is closed where nothing may be kept.
		}
	}
}

interface Stored {
	isMuted?: boolean;
	staysPut?: boolean;
}

function read(): Stored {
	if (!browser) return {};
	try {
		const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
		return typeof stored === 'object' && stored !== null ? stored : {};
	} catch {
		return {};
	}
}
