import type { TimelineRecord } from '../../domain/timeline.ts';
import type { AdminContext } from './admin-context.ts';
import { AdminError } from './admin-error.ts';
import { type AdminRequest, type AdminRoute, json } from './admin-route.ts';
import { awsLogOf, type LogLevel, logLevels } from './aws-log.ts';
import { storyOf } from './event-story.ts';
import { maySee } from './visible-scope.ts';

/** What became of an event: its timeline. */
export const event: AdminRoute = {
  method: 'GET',
  path: '/_busbar/events/{id}',
  query: ['format', 'level'],
  action: 'GetEvent',
  async answer(request, context) {
    const eventId = request.parameters['id'] ?? '';
    const records = visibleRecords(eventId, request, context);
    const format = request.query.get('format') ?? 'json';
    switch (format) {
      case 'json':
        return json({ eventId, receipts: storyOf(records) });
      case 'aws-log': {
        const lines = awsLogOf(records, levelOf(request)).map((record) => `${JSON.stringify(record)}\n`);
        return { kind: 'text', type: 'application/x-ndjson', text: lines.join('') };
      }
      default:
        throw new AdminError(400, `There is no format "${format}", only json and aws-log.`);
    }
  },
};

/** What the timeline holds of an event, as far as the caller may see it. Throws AdminError when that is nothing. */
export function visibleRecords(
  eventId: string,
  request: AdminRequest,
  { timeline, limits }: AdminContext,
): readonly TimelineRecord[] {
  const records = timeline.recordsOf(eventId).filter(({ busArn }) => maySee(busArn, request));
  if (records.some(({ kind }) => kind === 'received')) return records;
  throw new AdminError(
    404,
    `Of an event ${eventId} nothing is known here, or nothing any more: timelines are kept in memory, for ${limits.timelineHours} hours at most.`,
  );
}

function levelOf({ query }: AdminRequest): LogLevel {
  const asked = query.get('level') ?? 'TRACE';
  const level = logLevels.find((known) => known === asked);
  if (level === undefined)
    throw new AdminError(400, `There is no level "${asked}", only ${logLevels.join(', ')}.`);
  return level;
}
