import type { Replay as ReplayFields } from '../api-model/types.generated.ts';
import { ServiceError } from '../domain/errors.ts';
import { type Replay, replayStatus } from '../domain/replay.ts';
import type { ActionContext } from './action.ts';
import { wholeSeconds } from './whole-seconds.ts';

/** What ListReplays says of a replay, and DescribeReplay says too. */
export function replayFields(replay: Replay, { clock }: ActionContext): ReplayFields {
  const { endedAt, ...status } = replayStatus(replay, clock.now());
  return {
    replayName: replay.name,
    eventSourceArn: replay.eventSourceArn,
    ...status,
    eventStartTime: replay.eventStartTime,
    eventEndTime: replay.eventEndTime,
    eventLastReplayedTime: replay.progress && wholeSeconds(replay.progress.eventTime),
    replayStartTime: wholeSeconds(replay.startedAt),
    replayEndTime: endedAt === undefined ? undefined : wholeSeconds(endedAt),
  };
}

/** The replay of that name, or AWS's refusal. */
export function existingReplay(replay: Replay | undefined, name: string): Replay {
  if (replay !== undefined) return replay;
  throw new ServiceError('ResourceNotFoundException', `Replay ${name} does not exist.`);
}
