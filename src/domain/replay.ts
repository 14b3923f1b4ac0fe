import type { ReplayDestination, ReplayState } from '../api-model/types.generated.ts';

/**
 * A replay as it is kept: what was asked, and how far it came. Its name is unique in its account and region. All
 * times are epoch milliseconds.
 */
export interface Replay {
  readonly name: string;
  readonly description?: string | undefined;
  /** ARN of the archive. */
  readonly eventSourceArn: string;
  /** Id of the archive: one that takes its name later is another one. */
  readonly archiveId: string;
  readonly destination: ReplayDestination;
  /** The window of events: from here, whole seconds, … */
  readonly eventStartTime: number;
  /** … up to here and without it, whole seconds. */
  readonly eventEndTime: number;
  readonly pace?: ReplayPace | undefined;
  readonly startedAt: number;
  readonly progress?: ReplayProgress | undefined;
  readonly cancelledAt?: number | undefined;
  readonly ending?: ReplayEnding | undefined;
}

/** How fast a replay goes, where it must not go as fast as it can. */
export type ReplayPace =
  | { readonly eventsPerSecond: number }
  /** The pace at which the events came, so many times as fast. */
  | { readonly timesRealTime: number };

/** How far a replay came: every event up to here has been published, those that no rule matched included. */
export interface ReplayProgress {
  /** In the archive, as the store names positions. */
  readonly position: string;
  /** The time of the last event. */
  readonly eventTime: number;
  /** How many there were. */
  readonly events: number;
}

/** How a replay ended by itself. */
export interface ReplayEnding {
  readonly state: 'COMPLETED' | 'FAILED';
  readonly reason?: string | undefined;
  readonly at: number;
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

/** What has become of a replay by `now`. */
export function replayStatus({ startedAt, cancelledAt, ending }: Replay, now: number): ReplayStatus {
  if (ending !== undefined) {
    const { state, reason, at } = ending;
    return { state, ...(reason === undefined ? {} : { stateReason: reason }), endedAt: at };
  }
  if (cancelledAt !== undefined) {
    const endedAt = cancelledAt + REPLAY_STEP_MS;
    return now < endedAt ? { state: 'CANCELLING' } : { state: 'CANCELLED', endedAt };
  }
  return { state: now < startedAt + REPLAY_STEP_MS ? 'STARTING' : 'RUNNING' };
}

/** Whether a replay in this state can be cancelled. */
export function isCancellable(state: ReplayState): boolean {
  return state === 'STARTING' || state === 'RUNNING';
}

/** Whether a replay in this state counts against the quota of active ones. */
export function isActive(state: ReplayState): boolean {
  return isCancellable(state) || state === 'CANCELLING';
}

/** Whether a replay is still to be worked on. */
export function isGoingOn({ cancelledAt, ending }: Replay): boolean {
  return cancelledAt === undefined && ending === undefined;
}

const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

/** Whether a replay ended so long ago that it is forgotten, as AWS does after 90 days. */
export function isForgotten(replay: Replay, now: number): boolean {
  const { endedAt } = replayStatus(replay, now);
  return endedAt !== undefined && endedAt + KEPT_MS <= now;
}
