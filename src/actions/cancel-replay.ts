import { replayPlace } from '../bus/configuration.ts';
import { replayArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import { isCancellable, type Replay, replayStatus } from '../domain/replay.ts';
import type { Action } from './action.ts';
import { existingReplay } from './replay-fields.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CancelReplay.html */
export const cancelReplay: Action<'CancelReplay'> = async ({ replayName }, context) => {
  const { scope, configuration, clock } = context;
  const now = clock.now();
  const cancelled = await configuration.replays.change(replayPlace(scope, replayName), (current): Replay => {
    const replay = existingReplay(current, replayName);
    if (isCancellable(replayStatus(replay, now).state)) return { ...replay, cancelledAt: now };
    throw new ServiceError(
      'IllegalStatusException',
      `Replay ${replayName} is not in a valid state for this operation.`,
    );
  });
  return { replayArn: replayArn(scope, replayName), state: replayStatus(cancelled, now).state };
};
