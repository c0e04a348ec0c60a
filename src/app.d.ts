import type { Person, Services } from '../server/services.ts';

declare global {
	namespace App {
		interface Locals {
			/** What the server does for the app. */
			services: Services;
			/** Who is asking; null for a stranger. */
			person: Person | null;
		}

		interface Error {
			message: string;
			/** Why, for programs and for choosing a page's own words. */
			code?: string;
			/** What an unexpected error is logged under. */
			id?: string;
		}
	}
}

export {};
