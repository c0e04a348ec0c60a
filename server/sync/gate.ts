/**
 * The output gate: while it is closed the document is ahead of what is stored, and whoever asks
 * for the document waits. When storing fails they would wait long, and are given what is stored.
 */
import type * as Y from 'yjs';

type Use = (doc: Y.Doc) => void;

export class Gate {
	#doc: Y.Doc;
	readonly #loadStored: () => Promise<Y.Doc>;
	#isOpen = true;
	#waiting: Use[] = [];
	/** What is stored while the gate is closed, loaded once; nothing is added to it meanwhile. */
	#stored: Promise<Y.Doc> | undefined;

	constructor(doc: Y.Doc, loadStored: () => Promise<Y.Doc>) {
		this.#doc = doc;
		this.#loadStored = loadStored;
	}

	get isOpen(): boolean {
		return this.#isOpen;
	}

	/** Calls back with a document that is exactly what is stored: now, or when there is one. */
	pass(use: Use): void {
		if (this.#isOpen) use(this.#doc);
		else this.#waiting.push(use);
	}

	/** The room goes on with another document. */
	replace(doc: Y.Doc): void {
		this.#doc = doc;
	}

	close(): void {
		this.#isOpen = false;
	}

	open(): void {
		this.#isOpen = true;
		void this.#stored?.then(
			(doc) => doc.destroy(),
			() => undefined
		);
		this.#stored = undefined;
		this.#letThrough(this.#doc);
	}

	/** Storing fails: serves those who wait from what is stored. Rejects when that is unreadable. */
	async serveStored(): Promise<void> {
		if (this.#isOpen || this.#waiting.length === 0) return;
		const loading = (this.#stored ??= this.#loadStored());
		try {
			const doc = await loading;
			if (this.#stored === loading) this.#letThrough(doc);
		} catch (error) {
			if (this.#stored === loading) this.#stored = undefined;
			throw error;
		}
	}

	#letThrough(doc: Y.Doc): void {
		const waiting = this.#waiting;
		this.#waiting = [];
		for (const use of waiting) use(doc);
	}
}
