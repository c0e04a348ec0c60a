/**
 * Lines of a table as CSV (RFC 4180). Every text is quoted, and one that a spreadsheet would take
 * for a formula has an apostrophe before it: names and words are chosen by whoever writes them.
 */

/** A number stands as it is, null for nothing. */
export type CsvField = string | number | null;

const FORMULA = /^[\s]*[=+\-@\t\r]/;

export function csvOf(lines: readonly (readonly CsvField[])[]): string {
	return lines.map(lineOf).join('\r\n') + '\r\n';
}

function lineOf(fields: readonly CsvField[]): string {
	return fields.map(fieldOf).join(',');
}

function fieldOf(field: CsvField): string {
	if (typeof field === 'number') return String(field);
	const text = field ?? '';
	return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
