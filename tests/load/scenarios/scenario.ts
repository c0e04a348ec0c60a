/** What a scenario is: sizes to run it in, figures that come out, and what is hoped of them. */
import type { Address } from '../client/client.ts';
import type { ServerName } from '../client/wire.ts';
import type { Memory } from '../servers/control.ts';

export interface Variant {
	/** As in the table, such as '200 clients'. */
	name: string;
	/** Rooms that are there from the start. */
	rooms: number;
	/** When only some servers can be compared. */
	servers?: readonly ServerName[];
}

/** By name; a figure that could not be had is left out. */
export type Figures = Record<string, number>;

/** `figure` of ours is at most `atMost`: times that of each of `of`, or as it is without `of`. */
export interface Target {
	figure: string;
	atMost: number;
	of?: readonly ServerName[];
}

/** The server that is measured, as the process that drives the load sees it. */
export interface Load extends Address {
	/** After a garbage collection. */
	memory(): Promise<Memory>;
	/** Processor time of the server from now on; the function ends it and returns seconds. */
	startClock(): Promise<() => Promise<number>>;
}

export interface Scenario<V extends Variant = Variant> {
	name: string;
	/** What is done, in one line. */
	about: string;
	/** Figures by name, with their unit. Less is better in all. */
	units: Record<string, string>;
	variants(quick: boolean): V[];
	targets(variant: V): Target[];
	/** Runs in a process of its own, once for each server and repetition. */
	drive(load: Load, variant: V): Promise<Figures>;
}

export const PEERS = ['y-websocket', 'hocuspocus'] as const;
