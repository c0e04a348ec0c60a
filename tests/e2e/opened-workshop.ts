/** A workshop that a facilitator opens and closes without touching the page. */
import { expect, type Page } from '@playwright/test';

export interface OpenedWorkshop {
	id: string;
	close(): Promise<void>;
}

/** At a step with that title, where there is one. */
export async function openWorkshop(
	{ request }: Page,
	room: string,
	step?: string
): Promise<OpenedWorkshop> {
	const api = `/api/rooms/${room}`;
	const ask = async (path: string, data: object = {}) => {
		const answer = await request.post(`${api}/${path}`, { data });
		expect(answer.ok(), await answer.text()).toBe(true);
		return (await answer.json()) as { id: string };
	};
	const { id } = await ask('workshops');
	if (step !== undefined) {
		const steps = [{ kind: 'board', title: step }];
		expect((await request.put(`${api}/show`, { data: { from: 0, steps } })).ok()).toBe(true);
		await ask('show/step', { to: 0 });
	}
	return {
		id,
		async close() {
			await ask(`workshops/${id}/close`);
		}
	};
}
