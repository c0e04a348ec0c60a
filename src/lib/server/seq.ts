/** A row's number as an address or a form names it; undefined for everything else. */
export function readSeq(text: string | null): number | undefined {
	const seq = text !== null && /^\d{1,15}$/.test(text) ? Number(text) : 0;
	return seq > 0 ? seq : undefined;
}
