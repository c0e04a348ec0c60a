/** A report as a file to keep. */
import type { ReportView } from './named-report.ts';
import { reportCsv } from './report-csv.ts';
import { reportMarkdown } from './report-markdown.ts';

export const REPORT_FORMATS = ['md', 'json', 'csv'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export const FORMAT_WORDS: Readonly<Record<ReportFormat, string>> = {
	md: 'Markdown',
	json: 'JSON',
	csv: 'CSV'
};

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
