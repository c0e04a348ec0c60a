/**
 * Dragging a step by its handle, with mouse, pen or finger. The steps stay where they are until it
 * is let go; near an edge of the window the page scrolls. Escape gives up.
 *
 * By hand: in a list with handles it is little, and with dnd-kit on two pages its code would be
 * split so that the board, which has a budget, loads more of it.
 */
import type { Draft } from './draft.svelte.ts';

/** So near an edge of the window the page scrolls; below, what is saved stands in the way. */
const EDGE = { above: 50, below: 110 };
/** In pixels a frame. */
const SCROLL_STEP = 12;

export class StepDrag {
	readonly #draft: Draft;
	#key = $state<number | null>(null);
	/** From 0, as it would be after the drop. */
	#place = $state(0);
	#pointer = $state.raw({ x: 0, y: 0 });
	#list: Element | null = null;

	constructor(draft: Draft) {
		this.#draft = draft;
	}

	/** Key of the step that is dragged. */
	get key(): number | null {
		return this.#key;
	}

	/** Where in the window the pointer is. */
	get pointer(): { x: number; y: number } {
		return this.#pointer;
	}

	/** On which side of the step at `place` the dragged one would land. */
	sideOf(place: number): 'before' | 'after' | undefined {
		if (this.#key === null || place !== this.#place) return undefined;
		const from = this.#draft.steps.findIndex(({ key }) => key === this.#key);
		if (from === place) return undefined;
		return place < from ? 'before' : 'after';
	}

	/** Begins with a press on the handle of a step. */
	start(event: PointerEvent & { currentTarget: HTMLElement }, key: number): void {
		if (event.button !== 0 || this.#key !== null) return;
		// Nothing is selected on the way.
		event.preventDefault();
		const handle = event.currentTarget;
		handle.setPointerCapture(event.pointerId);
		this.#list = handle.closest('ol');
		this.#key = key;
		this.#follow(event);

		const ended = new AbortController();
		const { signal } = ended;
		const end = (drop: boolean) => {
			ended.abort();
			this.#key = null;
			if (drop) this.#draft.moveTo(key, this.#place);
		};
		const onMove = (moved: Event) => this.#follow(moved as PointerEvent);
		handle.addEventListener('pointermove', onMove, { signal });
		handle.addEventListener('pointerup', () => end(true), { signal });
		handle.addEventListener('lostpointercapture', () => end(false), { signal });
		const onKey = ({ key }: KeyboardEvent) => key === 'Escape' && end(false);
		window.addEventListener('keydown', onKey, { signal });
		this.#scroll(signal);
	}

	#follow({ clientX, clientY }: Pick<PointerEvent, 'clientX' | 'clientY'>): void {
		this.#pointer = { x: clientX, y: clientY };
		const steps = [...(this.#list?.querySelectorAll<HTMLElement>('[data-step]') ?? [])];
		this.#place = steps.filter(
			(step) => step.dataset.step !== String(this.#key) && middleOf(step) < clientY
		).length;
	}

	#scroll(signal: AbortSignal): void {
		if (signal.aborted) return;
		const { x, y } = this.#pointer;
		const by =
			y < EDGE.above ? -SCROLL_STEP : y > window.innerHeight - EDGE.below ? SCROLL_STEP : 0;
		if (by !== 0) {
			window.scrollBy({ top: by, behavior: 'instant' });
			this.#follow({ clientX: x, clientY: y });
		}
		requestAnimationFrame(() => this.#scroll(signal));
	}
}

function middleOf(element: HTMLElement): number {
	const { top, bottom } = element.getBoundingClientRect();
	return (top + bottom) / 2;
}
