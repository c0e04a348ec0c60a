/**
 * Undo and redo of what this person did in this page, and of nothing else.
 *
 * `Y.UndoManager` is right for text but not for fields: taking back a write deletes the key when the
 * value was the first one or when somebody overwrote it (yjs issues 390 and 514), and taking back
 * "add card" would delete what others wrote on the card since. So there is one list of steps, and a
 * step holds observed changes of plain fields (old value, new value), an edit of text that a
 * `Y.UndoManager` reverts, or both.
 *
 *   own transaction      -> a step; what was undone before can no longer be redone
 *   somebody else's      -> the fields that it changed leave every step: their value stays
 *   undo                 -> the newest step that still changes something writes its old values
 *   redo                 -> the same with its new values
 *
 * Thereby an undone "add card" is in the trash, an undone "add column" or "add theme" is a tombstone,
 * undone evidence is `null`: no key is ever deleted. Typing into one text with pauses under
 * `UNDO_CAPTURE_MS` is one step.
 */

import type * as Y from 'yjs';
import { ROOT_NAMES, root, type RootName } from './document.ts';
import {
	changedAddresses,
	concerns,
	fieldChanges,
	writeField,
	type FieldChange
} from './field-change.ts';
import { UNDO_STEPS } from './limits.ts';
import { TextHistory, type TextEdit } from './text-history.ts';

interface Step {
	fields: FieldChange[];
	text?: TextEdit;
}

type DeepObserver = Parameters<Y.Map<unknown>['observeDeep']>[0];

/** One a document; it lives as long as the page shows the room. */
export function createUndo(doc: Y.Doc): Undo {
	return new Undo(doc);
}

export class Undo {
	/** For the binding of a text editor, which adds its origin and stores selections. */
	readonly manager: TextHistory;

	readonly #doc: Y.Doc;
	#done: Step[] = [];
	#undone: Step[] = [];
	/** What the transaction that is being observed changed. */
	#current: Step = { fields: [] };
	readonly #listeners = new Set<() => void>();
	readonly #unobserve: (() => void)[] = [];

	constructor(doc: Y.Doc) {
		this.#doc = doc;
		this.manager = new TextHistory(doc, this);
		this.manager.onEdit = (edit) => (this.#current.text = edit);
		for (const name of ROOT_NAMES) this.#observe(name);
		// After the manager's own listener, so that an edit of text is known by then.
		doc.on('afterTransaction', this.#finishStep);
	}

	get canUndo(): boolean {
		return this.#done.length > 0;
	}

	get canRedo(): boolean {
		return this.#undone.length > 0;
	}

	undo(): void {
		this.#revert(this.#done, this.#undone, 'before');
	}

	redo(): void {
		this.#revert(this.#undone, this.#done, 'after');
	}

	/** Calls the listener whenever `canUndo` or `canRedo` may have changed. */
	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	destroy(): void {
		for (const unobserve of this.#unobserve) unobserve();
		this.#doc.off('afterTransaction', this.#finishStep);
		this.manager.destroy();
		this.#listeners.clear();
	}

	#observe(name: RootName): void {
		const observed = root(this.#doc, name);
		if (!observed) return;
		const observer: DeepObserver = (events, { origin }) => {
			if (this.manager.isOwn(origin)) this.#current.fields.push(...fieldChanges(name, events));
			else if (origin !== this.manager) this.#giveUp(changedAddresses(name, events));
		};
		observed.observeDeep(observer);
		this.#unobserve.push(() => observed.unobserveDeep(observer));
	}

	readonly #finishStep = (transaction: Y.Transaction): void => {
		const step = this.#current;
		if (!this.manager.isOwn(transaction.origin) || isEmpty(step)) return;
		this.#current = { fields: [] };
		this.#done.push(step);
		this.#forget([...this.#undone, ...this.#done.splice(0, this.#done.length - UNDO_STEPS)]);
		this.#undone = [];
		this.#notify();
	};

	/** Somebody else has changed these: from now on they are theirs. */
	#giveUp(addresses: string[]): void {
		if (addresses.length === 0 || !(this.canUndo || this.canRedo)) return;
		const kept = (steps: Step[]) => {
			for (const step of steps) {
				step.fields = step.fields.filter(
					(change) => !addresses.some((address) => concerns(address, change))
				);
			}
			return steps.filter((step) => !isEmpty(step));
		};
		this.#done = kept(this.#done);
		this.#undone = kept(this.#undone);
		this.#notify();
	}

	#revert(from: Step[], to: Step[], side: 'before' | 'after'): void {
		for (let step = from.pop(); step; step = from.pop()) {
			const reverted = this.#revertStep(step, side);
			if (isEmpty(reverted)) continue;
			to.push(reverted);
			break;
		}
		this.#notify();
	}

	/** Returns the step that was in effect: the part of it that still changed something. */
	#revertStep({ fields, text }: Step, side: 'before' | 'after'): Step {
		const written = this.#doc.transact(
			() => fields.filter((change) => writeField(this.#doc, change, side)),
			this.manager
		);
		return { fields: written, text: text && this.manager.revert(text) };
	}

	#forget(steps: Step[]): void {
		this.manager.forget(steps.flatMap((step) => step.text ?? []));
	}

	#notify(): void {
		for (const listener of this.#listeners) listener();
	}
}

function isEmpty(step: Step): boolean {
	return step.fields.length === 0 && step.text === undefined;
}
