/** Where to go after signing in: an address of ours, whatever a link says. The start page else. */
export function localPath(given: string | null): string {
	// What a browser reads as another host: `//host`, `/\host`, and with tabs or line ends between.
	if (given === null || !/^\/(?![/\\])[\x21-\x7e]*$/.test(given)) return '/';
	return given;
}
