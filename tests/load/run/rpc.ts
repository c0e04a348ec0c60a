/** Questions and answers between two processes over Node's IPC channel. */

/** One end of the channel: `process` in a child, the `ChildProcess` in its parent. */
export interface Channel {
	send?(message: object): boolean;
	on(event: 'message', listener: (message: unknown) => void): unknown;
}

type Handlers = Record<string, (argument: never) => unknown>;

interface Message {
	id: number;
	ask?: string;
	argument?: unknown;
	answer?: unknown;
	error?: string;
}

export type Ask = <T>(what: string, argument?: unknown) => Promise<T>;

/** Answers what the other end asks, and returns how to ask it. Rejects with what it says failed. */
export function connectRpc(channel: Channel, handlers: Handlers = {}): Ask {
	const waiting = new Map<number, PromiseWithResolvers<unknown>>();
	let last = 0;

	async function answer({ id, ask = '', argument }: Message): Promise<void> {
		try {
			const handler = handlers[ask];
			if (handler === undefined) throw new Error(`nobody answers '${ask}'`);
			channel.send?.({ id, answer: await handler(argument as never) });
		} catch (error) {
			channel.send?.({ id, error: String(error instanceof Error ? error.stack : error) });
		}
	}

	channel.on('message', (data) => {
		const message = data as Message;
		if (message.ask !== undefined) return void answer(message);
		const asked = waiting.get(message.id);
		waiting.delete(message.id);
		if (message.error === undefined) asked?.resolve(message.answer);
		else asked?.reject(new Error(message.error));
	});

	return <T>(ask: string, argument?: unknown) => {
		const asked = Promise.withResolvers<unknown>();
		const id = ++last;
		waiting.set(id, asked);
		channel.send?.({ id, ask, argument });
		return asked.promise as Promise<T>;
	};
}
