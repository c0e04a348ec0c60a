/** What a report can be taken along as. */
export const REPORT_FORMATS = ['md', 'json', 'csv'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export const FORMAT_WORDS: Readonly<Record<ReportFormat, string>> = {
	md: 'Markdown',
	json: 'JSON',
	csv: 'CSV'
};
