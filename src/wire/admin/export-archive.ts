import type { AdminRoute } from './admin-route.ts';
import { archiveArnOfRequest, archiveOfRequest, timeOfQuery } from './archive-of-request.ts';

/** The events of an archive in the order of their times, one line of JSON each; `from` and `to` narrow it down. */
export const exportArchive: AdminRoute = {
  method: 'GET',
  path: '/_busbar/archives/{name}/events',
  query: ['from', 'to'],
  action: 'ExportArchive',
  resourceOf: archiveArnOfRequest,
  async answer(request, context) {
    const archive = archiveOfRequest(request, context);
    const from = timeOfQuery(request, 'from', Number.NEGATIVE_INFINITY);
    const to = timeOfQuery(request, 'to', Number.POSITIVE_INFINITY);
    return {
      kind: 'stream',
      type: 'application/x-ndjson',
      async send(stream) {
        for await (const lines of context.archives.export(archive, { from, to })) {
          if (!(await stream.write(lines))) return;
        }
      },
    };
  },
};
