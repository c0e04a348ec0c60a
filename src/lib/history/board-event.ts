/**
 * What happens to a board, as it is recorded: each event says what was and what became, so that the
 * record can be read in both directions. Values are plain JSON; `null` stands for what is not set.
 */
import type { Column, Confidence, Evidence, Theme } from '#board/board.ts';
import type { Decision } from '../rounds/round-state.ts';
import type { Step } from '../stage/show.ts';
import type { RecordedBoard, RecordedCard } from './recorded-board.ts';

/** What one event changes of a card. Whatever counts as a review changes `reviewed` along with it. */
export interface CardPatch {
	column?: string;
	weight?: number;
	confidence?: Confidence | null;
	theme?: string | null;
	reviewed?: string | null;
	spread?: number;
	archived?: boolean;
	/** One entry; null where it is not there. */
	evidence?: Evidence | null;
}

export const CARD_KINDS = [
	/** Somebody put it into another column. */
	'card.moved',
	/** It is shown in another column because columns came or went. */
	'card.shifted',
	'card.weighed',
	'card.confidence',
	'card.theme',
	/** How far people disagree about it, after a round. */
	'card.spread',
	/** Looked at, and still so. */
	'card.reviewed',
	'card.archived',
	'card.restored',
	'evidence.added',
	'evidence.changed',
	'evidence.removed'
] as const;
export type CardKind = (typeof CARD_KINDS)[number];

/** What one person, or the server, did to the board. */
export type BoardEvent =
	/** The board as it is found; what went before is not known. */
	| { kind: 'board'; subject: null; was: null; became: RecordedBoard }
	| { kind: 'card.added'; subject: string; was: null; became: RecordedCard }
	| { kind: 'card.gone'; subject: string; was: RecordedCard; became: null }
	| { kind: CardKind; subject: string; was: CardPatch; became: CardPatch }
	| { kind: 'column'; subject: string; was: Column | null; became: Column | null }
	| { kind: 'theme'; subject: string; was: Theme | null; became: Theme | null };

/** What happened in the room and changed nothing of the board. */
export type RoomEvent =
	/** The reading gets a name, and the set hand points at it. */
	| { kind: 'checkpoint'; subject: null; was: null; became: { name: string } }
	/** The set hand is turned to the checkpoint of that number. */
	| { kind: 'hand'; subject: null; was: null; became: { checkpoint: number } }
	| {
			kind: 'workshop';
			subject: null;
			was: null;
			became: { workshop: string; number: number; what: 'opened' | 'closed' };
	  }
	/** Everybody is at that step of the run of show; `place` counts from 0. */
	| {
			kind: 'step';
			subject: null;
			was: null;
			became: { place: number } & Pick<Step, 'kind' | 'title' | 'card'>;
	  }
	| {
			kind: 'round';
			subject: null;
			was: null;
			/** `round` is its id; `what` is dropped when its answers were erased unseen. */
			became: { round: string; number: number; what: 'opened' | 'revealed' | 'dropped' };
	  }
	/** A facilitator made something of what a round said of a card. */
	| {
			kind: 'round.decided';
			subject: string;
			was: null;
			became: { round: string; number: number; how: Decision; column: string | null };
	  };

export type HistoryEvent = BoardEvent | RoomEvent;
export type HistoryKind = HistoryEvent['kind'];
