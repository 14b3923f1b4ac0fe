import { replayArn } from '../domain/arn.ts';
import type { Action } from './action.ts';
import { beginReplay } from './replay-request.ts';
import { wholeSeconds } from './whole-seconds.ts';

/**
 * Takes a replay in; the replayer does the rest.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_StartReplay.html
 */
export const startReplay: Action<'StartReplay'> = async (request, context) => {
  const { name, startedAt } = await beginReplay(request, context);
  return {
    replayArn: replayArn(context.scope, name),
    state: 'STARTING',
    replayStartTime: wholeSeconds(startedAt),
  };
};
