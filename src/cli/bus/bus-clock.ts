import { CommandError } from '../errors.ts';
import type { BusClient } from './bus-client.ts';

/** What time it is on a bus. */
export interface BusClock {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Whether it stands still until somebody moves it. */
  readonly isMovedByHand: boolean;
}

/** The clock of a Busbar; for anything else that speaks EventBridge, the machine's. Throws when nothing answers. */
export async function clockOf(bus: BusClient): Promise<BusClock> {
  try {
    const { kind, now } = await bus.adminJson<{ readonly kind: string; readonly now: string }>(
      'GET',
      '/_busbar/clock',
    );
    return { now: Date.parse(now), isMovedByHand: kind === 'hand' };
  } catch (error) {
    if (isRefusal(error)) return { now: Date.now(), isMovedByHand: false };
    throw error;
  }
}

/** Whether something answered, and would not do it: a Busbar's refusal, or a service that is no Busbar. */
export function isRefusal(error: unknown): boolean {
  if (error instanceof SyntaxError) return true;
  return error instanceof CommandError && error.code.startsWith('Http');
}
