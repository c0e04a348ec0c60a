import { answerWithReport } from '$lib/server/report-answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params, url }) =>
	answerWithReport(url, async () => {
		const { id, workshop } = params;
		return (await locals.services.reports.read(locals.person, id, workshop)).report;
	});
