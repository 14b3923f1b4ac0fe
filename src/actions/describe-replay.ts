import { replayArn } from '../domain/arn.ts';
import type { Action } from './action.ts';
import { existingReplay, replayFields } from './replay-fields.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeReplay.html */
export const describeReplay: Action<'DescribeReplay'> = async ({ replayName }, context) => {
  const { scope, configuration } = context;
  const replay = existingReplay(configuration.replay(scope, replayName), replayName);
  return {
    ...replayFields(replay, context),
    replayArn: replayArn(scope, replayName),
    description: replay.description,
    destination: replay.destination,
  };
};
