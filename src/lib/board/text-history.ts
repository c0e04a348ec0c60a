/**
 * Undo of typing: Yjs' own manager, watching the Y.Texts that this person has typed in and nothing
 * else. `undo.ts` decides what is undone when; this class only remembers edits of text and reverts
 * one of them on demand.
 *
 * An editor binding (y-codemirror.next) takes it for a usual `Y.UndoManager`: its `undo` and `redo`
 * are those of the whole history, so Mod-Z means the same inside and outside of a text.
 */

import * as Y from 'yjs';
import { LOCAL } from './document.ts';
import { UNDO_CAPTURE_MS } from './limits.ts';

/** What Yjs remembers of one edit; what it is made of is not this module's business. */
export type TextEdit = Y.UndoManager['undoStack'][number];

export interface WholeHistory {
	undo(): void;
	redo(): void;
}

export class TextHistory extends Y.UndoManager {
	/** Called when typing has begun a new edit; typing that follows soon is added to the same one. */
	onEdit: (edit: TextEdit) => void = () => {};

	readonly #whole: WholeHistory;
	#lastText: unknown;

	constructor(doc: Y.Doc, whole: WholeHistory) {
		super([], { doc, captureTimeout: UNDO_CAPTURE_MS, trackedOrigins: new Set([LOCAL]) });
		this.#whole = whole;
		doc.on('beforeObserverCalls', this.#watch);
		this.on('stack-item-added', ({ stackItem }) => {
			if (this.undoing) return;
			// Only the newest edit is ever added to; the order of all is kept by `undo.ts`.
			this.undoStack = [stackItem];
			this.onEdit(stackItem);
		});
	}

	/** Whether an origin stands for this person's own edits. */
	isOwn(origin: unknown): boolean {
		return origin !== this && this.trackedOrigins.has(origin);
	}

	/** Takes an edit back. Returns what takes this back in turn, or undefined if nothing was left. */
	revert(edit: TextEdit): TextEdit | undefined {
		this.undoStack = [edit];
		this.redoStack = [];
		super.undo();
		const counter = this.redoStack[0];
		this.undoStack = [];
		this.redoStack = [];
		this.stopCapturing();
		return counter;
	}

	/** Lets the deleted text of edits that can no longer be reverted be collected. */
	forget(edits: TextEdit[]): void {
		if (edits.length === 0) return;
		this.redoStack = edits;
		this.clear(false, true);
	}

	override undo(): null {
		this.#whole.undo();
		return null;
	}

	override redo(): null {
		this.#whole.redo();
		return null;
	}

	override destroy(): void {
		this.doc.off('beforeObserverCalls', this.#watch);
		super.destroy();
	}

	/** Runs before Yjs records the transaction. Edits of different things are different steps. */
	readonly #watch = (transaction: Y.Transaction): void => {
		if (!this.isOwn(transaction.origin)) return;
		const changed = [...transaction.changed.keys()];
		const texts = changed.filter((type) => type instanceof Y.Text);
		this.addToScope(texts);
		const onlyText = changed.length === 1 ? texts[0] : undefined;
		if (!onlyText || onlyText !== this.#lastText) this.stopCapturing();
		this.#lastText = onlyText;
	};
}
