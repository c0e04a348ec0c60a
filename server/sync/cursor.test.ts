import * as encoding from 'lib0/encoding';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorOver, readUint } from './cursor.ts';

const read = (...bytes: number[]) => readUint(cursorOver(Uint8Array.from(bytes)));

describe('a number on the wire', () => {
	it('[V1] is read as lib0 writes it', () => {
		fc.assert(
			fc.property(fc.maxSafeNat(), (value) => {
				const bytes = encoding.encode((encoder) => encoding.writeVarUint(encoder, value));
				const cursor = cursorOver(bytes);
				expect(readUint(cursor)).toBe(value);
				expect(cursor.pos).toBe(bytes.length);
			})
		);
		for (const value of [0, 127, 128, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
			expect(read(...encoding.encode((encoder) => encoding.writeVarUint(encoder, value)))).toBe(
				value
			);
		}
	});

	it('[V1] is refused when it ends early or is not exact', () => {
		expect(() => read()).toThrow('end early');
		expect(() => read(0x80, 0xff)).toThrow('end early');
		expect(() => read(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f)).toThrow('out of range');
		expect(() => read(...Array<number>(20).fill(0x80), 0)).toThrow('out of range');
	});
});
