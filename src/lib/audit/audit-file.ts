/** The audit trail as a file. */
import type { AuditEntry, AuditFile } from '../../../server/audit/audit.ts';
import { csvOf } from '../csv.ts';
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

export function auditFile(file: AuditFile, format: AuditFormat): { body: string; type: string } {
	return format === 'csv'
		? { body: csvOf([COLUMNS, ...file.entries.map(fieldsOf)]), type: 'text/csv; charset=utf-8' }
		: { body: JSON.stringify(file, null, '\t'), type: 'application/json' };
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
