import { createHash } from 'node:crypto';

/** A hue in degrees, 0 to 359: the same for the same id, evenly spread over ids. */
export function hueOf(id: string): number {
	return createHash('sha256').update(id).digest().readUInt32BE() % 360;
}
