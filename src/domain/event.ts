import type { Scope } from './scope.ts';

/** An accepted event: the envelope with its id, on one event bus. */
export interface BusEvent {
  /** The EventId that PutEvents answered, a UUID; the same for every rule and target. */
  readonly id: string;
  /** ARN of the event bus that received it. */
  readonly busArn: string;
  /** When Busbar received it, epoch milliseconds; AWS's ingestion time, and the start of its age. */
  readonly receivedAt: number;
  /**
   * The envelope as JSON text. The detail inside it is as it came, byte for byte: numbers keep their digits
   * and members their order.
   */
  readonly envelope: string;
  /** How it came from other event buses; left out when it was put on this one. */
  readonly hops?: Hops;
}

/** The ways from bus to bus that an event has gone: AWS lets it go each of them once. */
export type Hops = Hop | 'both';

export type Hop = 'within-region' | 'across-regions';

/** The event's hops with one more; undefined when it has gone that way before. */
export function withHop(hops: Hops | undefined, hop: Hop): Hops | undefined {
  if (hops === undefined) return hop;
  return hops === hop || hops === 'both' ? undefined : 'both';
}

/** What an envelope is made of. `detail` is JSON text of an object; `time` is epoch milliseconds. */
export interface EnvelopeParts {
  readonly id: string;
  readonly detailType: string;
  readonly source: string;
  /** Account and region of the origin; they stay when the event is sent on to another bus. */
  readonly origin: Scope;
  readonly time: number;
  readonly resources: readonly string[];
  readonly detail: string;
}

/**
 * The envelope as AWS writes it: this order of keys, `time` cut to the second, `resources` always there.
 * AWS page: https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 */
export function envelopeText(parts: EnvelopeParts): string {
  return (
    `{"version":"0","id":${JSON.stringify(parts.id)},"detail-type":${JSON.stringify(parts.detailType)}` +
    `,"source":${JSON.stringify(parts.source)},"account":"${parts.origin.account}"` +
    `,"time":"${isoSeconds(parts.time)}","region":"${parts.origin.region}"` +
    `,"resources":${JSON.stringify(parts.resources)},"detail":${parts.detail}}`
  );
}

const TEXT = String.raw`"[^"\\]*(?:\\.[^"\\]*)*"`;

// An envelope up to its Region, as `envelopeText` writes it: a detail may have members of the same names.
const HEAD = new RegExp(
  `^\\{"version":"0","id":${TEXT},"detail-type":${TEXT},"source":${TEXT},"account":${TEXT},"time":"([^"]*)","region":${TEXT},`,
);

/**
 * The time that an event says it has, epoch milliseconds of a whole second: what archives and replays go by.
 * That of its receipt where the envelope says none.
 */
export function eventTime({ envelope, receivedAt }: Pick<BusEvent, 'envelope' | 'receivedAt'>): number {
  const time = Date.parse(HEAD.exec(envelope)?.[1] ?? '');
  return Number.isNaN(time) ? receivedAt : time;
}

/** An event as a replay publishes it: as it was, but for the name of the replay, which stands behind the Region. */
export function replayedEvent(
  event: BusEvent,
  { replayName, receivedAt }: { readonly replayName: string; readonly receivedAt: number },
): BusEvent {
  const { envelope } = event;
  const head = HEAD.exec(envelope)?.[0];
  if (head === undefined) throw new Error(`The envelope of event ${event.id} is not one of Busbar's.`);
  const name = `"replay-name":${JSON.stringify(replayName)},`;
  return { ...event, receivedAt, envelope: head + name + envelope.slice(head.length) };
}

/** The envelope under another id. Throws when it does not begin as `envelopeText` writes it. */
export function envelopeWithId(envelope: string, { from, to }: { from: string; to: string }): string {
  const beginning = (id: string) => `{"version":"0","id":${JSON.stringify(id)}`;
  if (!envelope.startsWith(beginning(from))) throw new Error(`The envelope of event ${from} is not its own.`);
  return beginning(to) + envelope.slice(beginning(from).length);
}

// Most events share their second with the last one.
let lastSecond = Number.NaN;
let lastText = '';

/** `2026-01-02T03:04:05Z`: the fraction is cut off, not rounded. */
function isoSeconds(epochMilliseconds: number): string {
  const second = Math.floor(epochMilliseconds / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastText = `${new Date(epochMilliseconds).toISOString().slice(0, -5)}Z`;
  }
  return lastText;
}
