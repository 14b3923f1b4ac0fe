import { createHash } from 'node:crypto';
import { eventBusArn, parseArn } from '../domain/arn.ts';
import type { Clock } from '../domain/clock.ts';
import type { DeliveryError } from '../domain/delivery.ts';
import { type BusEvent, envelopeWithId, type Hop, withHop } from '../domain/event.ts';
import { JsonView } from '../domain/input/json-view.ts';
import { refuseAccess } from '../domain/policy/access.ts';
import type { Scope } from '../domain/scope.ts';
import type { Bus } from './bus.ts';
import { policyOf } from './bus-policy.ts';
import type { Configuration } from './configuration.ts';

/** An event that a rule sends on to another event bus. */
export interface Sending {
  readonly event: BusEvent;
  /** ARN of the rule. */
  readonly owner: string;
  readonly targetId: string;
  /** ARN of the event bus that is to receive it. */
  readonly busArn: string;
  /** The role that the target names; its policies are unknown here and taken to allow everything. */
  readonly roleArn: string | undefined;
}

export interface SendingContext {
  readonly configuration: Configuration;
  readonly bus: Bus;
  readonly clock: Clock;
}

/** An event bus, taken out of its ARN. */
interface Place {
  readonly scope: Scope;
  readonly name: string;
}

/**
 * Publishes an event on another event bus, be it of another account or region. It stays as it is, but for its
 * id in another region. Resolves when it is durable there with all that it owes, to undefined; or to why that
 * bus will never take it. Rejects when the store can't keep it.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html
 */
export async function sendOn(sending: Sending, context: SendingContext): Promise<DeliveryError | undefined> {
  const { event, busArn } = sending;
  const from = placeOf(event.busArn);
  const to = placeOf(busArn);
  const hop: Hop = from.scope.region === to.scope.region ? 'within-region' : 'across-regions';
  const hops = withHop(event.hops, hop);
  if (hops === undefined) return tooManyHops(event, hop);
  const refusal = refuse(sending, { from, to }, context);
  if (refusal !== undefined) return refusal;

  const id = hop === 'within-region' ? event.id : idInOtherRegion(sending);
  await context.bus.publish([
    {
      id,
      busArn: eventBusArn(to.scope, to.name),
      receivedAt: context.clock.now(),
      envelope: id === event.id ? event.envelope : envelopeWithId(event.envelope, { from: event.id, to: id }),
      hops,
    },
  ]);
  return undefined;
}

// AWS lets an event go from bus to bus once within a region and once to another one. That ends every circle.
function tooManyHops({ id }: BusEvent, hop: Hop): DeliveryError {
  return {
    code: hop === 'within-region' ? 'THIRD_ACCOUNT_HOP_DETECTED' : 'THIRD_REGION_HOP_DETECTED',
    message: `Event ingestion rejected for event ${id} because an event can be sent to an event bus target only once. This event was previously delivered to an event bus target.`,
  };
}

function refuse(
  { event, owner, roleArn }: Sending,
  { from, to }: { readonly from: Place; readonly to: Place },
  { configuration, clock }: SendingContext,
): DeliveryError | undefined {
  const receiver = configuration.eventBus(to.scope, to.name);
  const resource = eventBusArn(to.scope, to.name);
  const { account } = from.scope;
  // Whether another account has such a bus is nobody's business whom it does not let in.
  if (receiver === undefined && to.scope.account === account) {
    return { code: 'NO_RESOURCE', message: `${resource} does not exist.` };
  }
  const policy = policyOf(receiver);
  const now = clock.now();
  const message = refuseAccess(
    {
      caller: { account, arn: roleArn ?? `arn:aws:iam::${account}:root` },
      action: 'events:PutEvents',
      resource,
      keys: {
        'aws:CurrentTime': new Date(now).toISOString(),
        'aws:EpochTime': String(Math.floor(now / 1000)),
        'aws:RequestedRegion': to.scope.region,
        'aws:ResourceAccount': to.scope.account,
        'aws:SourceAccount': account,
        'aws:SourceArn': owner,
        'events:eventBusInvocation': 'true',
        ...(policy === undefined ? {} : envelopeKeys(event.envelope)),
      },
    },
    { owner: to.scope.account, policy },
  );
  return message === undefined ? undefined : { code: 'NO_PERMISSIONS', message };
}

function envelopeKeys(envelope: string): Readonly<Record<string, string>> {
  const view = new JsonView(envelope);
  const members = view.members(view.root);
  const text = (name: string) => {
    const value = members?.get(name);
    return value === undefined ? '' : String(JSON.parse(view.json(value)));
  };
  return { 'events:source': text('source'), 'events:detail-type': text('detail-type') };
}

/** A UUID that follows from what is sent where: sending it twice by accident does not make it two events. */
function idInOtherRegion({ event, owner, targetId, busArn }: Sending): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([event.id, owner, targetId, busArn]))
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function placeOf(busArn: string): Place {
  const { account = '', region = '', resource = '' } = parseArn(busArn) ?? {};
  return { scope: { account, region }, name: resource.slice(resource.indexOf('/') + 1) };
}
