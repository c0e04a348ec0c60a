/** Roles in words, for the person who has one and for those who give them. */
import { ROLES, type Role } from '#sync/people.ts';

/** For a person whose role is higher than before. */
export const PROMOTED: Readonly<Record<Role, string>> = {
	owner: 'You own this room now.',
	facilitator: 'You are a facilitator now: you decide who may do what.',
	editor: 'You can edit now.',
	viewer: 'You can look now.'
};

/** For a person whose role is lower than before. */
export const DEMOTED: Readonly<Record<Role, string>> = {
	owner: 'You own this room.',
	facilitator: 'You no longer own this room; you still facilitate it.',
	editor: 'You no longer facilitate this room; you can go on editing.',
	viewer: 'You can only look now: a facilitator has changed your role. What you did before stays.'
};

/** What a page says that had to throw away what the server will not take. */
export function leftOut(demotion: string | null): string {
	return `${demotion ?? 'You can only look here.'} What you did since then was left out.`;
}

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
	owner: 'Owner',
	facilitator: 'Facilitator',
	editor: 'Editor',
	viewer: 'Viewer'
};

export function isHigher(one: Role, other: Role): boolean {
	return ROLES.indexOf(one) < ROLES.indexOf(other);
}
