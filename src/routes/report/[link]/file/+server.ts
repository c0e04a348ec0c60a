import { callerOf } from '$lib/server/forms.ts';
import { answerWithReport } from '$lib/server/report-answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answerWithReport(event.url, () =>
		event.locals.services.reports.readShared(callerOf(event), event.params.link)
	);
