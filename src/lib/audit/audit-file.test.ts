import { expect, it } from 'vitest';
import { AUDIT_KINDS } from '../../../server/audit/audit-kinds.ts';
import type { AuditEntry } from '../../../server/audit/audit.ts';
import { auditFile } from './audit-file.ts';
import { sentenceOf } from './audit-words.ts';

const ENTRY: AuditEntry = {
	at: '2026-03-01T12:00:00.000Z',
	kind: 'person.role-changed',
	by: { id: 'a', name: 'Ana' },
	to: { id: 'b', name: 'Ben' },
	roomId: 'r',
	role: 'viewer',
	was: 'editor',
	count: 1
};

it('tells an entry in one sentence', () => {
	expect(sentenceOf(ENTRY)).toBe('Ana made Ben a viewer, before an editor.');
	expect(sentenceOf({ ...ENTRY, to: { id: 'b', name: null } })).toContain('Somebody erased since');
	expect(sentenceOf({ ...ENTRY, kind: 'account.reset-link', by: 'operator' })).toBe(
		'The operator made a link to set a new password, for Ben.'
	);
	const joined = { ...ENTRY, kind: 'person.joined', to: null, role: 'editor', was: null } as const;
	expect(sentenceOf(joined)).toBe('Ana came in as an editor.');
});

it.each(AUDIT_KINDS)('has a sentence for %s', (kind) => {
	for (const to of [ENTRY.to, null]) {
		for (const role of ['editor', null]) {
			const sentence = sentenceOf({ ...ENTRY, kind, to, role, was: role });
			expect(sentence).toMatch(/^[A-Z].+\.$/);
			expect(sentence).not.toMatch(/undefined|null|nothing was| {2}/);
		}
	}
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =cmd|/c calc', '\r=1'])(
	'lets no spreadsheet take the name %j for a formula',
	(name) => {
		const { body } = auditFile(
			{ entries: [{ ...ENTRY, by: { id: 'a', name } }], isCut: false },
			'csv'
		);
		expect(body).toContain(`,"'${name}",`);
	}
);

it('quotes what would end a field or a line', () => {
	const by = { id: 'a', name: 'A "B", C\nD' };
	const { body } = auditFile({ entries: [{ ...ENTRY, by }], isCut: false }, 'csv');
	expect(body).toContain(',"A ""B"", C\nD",');
	expect(body.split('\r\n')).toHaveLength(3);
});

it('is JSON when asked', () => {
	const file = { entries: [ENTRY], isCut: false };
	expect(JSON.parse(auditFile(file, 'json').body)).toEqual(file);
});
