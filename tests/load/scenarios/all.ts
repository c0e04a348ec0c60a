/** All scenarios, in the order in which they run. */
import { awareness } from './awareness.ts';
import { fanOut } from './fan-out.ts';
import { flood } from './flood.ts';
import { idle } from './idle.ts';
import { joining } from './joining.ts';
import { manyRooms } from './many-rooms.ts';
import { moves } from './moves.ts';
import { stalled } from './stalled.ts';
import type { Scenario, Variant } from './scenario.ts';

/** Each runs only variants of its own, so that what kind they are need not be known. */
const erase = <V extends Variant>(scenario: Scenario<V>): Scenario =>
	scenario as unknown as Scenario;

export const SCENARIOS: readonly Scenario[] = [
	erase(fanOut),
	erase(moves),
	erase(awareness),
	erase(joining),
	erase(manyRooms),
	erase(idle),
	erase(flood),
	erase(stalled)
];
