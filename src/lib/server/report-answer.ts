/** Answering with a report as a file to keep. */
import { error } from '@sveltejs/kit';
import { asHttpError } from '$lib/refusals.ts';
import type { ReportView } from '$lib/report/named-report.ts';
import { reportFile } from '$lib/report/report-file.ts';
import { REPORT_FORMATS } from '$lib/report/report-formats.ts';

/** In the format that `?format=` names. */
export async function answerWithReport(
	url: URL,
	read: () => Promise<ReportView>
): Promise<Response> {
	const format = REPORT_FORMATS.find((each) => each === url.searchParams.get('format'));
	if (format === undefined) error(404, 'It can be had as Markdown, as JSON or as CSV.');
	try {
		const { name, type, body } = reportFile(await read(), format);
		return new Response(body, {
			headers: {
				'content-type': type,
				'content-disposition': `attachment; filename="${name}"`,
				'cache-control': 'no-store'
			}
		});
	} catch (cause) {
		throw asHttpError(cause);
	}
}
