import { createHash } from 'node:crypto';
import { eventBusArn, ruleArn } from '../domain/arn.ts';
import { type BusEvent, envelopeText } from '../domain/event.ts';
import type { Scope } from '../domain/scope.ts';

/** What fires and when: a rule, by account, Region, event bus and name, and an instant of its schedule. */
export interface RuleTick {
  readonly scope: Scope;
  readonly busName: string;
  readonly ruleName: string;
  /** Epoch milliseconds. */
  readonly tick: number;
}

/**
 * The event that a rule's targets get at a tick. Its id follows from the rule and the tick, so that whoever
 * makes the event again makes the same one.
 * AWS page: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
 */
export function scheduledEvent({ scope, busName, ruleName, tick }: RuleTick, receivedAt: number): BusEvent {
  const arn = ruleArn(scope, busName, ruleName);
  const id = uuidOf(`${arn} ${tick}`);
  const envelope = envelopeText({
    id,
    detailType: 'Scheduled Event',
    source: 'aws.events',
    origin: scope,
    time: tick,
    resources: [arn],
    detail: '{}',
  });
  return { id, busArn: eventBusArn(scope, busName), receivedAt, envelope };
}

/** A UUID of version 8 (RFC 9562): 122 bits of our own choice, here of SHA-256. */
function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
