import { requestedReplay } from '../../actions/replay-request.ts';
import type { AdminRoute } from './admin-route.ts';
import { jsonText } from './json-answer.ts';
import { replayBody } from './replay-body.ts';

/** Which rules would get how many events of a replay; nothing is delivered. */
export const rehearseReplay: AdminRoute = {
  method: 'POST',
  path: '/_busbar/replays/dry-run',
  action: 'RehearseReplay',
  async answer({ body, scope }, { contextFor, rehearse }) {
    const { request } = replayBody(body, 'dry-run');
    const replay = { name: request.replayName, ...requestedReplay(request, contextFor(scope)) };
    return {
      kind: 'stream',
      type: 'application/json',
      async send(stream) {
        const { firstEventTime, lastEventTime, ...rest } = await rehearse(replay, stream.signal);
        const times = { firstEventTime: iso(firstEventTime), lastEventTime: iso(lastEventTime) };
        await stream.write(jsonText({ ...rest, ...times }));
      },
    };
  },
};

function iso(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
