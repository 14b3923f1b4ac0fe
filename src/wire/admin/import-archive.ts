import { EventLineError } from '../../bus/event-line.ts';
import { AdminError } from './admin-error.ts';
import { type AdminRoute, json } from './admin-route.ts';
import { archiveArnOfRequest, archiveOfRequest } from './archive-of-request.ts';

/** Puts events, one line of JSON each, into an archive; all of them, or none when a line is no event. */
export const importArchive: AdminRoute = {
  method: 'POST',
  path: '/_busbar/archives/{name}/events',
  action: 'ImportArchive',
  resourceOf: archiveArnOfRequest,
  async answer(request, context) {
    const archive = archiveOfRequest(request, context);
    try {
      const { scope, body: lines, seesAllAccounts } = request;
      const events = await context.archives.import(archive, { scope, lines, onlyOwn: !seesAllAccounts });
      return json({ events });
    } catch (error) {
      if (error instanceof EventLineError) throw new AdminError(400, error.message);
      throw error;
    }
  },
};
