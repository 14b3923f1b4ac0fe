import type { StartReplayRequest } from '../api-model/types.generated.ts';
import { replayPlace } from '../bus/configuration.ts';
import type { Archive } from '../domain/archive.ts';
import { parseArn, replayArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import { isActive, type Replay, replayStatus } from '../domain/replay.ts';
import type { Action, ActionContext } from './action.ts';
import { busArnParameter, invalidParameter } from './bus-arn-parameter.ts';
import { existingBus } from './named.ts';
import { checkQuota } from './quota.ts';
import { wholeSeconds } from './whole-seconds.ts';

/**
 * Takes a replay in. What becomes of it is `replayStatus`'s to say.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_StartReplay.html
 */
export const startReplay: Action<'StartReplay'> = async (request, context) => {
  const { scope, configuration, clock, limits } = context;
  const name = request.replayName;
  const replay = requestedReplay(request, context);
  await configuration.replays.change(replayPlace(scope, name), (current): Replay => {
    if (current !== undefined) {
      throw new ServiceError('ResourceAlreadyExistsException', `Replay ${name} already exists.`);
    }
    const now = clock.now();
    const active = configuration
      .listReplays(scope)
      .filter((other) => isActive(replayStatus(other, now).state));
    checkQuota(active.length + 1, limits.activeReplays);
    return replay;
  });
  return {
    replayArn: replayArn(scope, name),
    state: 'STARTING',
    replayStartTime: wholeSeconds(replay.startedAt),
  };
};

/** The replay that a request asks for, checked in all but what other replays may object. */
function requestedReplay(request: StartReplayRequest, context: ActionContext): Replay {
  const { scope, configuration, clock } = context;
  const { arn, filterArns = [] } = request.destination;
  busArnParameter(arn, 'Destination.Arn');
  const bus = existingBus(arn, scope, configuration);
  if (archiveNamed(request.eventSourceArn, context).busName !== bus.name) {
    throw invalidParameter('Destination.Arn', 'Cross event bus replay is not permitted.');
  }
  const eventStartTime = wholeSeconds(request.eventStartTime);
  const eventEndTime = wholeSeconds(request.eventEndTime);
  if (eventStartTime >= eventEndTime) {
    throw invalidParameter('EventEndTime', 'EventStartTime must be before EventEndTime.');
  }
  return {
    name: request.replayName,
    description: request.description || undefined,
    eventSourceArn: request.eventSourceArn,
    destination: filterArns.length === 0 ? { arn } : { arn, filterArns },
    eventStartTime,
    eventEndTime,
    startedAt: clock.now(),
  };
}

const ARCHIVE_RESOURCE = 'archive/';

function archiveNamed(eventSourceArn: string, { scope, configuration }: ActionContext): Archive {
  const arn = parseArn(eventSourceArn);
  if (arn === undefined || !arn.resource.startsWith(ARCHIVE_RESOURCE)) {
    throw invalidParameter('EventSourceArn', 'Must contain an archive ARN.');
  }
  const name = arn.resource.slice(ARCHIVE_RESOURCE.length);
  const own = arn.account === scope.account && arn.region === scope.region;
  const archive = own ? configuration.archive(scope, name) : undefined;
  if (archive === undefined) throw invalidParameter('EventSourceArn', `Archive ${name} does not exist.`);
  return archive;
}
