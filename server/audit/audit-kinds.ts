/**
 * What the audit trail tells of. The part before the dot is the group by which a reader filters; a
 * kind says who did what to whom, and nothing of what stands on a board.
 */
export const AUDIT_KINDS = [
	'sign-in.done',
	/** Wrong passwords for this account within an hour; `count` says how many. */
	'sign-in.failed',
	'sign-in.ended',
	'sign-in.ended-everywhere',
	'account.created',
	'account.renamed',
	'account.email-changed',
	'account.password-changed',
	'account.password-reset',
	'account.reset-link',
	'account.passkey-added',
	'account.passkey-removed',
	'account.erased',
	/** Of a team or a room, as are those that follow. */
	'person.joined',
	'person.left',
	'person.removed',
	'person.role-changed',
	'person.renamed',
	'person.admitted',
	'person.turned-away',
	/** May come back after having been removed or turned away. */
	'person.forgiven',
	/** Guests who came by a door that was closed; `count` says how many. */
	'person.sent-out',
	/** A link or code that lets others in. */
	'door.opened',
	'door.changed',
	/** The same way in with another code or link. */
	'door.renewed',
	'door.closed',
	'room.created',
	'room.renamed',
	'room.duplicated',
	'room.archived',
	'room.unarchived',
	'room.trashed',
	'room.restored',
	'room.erased',
	/** What the team's members are in it. */
	'room.default-role',
	/** Anybody who has the link may read the report of a workshop. */
	'room.report-shared',
	'room.report-withdrawn',
	'team.created',
	'team.renamed',
	'team.erased',
	'export.account',
	'export.audit'
] as const;

export type AuditKind = (typeof AUDIT_KINDS)[number];

export const AUDIT_GROUPS = [
	'sign-in',
	'account',
	'person',
	'door',
	'room',
	'team',
	'export'
] as const;

export type AuditGroup = (typeof AUDIT_GROUPS)[number];

export function kindsOf(group: AuditGroup): AuditKind[] {
	return AUDIT_KINDS.filter((kind) => kind.startsWith(`${group}.`));
}

/**
 * What the owner of a team reads of its members' accounts: how they are kept safe, since the team's
 * rooms depend on it. Not what they do elsewhere, nor when they come and go.
 */
export const SAFETY_KINDS: readonly AuditKind[] = [
	'sign-in.done',
	'sign-in.failed',
	'sign-in.ended-everywhere',
	'account.email-changed',
	'account.password-changed',
	'account.password-reset',
	'account.reset-link',
	'account.passkey-added',
	'account.passkey-removed'
];
