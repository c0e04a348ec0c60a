/** The keys that a clicker for slides sends: on and back through the run of show. */
const WAYS: Readonly<Record<string, 1 | -1>> = {
	PageDown: 1,
	ArrowRight: 1,
	PageUp: -1,
	ArrowLeft: -1
};

/** Null for a key that is none of them, that is held down, or that somebody types with. */
export function wayOf(event: KeyboardEvent): 1 | -1 | null {
	const { ctrlKey, metaKey, altKey, shiftKey, repeat } = event;
	if (ctrlKey || metaKey || altKey || shiftKey || repeat) return null;
	const target = event.target as Element | null;
	if (target?.closest('input, textarea, select, [contenteditable]')) return null;
	return WAYS[event.key] ?? null;
}
