/**
 * The run of show as a facilitator prepares it. Nothing is stored before they save, and nothing that
 * was typed is lost: not by a failure, not by what another facilitator has stored meanwhile, not by
 * taking a ready script. The last removal or replacement can be taken back.
 */
import { fetchJson } from '$lib/room/fetch-json.ts';
import type { ShowStep, StepKind } from '$lib/stage/show.ts';
import { STEPS_MAX } from '$lib/stage/show-limits.ts';
import { draftOf, problemsOf, stepOf, type DraftStep } from './draft-step.ts';
import { KIND_WORDS } from './show-words.ts';

export interface Show {
	/** 0 for one that was never written. */
	version: number;
	steps: ShowStep[];
}

/** What can be taken back, and how. */
interface TakingBack {
	words: string;
	takeBack: () => void;
}

export class Draft {
	readonly #address: string;
	#steps = $state<DraftStep[]>([]);
	#version: number;
	/** What the server has, as far as is known here, as text to compare with. */
	#stored = $state.raw('');
	#isSaving = $state(false);
	#failure = $state<string | null>(null);
	#theirs = $state.raw<Show | null>(null);
	#last = $state.raw<TakingBack | null>(null);
	#said = $state.raw({ text: '' });
	#isTried = $state(false);
	#keys = 0;

	constructor(roomId: string, { version, steps }: Show) {
		this.#address = `/api/rooms/${roomId}/show`;
		this.#version = version;
		this.#steps = this.#drafts(steps);
		this.#stored = textOf(steps);
	}

	get steps(): DraftStep[] {
		return this.#steps;
	}

	get isFull(): boolean {
		return this.#steps.length >= STEPS_MAX;
	}

	/** Something here is not stored. */
	get isChanged(): boolean {
		return this.#text !== this.#stored;
	}

	get isSaving(): boolean {
		return this.#isSaving;
	}

	/** In a word or two; empty before anything was ever stored. */
	get state(): string {
		if (this.#isSaving) return 'Saving…';
		if (this.#theirs !== null) return 'Not saved';
		if (this.isChanged) return 'Not saved yet';
		return this.#version === 0 ? '' : 'Saved';
	}

	/** Why it could not be saved. */
	get failure(): string | null {
		return this.#failure;
	}

	/** What another facilitator has stored meanwhile. */
	get theirs(): Show | null {
		return this.#theirs;
	}

	/** The last removal or replacement, in words. */
	get takeBackWords(): string | null {
		return this.#last?.words ?? null;
	}

	/** What to tell who cannot see it; a new object each time. */
	get said(): { text: string } {
		return this.#said;
	}

	/** Whether missing titles are shown: not before somebody wants to save. */
	get isTried(): boolean {
		return this.#isTried;
	}

	/** Adds a step behind `after`, or as the last; answers its key, or null when there is no room. */
	add(after?: number): number | null {
		if (this.isFull) return null;
		const kind: StepKind = this.#steps.length === 0 ? 'welcome' : 'card';
		const { title } = KIND_WORDS[kind];
		const key = ++this.#keys;
		const step = { key, kind, title, minutes: '5', card: '', asks: kind === 'card', notes: '' };
		const place = after === undefined ? this.#steps.length : this.#placeOf(after) + 1;
		this.#steps.splice(place, 0, step);
		return key;
	}

	remove(key: number): void {
		const place = this.#placeOf(key);
		const [step] = this.#steps.splice(place, 1);
		if (step === undefined) return;
		const words = `“${step.title || 'Untitled'}” is removed.`;
		const takeBack = () => this.#steps.splice(place, 0, step);
		this.#last = { words, takeBack };
		this.#say(words);
	}

	/** Moves a step to a place from 0. */
	moveTo(key: number, place: number): void {
		const from = this.#placeOf(key);
		if (place < 0 || place >= this.#steps.length || place === from) return;
		const [step] = this.#steps.splice(from, 1);
		if (step === undefined) return;
		this.#steps.splice(place, 0, step);
		this.#say(`“${step.title || 'Untitled'}” is now step ${place + 1} of ${this.#steps.length}.`);
	}

	/** One place earlier or later. */
	move(key: number, by: -1 | 1): void {
		this.moveTo(key, this.#placeOf(key) + by);
	}

	/** Chooses what a step shows; a title that came with the old kind goes with it. */
	setKind(step: DraftStep, kind: StepKind): void {
		const old = KIND_WORDS[step.kind].title;
		if (step.title.trim() === old) step.title = KIND_WORDS[kind].title;
		step.kind = kind;
	}

	/** Chooses the card of a step; a title that came with another card goes with it. */
	setCard(step: DraftStep, card: string, titleOf: (card: string) => string): void {
		if (step.title.trim() === '' || step.title === titleOf(step.card)) step.title = titleOf(card);
		step.card = card;
	}

	/** Puts other steps in place of these; `words` say what became of them. */
	replace(steps: readonly ShowStep[], words: string): void {
		const before = this.#steps;
		this.#steps = this.#drafts(steps);
		this.#isTried = false;
		this.#last = before.length > 0 ? { words, takeBack: () => (this.#steps = before) } : null;
		this.#say(words);
	}

	takeBack(): void {
		this.#last?.takeBack();
		this.#last = null;
		this.#say('Taken back.');
	}

	/** Key of the first step that cannot be stored as it is. */
	get firstProblem(): number | undefined {
		return this.#steps.find((step) => Object.keys(problemsOf(step)).length > 0)?.key;
	}

	/** Stores it, unless a step has a problem. */
	async save(): Promise<void> {
		if (this.#isSaving) return;
		this.#isTried = true;
		if (this.firstProblem !== undefined) return;
		if (!this.isChanged && this.#theirs === null) return this.#say('Nothing is left to save.');
		this.#isSaving = true;
		await this.#send(this.#steps.map(stepOf));
		this.#isSaving = false;
	}

	async #send(steps: ShowStep[]): Promise<void> {
		this.#failure = null;
		const answer = await fetchJson(this.#address, { from: this.#version, steps }, 'PUT');
		if ('value' in answer) {
			const { version } = answer.value as { version: number };
			this.#settle({ version, steps });
			this.#say('Saved.');
		} else if (answer.code === 'changed-meanwhile') await this.#compare(steps);
		else this.#failure = answer.failure;
	}

	/** Somebody has stored another version; or it was this page, and the answer was lost. */
	async #compare(sent: ShowStep[]): Promise<void> {
		const answer = await fetchJson(this.#address);
		if ('failure' in answer) {
			this.#failure = answer.failure;
			return;
		}
		const theirs = answer.value as Show;
		if (textOf(theirs.steps) !== textOf(sent)) {
			this.#theirs = theirs;
			return;
		}
		this.#settle(theirs);
		this.#say('Saved.');
	}

	/** Puts what the other facilitator has stored in place of what is here. */
	takeTheirs(): void {
		const theirs = this.#theirs;
		if (theirs === null) return;
		this.#settle(theirs);
		this.replace(theirs.steps, 'What the other facilitator has saved stands here now.');
	}

	/** Stores what is here over what the other facilitator has stored. */
	async saveOverTheirs(): Promise<void> {
		if (this.#theirs === null) return;
		this.#settle(this.#theirs);
		await this.save();
	}

	/** What the server has is known to be this. */
	#settle({ version, steps }: Show): void {
		this.#version = version;
		this.#stored = textOf(steps);
		this.#theirs = null;
		this.#failure = null;
		this.#isTried = false;
	}

	get #text(): string {
		return textOf(this.#steps.map(stepOf));
	}

	#drafts(steps: readonly ShowStep[]): DraftStep[] {
		return steps.map((step) => draftOf(step, ++this.#keys));
	}

	#placeOf(key: number): number {
		return this.#steps.findIndex((step) => step.key === key);
	}

	#say(text: string): void {
		this.#said = { text };
	}
}

/** The same for the same steps, in whatever order a database keeps their fields. */
function textOf(steps: readonly ShowStep[]): string {
	return JSON.stringify(
		steps.map(({ kind, title, minutes, card, asks, notes }) => {
			return [kind, title.normalize('NFC'), minutes, card, asks, notes];
		})
	);
}
