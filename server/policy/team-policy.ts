/** May X do Y in team Z, as in `room-policy.ts`. */

/** Roles in a team, the highest first. */
export const TEAM_ROLES = ['owner', 'member'] as const;
export type TeamRole = (typeof TEAM_ROLES)[number];

const LOWEST = {
	/** See its rooms and its people. */
	'team.read': 'member',
	/** Make rooms in it. */
	'team.add-room': 'member',
	/** Invite people, change what they are, remove them, help them to a new password. */
	'team.manage': 'owner',
	/** Rename or delete it. */
	'team.govern': 'owner',
	/** Read who came, went and was given which role. */
	'audit.read': 'owner'
} as const satisfies Record<string, TeamRole>;

export type TeamAction = keyof typeof LOWEST;
export const TEAM_ACTIONS = Object.keys(LOWEST) as TeamAction[];

/** Whether somebody with this role, or a stranger to the team (`null`), may. */
export function mayInTeam(role: TeamRole | null, action: TeamAction): boolean {
	return role !== null && TEAM_ROLES.indexOf(role) <= TEAM_ROLES.indexOf(LOWEST[action]);
}
