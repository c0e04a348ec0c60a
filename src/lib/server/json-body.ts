/** Reading a JSON body that may be anything. */
import { ApiError } from './api.ts';

/** In bytes. */
export const JSON_BODY_MAX = 16 * 1024;

export type Fields = Record<string, unknown>;

/** The object that a request of at most `max` bytes carries. Throws `ApiError` for everything else. */
export async function readJsonObject(request: Request, max = JSON_BODY_MAX): Promise<Fields> {
	const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
	if (type !== 'application/json') throw new ApiError('wrong-content-type');
	const value = parse(await readBounded(request, max));
	if (!isObject(value)) throw new ApiError('not-an-object');
	return value;
}

/** A field that must be a text. */
export function requiredText(fields: Fields, name: string): string {
	const value = optionalText(fields, name);
	if (value === undefined) throw new ApiError('wrong-field', `The field "${name}" is missing.`);
	return value;
}

/** A field that may be a text; absent and null are the same. */
export function optionalText(fields: Fields, name: string): string | undefined {
	const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string') return value;
	throw new ApiError('wrong-field', `The field "${name}" must be a text.`);
}

/** A field that must be a list of texts. */
export function requiredTexts(fields: Fields, name: string): string[] {
	const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
	if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
	throw new ApiError('wrong-field', `The field "${name}" must be a list of texts.`);
}

/** A field that must be a list of objects. */
export function requiredObjects(fields: Fields, name: string): Fields[] {
	const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
	if (Array.isArray(value) && value.every(isObject)) return value;
	throw new ApiError('wrong-field', `The field "${name}" must be a list of objects.`);
}

/** A field that must be a number. */
export function requiredNumber(fields: Fields, name: string): number {
	const value = optionalNumber(fields, name);
	if (value === undefined) throw new ApiError('wrong-field', `The field "${name}" is missing.`);
	return value;
}

/** A field that may be a number; absent and null are the same. */
export function optionalNumber(fields: Fields, name: string): number | undefined {
	const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'number') return value;
	throw new ApiError('wrong-field', `The field "${name}" must be a number.`);
}

/** A field that may be true or false; absent and null are the same. */
export function optionalFlag(fields: Fields, name: string): boolean | undefined {
	const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'boolean') return value;
	throw new ApiError('wrong-field', `The field "${name}" must be true or false.`);
}

/** Stops reading at the limit; leaves the rest, so that the answer still gets through. */
async function readBounded(request: Request, max: number): Promise<Uint8Array> {
	const tooLarge = () => {
		const message = `The body is larger than ${max / 1024} KiB.`;
		return new ApiError('body-too-large', message);
	};
	if (Number(request.headers.get('content-length')) > max) throw tooLarge();
	const chunks: Uint8Array[] = [];
	let size = 0;
	const reader = request.body?.getReader();
	for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
		size += part.value.byteLength;
		if (size > max) throw tooLarge();
		chunks.push(part.value);
	}
	return new Uint8Array(await new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}

function isObject(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		throw new ApiError('malformed-json');
	}
}
