/** The audit trail in plain words: one sentence an entry, for the page and for the file alike. */
import type { AuditEntry, AuditPerson } from '../../../server/audit/audit.ts';
import type { AuditGroup, AuditKind } from '../../../server/audit/audit-kinds.ts';

export const GROUP_WORDS: Readonly<Record<AuditGroup, string>> = {
	'sign-in': 'Sign-ins',
	account: 'Accounts',
	person: 'People and roles',
	door: 'Doors and links',
	room: 'Rooms',
	team: 'Team',
	export: 'Copies taken'
};

/** As a reader may filter by them. */
export const AUDIT_GROUP_ORDER = Object.keys(GROUP_WORDS) as AuditGroup[];

/** What occurs in one room. */
export const ROOM_GROUPS: readonly AuditGroup[] = ['person', 'door', 'room', 'export'];

type Sentence = (by: string, to: string, entry: AuditEntry) => string;

/** `to` is who `by` is when it was done to nobody else. */
const SENTENCES: Readonly<Record<AuditKind, Sentence>> = {
	'sign-in.done': (by) => `${by} signed in.`,
	'sign-in.failed': (_, to, { count }) =>
		count === 1
			? `A wrong password was tried for ${to} within this hour.`
			: `${count} wrong passwords were tried for ${to} within this hour.`,
	'sign-in.ended': (by) => `${by} signed out.`,
	'sign-in.ended-everywhere': (by) => `${by} signed out everywhere.`,
	'account.created': onAccount('signed up', 'made an account for'),
	'account.renamed': onAccount('took this name', 'renamed'),
	'account.email-changed': (by) => `${by} changed their e-mail address.`,
	'account.password-changed': (by) => `${by} changed their password.`,
	'account.password-reset': (by) => `${by} set a new password by a link.`,
	'account.reset-link': onAccount(
		'asked for a link to set a new password',
		'made a link to set a new password, for'
	),
	'account.passkey-added': (by) => `${by} added a passkey.`,
	'account.passkey-removed': (by) => `${by} removed a passkey.`,
	'account.erased': onAccount('deleted their account', 'erased'),
	'person.joined': (by, to, { role, was }) =>
		was === null
			? `${to} came in${as(role)}.`
			: `${to} came in again${as(role)}, before${as(was)}.`,
	'person.left': (by) => `${by} left.`,
	'person.removed': (by, to) => `${by} removed ${to}.`,
	'person.role-changed': (by, to, { role, was }) =>
		`${by} made ${by === to ? 'themselves' : to} ${named(role)}${was === null ? '' : `, before ${named(was)}`}.`,
	'person.renamed': (by, to) => `${by} gave ${to} a new name.`,
	'person.admitted': (by, to, { role }) => `${by} let ${to} in${as(role)}.`,
	'person.turned-away': (by, to) => `${by} turned ${to} away.`,
	'person.forgiven': (by, to) => `${by} let ${to} come back again.`,
	'person.sent-out': (by, _, { count }) =>
		`${by} sent out ${count === 1 ? 'a guest' : `${count} guests`} with the way in that they came by.`,
	'door.opened': (by, _, { role }) => `${by} opened a way in${forRole(role)}.`,
	'door.changed': (by, _, { role }) => `${by} changed the way in${forRole(role)}.`,
	'door.renewed': (by, _, { role }) => `${by} gave the way in${forRole(role)} another code.`,
	'door.closed': (by, _, { role }) => `${by} closed the way in${forRole(role)}.`,
	'room.created': (by) => `${by} opened the room.`,
	'room.renamed': (by) => `${by} renamed the room.`,
	'room.duplicated': (by) => `${by} made a copy of the room.`,
	'room.archived': (by) => `${by} archived the room.`,
	'room.unarchived': (by) => `${by} took the room back from the archive.`,
	'room.trashed': (by) => `${by} moved the room to the trash.`,
	'room.restored': (by) => `${by} took the room back from the trash.`,
	'room.erased': (by) => `${by} erased the room for good.`,
	'room.default-role': (by, _, { role }) => `${by} made the team’s members ${named(role)} here.`,
	'room.report-shared': (by) => `${by} gave the report of a workshop a link.`,
	'room.report-withdrawn': (by) => `${by} took back the link of a workshop’s report.`,
	'team.created': (by) => `${by} made the team.`,
	'team.renamed': (by) => `${by} renamed the team.`,
	'team.erased': (by) => `${by} deleted the team.`,
	'export.account': (by) => `${by} took a copy of their own data along.`,
	'export.audit': (by) => `${by} took a copy of this list along.`
};

export function sentenceOf(entry: AuditEntry): string {
	const by = nameOf(entry.by);
	return SENTENCES[entry.kind](by, entry.to === null ? by : nameOf(entry.to), entry);
}

export function nameOf(who: AuditPerson | 'operator' | 'server'): string {
	if (who === 'operator') return 'The operator';
	if (who === 'server') return 'The server';
	return who.name ?? 'Somebody erased since';
}

/** Done to one's own account, or by somebody else to another's. */
function onAccount(own: string, others: string): Sentence {
	return (by, to, entry) => (entry.to === null ? `${by} ${own}.` : `${by} ${others} ${to}.`);
}

function as(role: string | null): string {
	return role === null ? '' : ` as ${named(role)}`;
}

function named(role: string | null): string {
	if (role === null) return 'nothing';
	return /^[aeiou]/.test(role) ? `an ${role}` : `a ${role}`;
}

function forRole(role: string | null): string {
	return role === null ? '' : ` for new ${role}s`;
}
