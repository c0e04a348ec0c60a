/** A report as a file to keep. */
import type { ReportView } from './named-report.ts';
import type { ReportFormat } from './report-formats.ts';
import { reportCsv } from './report-csv.ts';
import { reportMarkdown } from './report-markdown.ts';

const FILES: Readonly<Record<ReportFormat, { type: string; body(report: ReportView): string }>> = {
	md: { type: 'text/markdown; charset=utf-8', body: reportMarkdown },
	json: { type: 'application/json', body: (report) => JSON.stringify(report, null, '\t') },
	csv: { type: 'text/csv; charset=utf-8', body: reportCsv }
};

export function reportFile(
	report: ReportView,
	format: ReportFormat
): { name: string; type: string; body: string } {
	const { type, body } = FILES[format];
	return { name: `workshop-${report.number}.${format}`, type, body: body(report) };
}
