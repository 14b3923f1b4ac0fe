import { compactJson } from '../output/output-json.ts';
import { parseJson } from '../parameters/json-text.ts';
import type { ServerSentEvent } from './server-sent-events.ts';

/** An event that came to a bus. */
export interface LiveEvent {
  readonly type: 'event';
  readonly eventId: string;
  readonly eventBusArn: string;
  /** ISO 8601. */
  readonly receivedAt: string;
  /** ARNs of the rules that match it. */
  readonly rules: readonly string[];
  /** The envelope, for a look into it. */
  readonly event: Envelope;
  /** The envelope's JSON in one line, with every digit of its numbers. */
  readonly json: string;
  /** The JSON of its detail. */
  readonly detailJson: string;
}

/** An event's envelope. */
export interface Envelope {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: unknown;
}

/** An attempt that ended, or what it means for its delivery. */
export interface LiveDelivery {
  readonly type: 'attempt' | 'delivery';
  readonly eventId: string;
  readonly ruleArn: string;
  readonly targetId: string;
  readonly targetArn?: string;
  /** ISO 8601. */
  readonly at: string;
  readonly attempt?: LiveAttempt;
  readonly state?: string;
  readonly nextAttemptAt?: string;
  readonly error?: { readonly code: string; readonly message: string };
}

/** One attempt to deliver. */
export interface LiveAttempt {
  readonly number: number;
  readonly durationMs: number;
  readonly outcome: string;
  readonly status?: number;
  readonly response?: string;
  readonly error?: { readonly code: string; readonly message: string };
}

/** That something is not told, and why. */
export interface LiveGap {
  readonly type: 'missed';
  readonly records?: number;
  readonly reason: string;
}

export type LiveRecord = LiveEvent | LiveDelivery | LiveGap;

/** What a server-sent event of `GET /_busbar/tail` tells; undefined for kinds that are not known. */
export function liveRecord({ type, data }: ServerSentEvent): LiveRecord | undefined {
  if (type === 'attempt' || type === 'delivery') return { ...(JSON.parse(data) as LiveDelivery), type };
  if (type === 'missed') return { ...(JSON.parse(data) as LiveGap), type };
  if (type !== 'event') return undefined;
  const read = parseJson(data);
  const envelope = read instanceof Map ? read.get('event') : undefined;
  const detail = envelope instanceof Map ? envelope.get('detail') : undefined;
  return {
    ...(JSON.parse(data) as LiveEvent),
    type,
    json: compactJson(envelope ?? null),
    detailJson: compactJson(detail ?? null),
  };
}
