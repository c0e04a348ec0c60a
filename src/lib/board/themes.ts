/** The themes that group the cards. */

import * as Y from 'yjs';
import { BoardError } from './board-error.ts';
import { TONES, type Tone } from './board.ts';
import { checkChoice, checkLabel, found } from './checks.ts';
import { edit, entry, root, write, type ThemeField, type YFields } from './document.ts';
import { LABEL_LENGTH, THEMES_MAX } from './limits.ts';
import { newId } from './new-id.ts';
import { readThemes } from './read-board.ts';

export interface NewTheme {
	label: string;
	tone: Tone;
}

/** Adds a theme; returns its id. */
export function addTheme(doc: Y.Doc, input: NewTheme): string {
	const label = checkLabel(input.label, LABEL_LENGTH);
	const tone = checkChoice(input.tone, TONES);
	if (readThemes(doc).length >= THEMES_MAX) {
		throw new BoardError('too-many-themes', `A board has at most ${THEMES_MAX} themes.`);
	}
	const themes = found(root(doc, 'themes'), 'damaged-board', 'The board cannot hold themes.');
	const id = newId();
	edit(doc, () => themes.set(id, themeMap({ label, tone })));
	return id;
}

export function renameTheme(doc: Y.Doc, id: string, label: string): void {
	const theme = found(entry(doc, 'themes', id), 'unknown-theme', `There is no theme ${id}.`);
	const value = checkLabel(label, LABEL_LENGTH);
	edit(doc, () => write(theme, 'label', value));
}

/** A theme's map, whole. */
export function themeMap({ label, tone }: NewTheme): YFields {
	const fields: Record<ThemeField, unknown> = { label, tone, removed: false };
	return new Y.Map(Object.entries(fields));
}
