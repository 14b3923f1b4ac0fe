import type { BusClient } from '../bus/bus-client.ts';
import { isRefusal } from '../bus/bus-clock.ts';
import { CommandError } from '../errors.ts';
import { pause } from '../stoppable.ts';

/** How far a replay is. */
export interface ReplayProgress {
  readonly state: string;
  readonly stateReason: string | undefined;
  /** Published so far; undefined where only Busbar would know. */
  readonly events: number | undefined;
  /** Of the last event published, epoch milliseconds. */
  readonly lastEventTime: number | undefined;
}

interface DescribedReplay {
  readonly State: string;
  readonly StateReason?: string;
  readonly EventLastReplayedTime?: number;
}

interface TrackedReplay {
  readonly state: string;
  readonly stateReason?: string;
  readonly events: number;
  readonly eventLastReplayedTime?: string;
}

const LOOK_EVERY_MS = 250;
const ENDED = ['COMPLETED', 'CANCELLED', 'FAILED'];

/**
 * Looks at a replay until it has ended, and answers how. When `stop` is aborted it is cancelled if `cancels` says so,
 * and else left to itself. Throws a CommandError.
 */
export async function followReplay(
  bus: BusClient,
  name: string,
  {
    stop,
    cancels,
    onProgress,
  }: {
    readonly stop: AbortSignal;
    readonly cancels: boolean;
    readonly onProgress: (progress: ReplayProgress) => void;
  },
): Promise<ReplayProgress> {
  const look = (await knowsEvents(bus, name)) ? tracked : described;
  let isCancelled = false;
  for (;;) {
    const progress = await look(bus, name);
    onProgress(progress);
    if (ENDED.includes(progress.state)) return progress;
    if (stop.aborted && !cancels) return progress;
    if (stop.aborted && !isCancelled) {
      isCancelled = true;
      await cancel(bus, name);
    }
    await pause(LOOK_EVERY_MS, isCancelled ? new AbortController().signal : stop);
  }
}

async function cancel(bus: BusClient, name: string): Promise<void> {
  try {
    await bus.ask('CancelReplay', { ReplayName: name });
  } catch (error) {
    // It came to its end meanwhile.
    if (!(error instanceof CommandError) || error.code !== 'IllegalStatusException') throw error;
  }
}

async function knowsEvents(bus: BusClient, name: string): Promise<boolean> {
  try {
    await tracked(bus, name);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

async function tracked(bus: BusClient, name: string): Promise<ReplayProgress> {
  const { state, stateReason, events, eventLastReplayedTime } = await bus.adminJson<TrackedReplay>(
    'GET',
    `/_busbar/replays/${encodeURIComponent(name)}`,
  );
  const lastEventTime = eventLastReplayedTime === undefined ? undefined : Date.parse(eventLastReplayedTime);
  return { state, stateReason, events, lastEventTime };
}

async function described(bus: BusClient, name: string): Promise<ReplayProgress> {
  const { State, StateReason, EventLastReplayedTime } = await replayNamed(bus, name);
  return {
    state: State,
    stateReason: StateReason,
    events: undefined,
    lastEventTime: EventLastReplayedTime === undefined ? undefined : EventLastReplayedTime * 1000,
  };
}

async function replayNamed(bus: BusClient, name: string): Promise<DescribedReplay> {
  try {
    return await bus.ask<DescribedReplay>('DescribeReplay', { ReplayName: name });
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== 'ResourceNotFoundException') throw error;
    const { exitCode, code } = error;
    throw new CommandError(`There is no replay ${name}.\nSee: busbar events list-replays`, {
      exitCode,
      code,
    });
  }
}
