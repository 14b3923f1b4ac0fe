import { existingBus } from '../../actions/named.ts';
import { type EventEntry, eventFrom, refuseContent } from '../../actions/put-events-entry.ts';
import { eventBusArn } from '../../domain/arn.ts';
import { AdminError } from './admin-error.ts';
import { type AdminRoute, json } from './admin-route.ts';

/**
 * Takes in an event as a service of AWS sends it: PutEvents refuses sources that begin with `aws.`, and there is no
 * AWS here that could send one.
 */
export const putServiceEvent: AdminRoute = {
  method: 'POST',
  path: '/_busbar/service-events',
  action: 'PutServiceEvent',
  async answer({ body, scope }, { contextFor }) {
    const { bus: busName, entry } = entryOf(body);
    const context = contextFor(scope);
    const bus = existingBus(busName, scope, context.configuration);
    const refusal = refuseContent(entry);
    if (refusal !== undefined) throw new AdminError(400, refusal.errorMessage);
    const id = context.newEventId();
    const busArn = eventBusArn(scope, bus.name);
    await context.bus.publish([
      eventFrom(entry, { id, busArn, origin: scope, receivedAt: context.clock.now() }),
    ]);
    return json({ eventId: id });
  },
};

function entryOf(body: string): { readonly bus: string | undefined; readonly entry: EventEntry } {
  const { bus, source, detailType, detail, resources, ...more } = parsed(body);
  const unknown = Object.keys(more);
  if (unknown.length > 0) throw new AdminError(400, `There is no ${unknown.join(', ')} here.`);
  return {
    bus: bus === undefined ? undefined : text(bus, 'bus'),
    entry: {
      source: text(source, 'source'),
      detailType: text(detailType, 'detailType'),
      detail: text(detail, 'detail'),
      resources: texts(resources ?? []),
    },
  };
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw new AdminError(400, `The body is not JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new AdminError(400, 'The body must be a JSON object.');
}

function text(value: unknown, name: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new AdminError(400, `${name} must be a text.`);
}

function texts(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new AdminError(400, 'resources must be a list of texts.');
}
