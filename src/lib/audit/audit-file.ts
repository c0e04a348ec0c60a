/**
 * The audit trail as a file. In CSV every field is quoted, and one that a spreadsheet would take for
 * a formula has an apostrophe before it: names are chosen by whoever bears them.
 */
import type { AuditEntry, AuditFile } from '../../../server/audit/audit.ts';
import { nameOf, sentenceOf } from './audit-words.ts';

export type AuditFormat = 'csv' | 'json';

const COLUMNS = [
	'time',
	'kind',
	'what',
	'by',
	'by id',
	'to',
	'to id',
	'room',
	'role',
	'was',
	'count'
];
const FORMULA = /^[\s]*[=+\-@\t\r]/;

export function auditFile(file: AuditFile, format: AuditFormat): { body: string; type: string } {
	return format === 'csv'
		? { body: csvOf(file.entries), type: 'text/csv; charset=utf-8' }
		: { body: JSON.stringify(file, null, '\t'), type: 'application/json' };
}

function csvOf(entries: readonly AuditEntry[]): string {
	return [COLUMNS, ...entries.map(fieldsOf)].map(lineOf).join('\r\n') + '\r\n';
}

function fieldsOf(entry: AuditEntry): string[] {
	const { at, kind, by, to, roomId, role, was, count } = entry;
	return [
		at,
		kind,
		sentenceOf(entry),
		nameOf(by),
		typeof by === 'string' ? '' : by.id,
		to === null ? '' : nameOf(to),
		to?.id ?? '',
		roomId ?? '',
		role ?? '',
		was ?? '',
		String(count)
	];
}

function lineOf(fields: readonly string[]): string {
	return fields
		.map((field) => (FORMULA.test(field) ? `'${field}` : field))
		.map((field) => `"${field.replaceAll('"', '""')}"`)
		.join(',');
}
