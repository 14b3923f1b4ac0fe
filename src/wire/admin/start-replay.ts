import { beginReplay } from '../../actions/replay-request.ts';
import { replayArn } from '../../domain/arn.ts';
import { type AdminRoute, json } from './admin-route.ts';
import { nameInBody, replayBody } from './replay-body.ts';

/** Starts a replay as StartReplay does, at a pace if it is given one. */
export const startReplay: AdminRoute = {
  method: 'POST',
  path: '/_busbar/replays',
  action: 'StartReplay',
  resourceOf: ({ scope, body }) => replayArn(scope, nameInBody(body) ?? '*'),
  async answer({ body, scope }, { contextFor }) {
    const { request, pace } = replayBody(body);
    const { name, startedAt } = await beginReplay(request, contextFor(scope), pace);
    return json({
      replayArn: replayArn(scope, name),
      state: 'STARTING',
      replayStartTime: new Date(startedAt).toISOString(),
    });
  },
};
