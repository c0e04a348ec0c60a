/** So many cards stand beside the dial; more take all of the screen. */
export const FEW = 7;

/** The same of columns, with the answers over them. */
export const FEW_COLUMNS = 6;
