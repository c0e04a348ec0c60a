import { expect, it } from 'vitest';
import { DIALECTS } from '../database/open-test-databases.ts';
import { callerOf, openWorld } from './testing.ts';

it.each(DIALECTS)(
	'on %s, each thing that is done to a team and its rooms leaves one entry, with no title in it',
	{ timeout: 60_000 },
	async (dialect) => {
		const { db, services, user, pass } = await openWorld(dialect);
		const { teams, teamPeople, teamInvites, keeping, rooms } = services;
		const [ana, ben, eve] = [await user('Ana'), await user('Ben'), await user('Eve')];
		const team = await teams.create(ana, { name: 'Secret of the team' });
		await teams.rename(ana, team, { name: 'Another secret' });
		const { token } = await teamInvites.create(ana, team, 'member');
		for (const person of [ben, eve]) await teamInvites.accept(callerOf(person), token);
		const [invite] = await teamInvites.list(ana, team);
		for (let twice = 0; twice < 2; twice++) await teamInvites.revoke(ana, team, invite!.id);
		await teamPeople.changeRole(ana, team, ben.id, 'owner');
		await teamPeople.resetLink(ana, team, eve.id);
		await teamPeople.remove(ben, team, eve.id);
		pass(1);
		const input = { template: 'blank', title: 'Secret title', team };
		const { id } = await rooms.create(callerOf(ana), input);
		await keeping.rename(ben, id, 'Secret title too');
		await keeping.setTeamRole(ana, id, 'viewer');
		for (let twice = 0; twice < 2; twice++) await keeping.archive(ana, id);
		await keeping.unarchive(ana, id);
		const copy = await keeping.duplicate(callerOf(ana), id, { title: 'Secret copy', team });
		await keeping.trash(ana, copy.id);
		for (let twice = 0; twice < 2; twice++) await keeping.restore(ana, copy.id);
		await teamPeople.leave(ben, team);
		await teams.erase(ana, team, { name: 'Another secret' });

		const rows = await db.selectFrom('audit').selectAll().orderBy('seq').execute();
		const told = rows.map(({ kind, actor_name, subject_name, was, role }) =>
			[kind, actor_name, subject_name, was, role].filter((each) => each !== null).join(' ')
		);
		expect(told).toEqual([
			'team.created Ana',
			'team.renamed Ana',
			'door.opened Ana member',
			'person.joined Ben member',
			'person.joined Eve member',
			'door.closed Ana member',
			'person.role-changed Ana Ben member owner',
			'account.reset-link Ana Eve',
			'person.removed Ben Eve member',
			'room.created Ana',
			'door.opened Ana editor',
			'room.renamed Ben',
			'room.default-role Ana editor viewer',
			'room.archived Ana',
			'room.unarchived Ana',
			'room.duplicated Ana',
			'room.created Ana',
			'door.opened Ana editor',
			'room.trashed Ana',
			'room.restored Ana',
			'person.left Ben Ben owner',
			'team.erased Ana'
		]);
		expect(new Set(rows.map(({ team_id }) => team_id))).toEqual(new Set([team]));
		expect(JSON.stringify(rows)).not.toMatch(/secret/i);
	}
);
