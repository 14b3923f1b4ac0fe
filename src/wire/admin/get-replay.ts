import { replayArn } from '../../domain/arn.ts';
import { replayStatus } from '../../domain/replay.ts';
import { AdminError } from './admin-error.ts';
import { type AdminRoute, json } from './admin-route.ts';

/** What DescribeReplay doesn't say of a replay: its pace, and how many events it has published. */
export const getReplay: AdminRoute = {
  method: 'GET',
  path: '/_busbar/replays/{name}',
  action: 'GetReplay',
  resourceOf: ({ scope, parameters }) => replayArn(scope, parameters['name'] ?? ''),
  async answer({ scope, parameters }, { configuration, clock }) {
    const { name = '' } = parameters;
    const replay = configuration.replay(scope, name);
    if (replay === undefined) throw new AdminError(404, `Replay ${name} does not exist.`);
    const { state, stateReason, endedAt } = replayStatus(replay, clock.now());
    return json({
      replayName: name,
      state,
      stateReason,
      eventSourceArn: replay.eventSourceArn,
      destination: replay.destination,
      pace: replay.pace,
      eventStartTime: iso(replay.eventStartTime),
      eventEndTime: iso(replay.eventEndTime),
      eventLastReplayedTime: iso(replay.progress?.eventTime),
      events: replay.progress?.events ?? 0,
      replayStartTime: iso(replay.startedAt),
      replayEndTime: iso(endedAt),
    });
  },
};

function iso(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
