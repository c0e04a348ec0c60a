/** What a run of show may hold, as the server takes it. */

export const STEPS_MAX = 60;
/** In UTF-16 code units. */
export const STEP_TITLE_LENGTH = 120;
export const STEP_NOTES_LENGTH = 1_000;
/** Of a step, a day. */
export const STEP_MINUTES_MAX = 24 * 60;
