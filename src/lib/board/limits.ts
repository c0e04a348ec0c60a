/**
 * Every bound of the document. What an operation would exceed it refuses with a `BoardError`; what
 * stands in the document anyway is cut or hidden when read, and kept. Text lengths are in UTF-16
 * code units.
 */

export const TITLE_LENGTH = 240;
export const QUESTION_LENGTH = 500;
export const NOTES_LENGTH = 20_000;
export const LABEL_LENGTH = 60;
export const SIGNPOST_LENGTH = 1_000;
export const EVIDENCE_LENGTH = 1_000;
export const SOURCE_LENGTH = 240;
export const URL_LENGTH = 2_048;
export const ID_LENGTH = 64;

export const COLUMNS_MIN = 2;
export const COLUMNS_MAX = 9;
export const THEMES_MAX = 12;
/** Cards on the board; as many again are shown in the trash. */
export const CARDS_MAX = 500;
/** Entries a card. */
export const EVIDENCE_MAX = 100;

/** Positions on the scale: conflict to cooperation. */
export const SCORE_MIN = -100;
export const SCORE_MAX = 100;
export const WEIGHT_MAX = 5;
/** The highest standard deviation that positions within -100..100 can have. */
export const SPREAD_MAX = 100;
/** Goldstein scale, both ways. */
export const DIRECTION_MAX = 10;

/** Characters of a rank. A column whose ranks would grow longer is ranked anew. */
export const RANK_LENGTH = 100;

/** Steps that one person can undo. */
export const UNDO_STEPS = 200;
/** Typing within this many milliseconds is one step of undo. */
export const UNDO_CAPTURE_MS = 500;
