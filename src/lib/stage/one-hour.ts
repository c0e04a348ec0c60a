/**
 * A ready run of show: a reading of the whole board in an hour. It takes the heaviest cards, as many
 * as there is time for, and never lasts longer than an hour; with few cards it is shorter. Without
 * any card, the hour is for finding them. Every step is one that the server takes.
 */
import { readText } from '#board/values.ts';
import type { ShowStep, StepKind } from './show.ts';
import { STEP_TITLE_LENGTH } from './show-limits.ts';

export interface WeighedCard {
	id: string;
	title: string;
	/** 0 to 5; 0 is watched and not counted. */
	weight: number;
}

/** What is left of the hour for cards, in minutes. */
const CARD_TIME = 35;
/** Less is too short to answer, speak and decide. */
const LEAST_TIME = 5;
/** More is another meeting. */
const MOST_TIME = 10;

/** Equally heavy cards keep their order. A card without weight is taken only when all are. */
export function oneHourReading(cards: readonly WeighedCard[]): ShowStep[] {
	if (cards.length === 0) return gathering();
	const counted = cards.filter(({ weight }) => weight > 0);
	const heaviest = (counted.length > 0 ? counted : cards)
		.toSorted((a, b) => b.weight - a.weight)
		.slice(0, CARD_TIME / LEAST_TIME);
	const asked = heaviest.map((card, index) => cardStep(card, index, heaviest.length));
	const half = Math.ceil(asked.length / 2);
	return [
		step('welcome', 'Welcome', 5, WELCOME),
		step('board', 'Where we stand', 5, STANDING),
		...asked.slice(0, half),
		step('break', 'Break', 5, BREAK),
		...asked.slice(half),
		step('compare', 'What has moved', 5, COMPARE),
		step('close', 'Close', 5, CLOSE)
	];
}

function gathering(): ShowStep[] {
	return [
		step('welcome', 'Welcome', 5, WELCOME),
		step('board', 'What decides between conflict and cooperation?', 20, COLLECT),
		step('break', 'Break', 5, BREAK),
		step('board', 'Where does each one stand today?', 15, PLACE),
		step('board', 'Where we stand', 10, FIRST_READING),
		step('close', 'Close', 5, CLOSE)
	];
}

/** The heaviest cards get the minutes that are left over. */
function cardStep({ id, title }: WeighedCard, index: number, count: number): ShowStep {
	const even = Math.floor(CARD_TIME / count) + (index < CARD_TIME % count ? 1 : 0);
	const notes = index === 0 ? FIRST_CARD : index === count - 1 ? LAST_CARD : NEXT_CARD;
	return {
		...step('card', titleOf(title), Math.min(even, MOST_TIME), notes),
		...{ card: id, asks: true }
	};
}

/** In a line, and never empty for the eye. */
function titleOf(title: string): string {
	const line = readText(title.replace(/\s+/gu, ' ').trim(), STEP_TITLE_LENGTH).trim();
	return /[\p{L}\p{N}\p{P}\p{S}]/u.test(line) ? line : 'Untitled';
}

function step(kind: StepKind, title: string, minutes: number, notes: string): ShowStep {
	return { kind, title, minutes, card: null, asks: false, notes };
}

const WELCOME = `Set a checkpoint before anybody moves a card, on “What happened here”, and call it “Beginning”. At the end you compare with it.

Say what the hour is for: where things stand between conflict and cooperation today. Not where they should stand, and not whose fault it is.

Let everybody come in by the code on the screen, and wait for the last ones. Say that answers are given unseen, and that changing one’s mind is what the hour is for.`;

const STANDING = `Read the dial aloud: the figure, its word, and the band around the hand, which is how far it may be off. A wide band is no fault: it says where we know little or disagree.

Ask: “Does this fit what you see?” Take two or three answers and write them down. Do not argue yet.

Say which cards come next, and that they are the ones that weigh most.`;

const FIRST_CARD = `This step begins with a question to everybody. Read the card aloud, say what counts as its two ends, then two minutes of silence. Nobody says an answer aloud before the others have given theirs.

Reveal it when nearly all have answered; do not wait for the last one.

Let those far from the middle speak first, one from each end, a minute each: “What do you know that we do not?” The others only ask. They may be the ones who are right, so do not hurry them to the middle.

Then adopt the middle. Ask again, once, when something new came up and people look unsettled. When two camps stay two camps, leave the card where it stands and write down both reasons.`;

const NEXT_CARD = `Read the card aloud, then two minutes of silence. Reveal it when nearly all have answered.

Nearly all in one place: adopt it, go on, and keep the time for the cards that divide you.

Far apart: those far from the middle speak first, one from each end. Ask for what they have seen, not for their opinion again. Then adopt the middle, or ask again if something new came up.

Before you go on: “What would have to happen for this card to move?” Write it on the card.`;

const LAST_CARD = `As before: read it aloud, silence, reveal it, those far from the middle first.

People are tired by now and agree too quickly. If all answers are close, ask one person to make the case against.

When time is short, leave this card where it stands and say so. A card that was not discussed is better than one that was waved through.`;

const BREAK = `Say when you go on, to the minute; the clock is on the screen.

Meanwhile, look at which cards divided you, and which reasons you heard twice. Speak to whoever has said nothing yet: “What do we miss?”

If you are late, leave out the last card, not the break.`;

const COMPARE = `The brass hand is where you began, if you have set the checkpoint “Beginning”; choose it on “What happened here” if it points elsewhere.

Ask: “What moved the needle most?” Then the question that matters: did something happen out there, or do we only see it differently now? The second is worth as much, but it is not news.

If the needle has not moved, say that too: you now know why it stands there.`;

const CLOSE = `Ask each person for one sentence: “What would change my mind until we meet again?” Write the best ones on their cards, as what would move them.

Set a second checkpoint, and call it by today’s date.

Say when you meet again, and who looks after the board until then. Then close the workshop: the time and the step go off everybody’s screen, and the board stays.`;

const COLLECT = `Five minutes of silence: everybody adds two or three things to the board, each in a few words, such as “Extradition” or “Hotline”. A thing belongs here if it could stand at either end.

Then go through them from left to right. Merge what is the same, and ask of each: “How would we notice that it has moved?” What nobody can answer that for goes.

Eight to twelve are enough for a first board.`;

const PLACE = `Give the cards weights first, from 1 to 5: if this one moved all the way, how much would change? Be quick, and let no more than three have a 5.

Then ask everybody about the two or three heaviest, from the card itself: silence, reveal, and those far from the middle speak first.

The others stay where whoever added them put them. Say so: they are first guesses.`;

const FIRST_READING = `Now the board has a reading. Read it aloud: the figure, its word, and the band around the hand, which is wide on a new board.

Ask: “Does this fit what you see?” If not, which card is missing, or weighs too much?

Set a checkpoint on “What happened here” and call it “Beginning”: the next workshop compares with it.`;
