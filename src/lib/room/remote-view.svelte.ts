/**
 * What a dialog lists of the room beside the document (its people, its doors): fetched when the dialog
 * opens and again after every change, while it shows what it had. Forms in it say what they did.
 */
import type { ActionResult, SubmitFunction } from '@sveltejs/kit';
import { tick, untrack } from 'svelte';
import { goto } from '$app/navigation';
import type { FormProblem } from '$lib/form-problem.ts';
import { fetchJson, NO_ANSWER } from './fetch-json.ts';

/** Changes that come at once are fetched once, in milliseconds. */
const GATHER_MS = 150;

export class RemoteView<T> {
	readonly #address: string;
	#data = $state.raw<T | null>(null);
	#failure = $state('');
	#problem = $state.raw<(FormProblem & { form: string }) | null>(null);
	#said = $state('');
	#asked = 0;

	/** `address` answers with JSON. */
	constructor(address: string) {
		this.#address = address;
	}

	/** Null until it is here. */
	get data(): T | null {
		return this.#data;
	}

	/** Why it cannot be had, in a sentence. */
	get failure(): string {
		return this.#failure;
	}

	/** What was refused of the last form. */
	get problem(): (FormProblem & { form: string }) | null {
		return this.#problem;
	}

	/** What the last form did. */
	get said(): string {
		return this.#said;
	}

	async refresh(): Promise<void> {
		const asked = ++this.#asked;
		const answer = await fetchJson(this.#address);
		// Only the newest answer counts.
		if (asked !== this.#asked) return;
		if ('failure' in answer) {
			this.#failure = answer.failure;
			return;
		}
		const held = document.activeElement?.id;
		this.#failure = '';
		this.#data = answer.value as T;
		await tick();
		// What had the keyboard may have moved with its row.
		if (held && document.activeElement === document.body) document.getElementById(held)?.focus();
	}

	/** Fetches now, and a little after each time that `changes` differs. For an effect. */
	follow(changes: unknown): () => void {
		void changes;
		const isFirst = untrack(() => this.#data === null);
		const timer = setTimeout(() => void this.refresh(), isFirst ? 0 : GATHER_MS);
		return () => clearTimeout(timer);
	}

	/** For `use:enhance`. */
	readonly submit: SubmitFunction =
		() =>
		async ({ result }) => {
			await this.#take(result);
		};

	async #take(result: ActionResult): Promise<void> {
		this.#problem = null;
		this.#said = '';
		if (result.type === 'redirect') return goto(result.location);
		if (result.type === 'failure') this.#problem = result.data as FormProblem & { form: string };
		else if (result.type === 'error') this.#failure = messageOf(result.error);
		else this.#said = String(result.data?.said ?? '');
		if (result.type !== 'error') await this.refresh();
	}
}

function messageOf(error: unknown): string {
	const message = (error as { message?: unknown } | null)?.message;
	return typeof message === 'string' ? message : NO_ANSWER;
}
