import type { ReplayDestination, ReplayState } from '../api-model/types.generated.ts';

/**
 * A replay as it is kept: what was asked, and when. Its name is unique in its account and region. All times
 * are epoch milliseconds.
 */
export interface Replay {
  readonly name: string;
  readonly description?: string | undefined;
  /** ARN of the archive. */
  readonly eventSourceArn: string;
  readonly destination: ReplayDestination;
  /** The window of events: from here, whole seconds, … */
  readonly eventStartTime: number;
  /** … up to here, whole seconds. */
  readonly eventEndTime: number;
  readonly startedAt: number;
  readonly cancelledAt?: number | undefined;
}

/** How a replay is, why where that needs saying, and when it ended. */
export interface ReplayStatus {
  readonly state: ReplayState;
  readonly stateReason?: string;
  /** Epoch milliseconds. */
  readonly endedAt?: number;
}

/** How long a replay takes to start, and to be cancelled. */
export const REPLAY_STEP_MS = 1000;

/** Why a replay fails while archives keep no events. */
export const NOTHING_ARCHIVED = 'This version of Busbar keeps no archived events: nothing was replayed.';

/**
 * What has become of a replay by `now`. There is nothing that could be replayed yet, so one that isn't
 * cancelled while it starts fails after that: claiming that it completed would be a lie.
 */
export function replayStatus(replay: Replay, now: number): ReplayStatus {
  const { startedAt, cancelledAt } = replay;
  const endedAt = (cancelledAt ?? startedAt) + REPLAY_STEP_MS;
  if (now < endedAt) return { state: cancelledAt === undefined ? 'STARTING' : 'CANCELLING' };
  if (cancelledAt !== undefined) return { state: 'CANCELLED', endedAt };
  return { state: 'FAILED', stateReason: NOTHING_ARCHIVED, endedAt };
}

/** Whether a replay in this state can be cancelled. */
export function isCancellable(state: ReplayState): boolean {
  return state === 'STARTING' || state === 'RUNNING';
}

/** Whether a replay in this state counts against the quota of active ones. */
export function isActive(state: ReplayState): boolean {
  return isCancellable(state) || state === 'CANCELLING';
}
