import { describe, expect, it } from 'vitest';
import { ROLES } from '#sync/people.ts';
import { may, mayChangeRole, ROOM_ACTIONS } from './room-policy.ts';
import { mayInTeam, TEAM_ACTIONS, TEAM_ROLES } from './team-policy.ts';

/** Every role by every action, written out: what is here is what is promised. */
const ROOM = `
	action          owner facilitator editor viewer stranger
	room.read       yes   yes         yes    yes    -
	room.copy       yes   yes         yes    yes    -
	board.edit      yes   yes         yes    -      -
	rounds.place    yes   yes         yes    -      -
	guests.invite   yes   yes         yes    -      -
	guests.open     yes   yes         -      -      -
	history.mark    yes   yes         -      -      -
	rounds.lead     yes   yes         -      -      -
	stage.lead      yes   yes         -      -      -
	report.write    yes   yes         -      -      -
	report.share    yes   yes         -      -      -
	guests.admit    yes   yes         -      -      -
	people.manage   yes   yes         -      -      -
	room.archive    yes   yes         -      -      -
	room.govern     yes   -           -      -      -
	audit.read      yes   -           -      -      -
`;

const TEAM = `
	action          owner member stranger
	team.read       yes   yes    -
	team.add-room   yes   yes    -
	team.manage     yes   -      -
	team.govern     yes   -      -
	audit.read      yes   -      -
`;

/** Who may make a person with one role (row) one with another (column); "none" is no member. */
const CHANGES = {
	owner: `
		from         owner facilitator editor viewer none
		owner        yes   yes         yes    yes    yes
		facilitator  yes   yes         yes    yes    yes
		editor       yes   yes         yes    yes    yes
		viewer       yes   yes         yes    yes    yes
		none         yes   yes         yes    yes    yes
	`,
	facilitator: `
		from         owner facilitator editor viewer none
		owner        -     -           -      -      -
		facilitator  -     yes         yes    yes    yes
		editor       -     yes         yes    yes    yes
		viewer       -     yes         yes    yes    yes
		none         -     yes         yes    yes    yes
	`
};

function rows(table: string): { name: string; cells: [column: string, isAllowed: boolean][] }[] {
	const [head = [], ...lines] = table
		.trim()
		.split('\n')
		.map((line) => line.trim().split(/\s+/));
	return lines.map(([name = '', ...cells]) => ({
		name,
		cells: cells.map((cell, index) => [head[index + 1] ?? '', cell === 'yes'])
	}));
}

const named = <T extends string>(names: readonly T[], name: string): T | null =>
	names.find((each) => each === name) ?? null;

describe('in a room', () => {
	it('every action has its row', () => {
		expect(rows(ROOM).map(({ name }) => name)).toEqual(ROOM_ACTIONS);
		for (const { cells } of rows(ROOM)) expect(cells).toHaveLength(ROLES.length + 1);
	});

	describe.each(rows(ROOM))('$name', ({ name, cells }) => {
		it.each(cells)('by %s: %s', (role, isAllowed) => {
			expect(may(named(ROLES, role), named(ROOM_ACTIONS, name)!)).toBe(isAllowed);
		});
	});

	describe.each(['owner', 'facilitator'] as const)('an %s', (actor) => {
		describe.each(rows(CHANGES[actor]))('makes $name', ({ name, cells }) => {
			it.each(cells)('%s: %s', (to, isAllowed) => {
				expect(mayChangeRole(actor, named(ROLES, name), named(ROLES, to))).toBe(isAllowed);
			});
		});
	});

	it.each(['editor', 'viewer', null] as const)('an %s changes nobody', (actor) => {
		for (const from of [...ROLES, null]) {
			for (const to of [...ROLES, null]) expect(mayChangeRole(actor, from, to)).toBe(false);
		}
	});
});

describe('in a team', () => {
	it('every action has its row', () => {
		expect(rows(TEAM).map(({ name }) => name)).toEqual(TEAM_ACTIONS);
	});

	describe.each(rows(TEAM))('$name', ({ name, cells }) => {
		it.each(cells)('by %s: %s', (role, isAllowed) => {
			expect(mayInTeam(named(TEAM_ROLES, role), named(TEAM_ACTIONS, name)!)).toBe(isAllowed);
		});
	});
});
