import { answerWithAudit } from '$lib/server/audit-answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answerWithAudit(event, { teamId: event.params.id }, 'who-did-what');
