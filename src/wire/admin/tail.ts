import { namedBus } from '../../actions/named.ts';
import { eventBusArn } from '../../domain/arn.ts';
import { milliseconds } from '../../domain/duration.ts';
import { InvalidPatternError, type Pattern, parsePattern } from '../../match/index.ts';
import type { AdminContext } from './admin-context.ts';
import { AdminError } from './admin-error.ts';
import type { AdminRequest, AdminRoute } from './admin-route.ts';
import { feedTail, type TailStart } from './tail-feed.ts';
import { TailFilter } from './tail-filter.ts';
import { maySee } from './visible-scope.ts';

const EVERY_BUS = '*';

/** Live events of an event bus, and what becomes of them, as server-sent events. */
export const tail: AdminRoute = {
  method: 'GET',
  path: '/_busbar/tail',
  query: ['bus', 'pattern', 'since', 'deliveries'],
  action: 'TailEvents',
  resourceOf: (request) => busOf(request) ?? EVERY_BUS,
  async answer(request, context) {
    const { timeline, limits, callersClock: clock, tailReaders, installed } = context;
    if (limits.timelineBytes === 0 || limits.timelineRecords === 0) {
      throw new AdminError(409, 'This bus keeps no timeline, so there is nothing to read from.');
    }
    const wish = {
      wantsBus: wantedBuses(request, context),
      pattern: patternOf(request),
      deliveries: switchOf(request, 'deliveries'),
    };
    const start = startOf(request, context);
    const leave = tailReaders.enter();
    if (leave === undefined) {
      throw new AdminError(503, `${tailReaders.most} readers follow events already: no more may.`);
    }
    return {
      kind: 'stream',
      type: 'text/event-stream',
      async send(stream) {
        try {
          const filter = new TailFilter(wish, timeline);
          await feedTail(stream, { timeline, filter, clock, process: installed.process, start });
        } finally {
          leave();
        }
      },
    };
  },
};

function busOf({ query, scope }: AdminRequest): string | undefined {
  const name = query.get('bus') ?? undefined;
  if (name === EVERY_BUS) return undefined;
  const bus = namedBus(name, scope);
  return eventBusArn(bus.scope, bus.name);
}

function wantedBuses(request: AdminRequest, { configuration }: AdminContext): (busArn: string) => boolean {
  const wanted = busOf(request);
  if (wanted === undefined) {
    const all = eventBusArn(request.scope, '');
    return (busArn) => busArn.startsWith(all);
  }
  const bus = namedBus(request.query.get('bus') ?? undefined, request.scope);
  if (!maySee(wanted, request) || configuration.eventBus(bus.scope, bus.name) === undefined) {
    throw new AdminError(404, `Event bus ${bus.name} does not exist.`);
  }
  return (busArn) => busArn === wanted;
}

function patternOf({ query }: AdminRequest): Pattern | undefined {
  const text = query.get('pattern');
  if (text === null || text === '') return undefined;
  try {
    return parsePattern(text);
  } catch (error) {
    if (error instanceof InvalidPatternError) throw new AdminError(400, error.message);
    throw error;
  }
}

function switchOf({ query }: AdminRequest, name: string): boolean {
  const text = query.get(name) ?? 'false';
  if (text === 'true' || text === '') return true;
  if (text === 'false') return false;
  throw new AdminError(400, `${name} is true or false, not "${text}".`);
}

/** After the last record that the reader has seen, else as far back as it asks, else now. */
function startOf({ query, headers }: AdminRequest, { timeline, clock, installed }: AdminContext): TailStart {
  const lastSeen = headers['last-event-id'];
  if (typeof lastSeen === 'string' && lastSeen !== '') return startAfter(lastSeen, { timeline, installed });
  const since = query.get('since');
  if (since === null || since === '') return { next: timeline.next };
  return { next: timeline.firstSince(sinceTime(since, clock.now())) };
}

function startAfter(
  lastSeen: string,
  { timeline, installed }: Pick<AdminContext, 'timeline' | 'installed'>,
): TailStart {
  const [, process, number = ''] = /^([^-]+)-(\d{1,15})$/.exec(lastSeen) ?? [];
  if (process === undefined) throw new AdminError(400, `Last-Event-ID "${lastSeen}" is not from here.`);
  const next = Number(number) + 1;
  if (process !== installed.process || next > timeline.next) {
    // Another process: what it told last nobody knows, and this one begins with its own beginning.
    return { next: timeline.first, missed: { reason: 'restarted' } };
  }
  const records = timeline.first - next;
  return records > 0 ? { next: timeline.first, missed: { records, reason: 'too-old' } } : { next };
}

function sinceTime(text: string, now: number): number {
  const time = Date.parse(text);
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(time)) return time;
  try {
    return now - milliseconds(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AdminError(400, `since is an ISO time or an age such as 10m: ${reason}`);
  }
}
