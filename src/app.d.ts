import type { Account } from '../server/auth/accounts.ts';
import type { TrashedRoom } from '../server/rooms/trash.ts';
import type { Person, Services } from '../server/services.ts';

declare global {
	namespace App {
		interface Locals {
			/** What the server does for the app. */
			services: Services;
			/** Who is asking; null for a stranger. */
			person: Person | null;
			/** Who this browser is as a guest, also while somebody is signed in. */
			guest: Person | null;
			/** Set when somebody is signed in; `person` is theirs then. */
			account: Account | null;
		}

		interface PageData {
			account?: { name: string; email: string } | null;
		}

		interface Error {
			message: string;
			/** Why, for programs and for choosing a page's own words. */
			code?: string;
			/** Of a room in the trash, to its people. */
			trashed?: TrashedRoom | null;
			/** What an unexpected error is logged under. */
			id?: string;
		}
	}
}

export {};
