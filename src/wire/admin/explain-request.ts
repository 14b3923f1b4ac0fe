import { namedBus } from '../../actions/named.ts';
import { eventBusArn } from '../../domain/arn.ts';
import { JsonSyntaxError } from '../../domain/input/index.ts';
import { JsonView } from '../../domain/input/json-view.ts';
import type { AdminContext } from './admin-context.ts';
import { AdminError } from './admin-error.ts';
import type { AdminRequest } from './admin-route.ts';
import { visibleRecords } from './event.ts';
import type { ArrivedEvent } from './rule-verdict.ts';
import { maySee } from './visible-scope.ts';

/** What is to be explained. */
export interface ExplainRequest {
  readonly event: ArrivedEvent | undefined;
  /** JSON text. */
  readonly pattern: string | undefined;
  /** Name or ARN. */
  readonly rule: string | undefined;
  readonly max: number;
}

const MEMBERS = ['event', 'eventId', 'bus', 'rule', 'pattern', 'max'];
const MOST_RULES = 1000;
const USUAL_RULES = 100;

/** Reads the body of an explain request. Throws AdminError for what can't be understood, or is not there. */
export function readExplainRequest(request: AdminRequest, context: AdminContext): ExplainRequest {
  const members = membersOf(request.body);
  const unknown = [...members.keys()].find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) {
    throw new AdminError(400, `There is no member "${unknown}", only ${MEMBERS.join(', ')}.`);
  }
  const text = (name: string): string | undefined => {
    const json = members.get(name);
    if (json === undefined) return undefined;
    const value: unknown = JSON.parse(json);
    if (typeof value === 'string') return value;
    throw new AdminError(400, `${name} must be a string.`);
  };
  const bus = text('bus');
  const busArn = bus === undefined ? undefined : arnOfBus(bus, request);
  const eventId = text('eventId');
  const event = jsonOrText(members.get('event'));
  if (event !== undefined && eventId !== undefined) {
    throw new AdminError(400, 'Give event or eventId, not both.');
  }
  const given = event === undefined ? undefined : { text: event, busArn };
  return {
    event: eventId === undefined ? given : knownEvent(eventId, { busArn, request, context }),
    pattern: jsonOrText(members.get('pattern')),
    rule: text('rule'),
    max: readMax(members.get('max')),
  };
}

function arnOfBus(bus: string, request: AdminRequest): string {
  const named = namedBus(bus, request.scope);
  const arn = eventBusArn(named.scope, named.name);
  if (maySee(arn, request)) return arn;
  throw new AdminError(404, `Event bus ${bus} does not exist.`);
}

/** The members of a JSON object as JSON texts: an event must not lose the digits of its numbers. */
function membersOf(body: string): ReadonlyMap<string, string> {
  try {
    const view = new JsonView(body);
    const members = view.members(view.root);
    if (members !== undefined) {
      return new Map([...members].map(([name, value]) => [name, view.json(value)] as const));
    }
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
  }
  throw new AdminError(400, 'The body must be a JSON object, as in {"eventId": "…"} or {"pattern": {…}}.');
}

/** An object may be given as it is, or as a string that holds its text. */
function jsonOrText(json: string | undefined): string | undefined {
  return json?.startsWith('"') === true ? String(JSON.parse(json)) : json;
}

/** The event as it came to the bus; to whichever bus it came first where none is named. */
function knownEvent(
  eventId: string,
  {
    busArn,
    request,
    context,
  }: {
    readonly busArn: string | undefined;
    readonly request: AdminRequest;
    readonly context: AdminContext;
  },
): ArrivedEvent {
  for (const record of visibleRecords(eventId, request, context)) {
    if (record.kind !== 'received' || (busArn !== undefined && record.busArn !== busArn)) continue;
    return { text: record.event.envelope, busArn: record.busArn };
  }
  throw new AdminError(404, `Event ${eventId} did not come to ${busArn}.`);
}

function readMax(json: string | undefined): number {
  if (json === undefined) return USUAL_RULES;
  const max: unknown = JSON.parse(json);
  if (typeof max === 'number' && Number.isInteger(max) && max >= 1 && max <= MOST_RULES) return max;
  throw new AdminError(400, `max must be a whole number from 1 to ${MOST_RULES}.`);
}
