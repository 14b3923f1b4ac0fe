import type { StartReplayRequest } from '../api-model/types.generated.ts';
import { replayPlace } from '../bus/configuration.ts';
import type { Archive } from '../domain/archive.ts';
import { parseArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import { isActive, isForgotten, type Replay, type ReplayPace, replayStatus } from '../domain/replay.ts';
import type { ActionContext } from './action.ts';
import { busArnParameter, invalidParameter } from './bus-arn-parameter.ts';
import { existingBus } from './named.ts';
import { checkQuota } from './quota.ts';
import { wholeSeconds } from './whole-seconds.ts';

/** Which events to replay, and where to. */
export type ReplayWindow = Pick<
  StartReplayRequest,
  'eventSourceArn' | 'eventStartTime' | 'eventEndTime' | 'destination'
>;

/** Keeps a replay, at its pace if it has one: from then on the replayer works on it. Throws AWS's refusals. */
export async function beginReplay(
  request: StartReplayRequest,
  context: ActionContext,
  pace?: ReplayPace,
): Promise<Replay> {
  const { scope, configuration, clock, limits } = context;
  const name = request.replayName;
  const description = request.description || undefined;
  const replay: Replay = { name, description, ...requestedReplay(request, context), pace };
  return configuration.replays.change(replayPlace(scope, name), (current): Replay => {
    const now = clock.now();
    if (current !== undefined && !isForgotten(current, now)) {
      throw new ServiceError('ResourceAlreadyExistsException', `Replay ${name} already exists.`);
    }
    const active = configuration
      .listReplays(scope)
      .filter((other) => isActive(replayStatus(other, now).state));
    checkQuota(active.length + 1, limits.activeReplays);
    return replay;
  });
}

/** The replay that a request asks for, checked in all but what other replays may object; AWS's refusals. */
export function requestedReplay(request: ReplayWindow, context: ActionContext): Omit<Replay, 'name'> {
  const { scope, configuration, clock } = context;
  const { arn, filterArns = [] } = request.destination;
  busArnParameter(arn, 'Destination.Arn');
  const bus = existingBus(arn, scope, configuration);
  const archive = archiveNamed(request.eventSourceArn, context);
  if (archive.busName !== bus.name) {
    throw invalidParameter('Destination.Arn', 'Cross event bus replay is not permitted.');
  }
  const eventStartTime = wholeSeconds(request.eventStartTime);
  const eventEndTime = wholeSeconds(request.eventEndTime);
  if (eventStartTime >= eventEndTime) {
    throw invalidParameter('EventEndTime', 'EventStartTime must be before EventEndTime.');
  }
  return {
    eventSourceArn: request.eventSourceArn,
    archiveId: archive.id,
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
