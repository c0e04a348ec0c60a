/** Answering with the audit trail as a file to keep. */
import { error } from '@sveltejs/kit';
import { auditFile } from '$lib/audit/audit-file.ts';
import { asHttpError } from '$lib/refusals.ts';
import type { AuditPlace } from '../../../server/audit/audit.ts';

/** `name` is the file's, without its ending. */
export async function answerWithAudit(
	{ locals, url }: { locals: App.Locals; url: URL },
	place: AuditPlace,
	name: string
): Promise<Response> {
	const format = url.searchParams.get('format');
	if (format !== 'csv' && format !== 'json') error(404, 'It can be had as CSV or as JSON.');
	try {
		const { body, type } = auditFile(
			await locals.services.audit.take(locals.person, place),
			format
		);
		return new Response(body, {
			headers: {
				'content-type': type,
				'content-disposition': `attachment; filename="${name}.${format}"`,
				'cache-control': 'no-store'
			}
		});
	} catch (cause) {
		throw asHttpError(cause);
	}
}
