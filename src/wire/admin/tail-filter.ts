import { compactJson } from '../../domain/input/index.ts';
import type { TimelineLog, TimelineRecord } from '../../domain/timeline.ts';
import { Matcher, type Pattern } from '../../match/index.ts';
import { isoTime, shownAttempt, shownTurn } from './event-story.ts';
import { JsonText, jsonText } from './json-answer.ts';

/** What a reader wants to see. */
export interface TailWish {
  /** Whether the reader may see, and asked for, what happens on an event bus. */
  readonly wantsBus: (busArn: string) => boolean;
  readonly pattern: Pattern | undefined;
  /** Whether to tell what becomes of events as well. */
  readonly deliveries: boolean;
}

/** A record as a reader of live events gets it. */
export interface TailMessage {
  readonly event: 'event' | 'lost' | 'attempt' | 'delivery';
  /** One line of JSON. */
  readonly data: string;
}

// Of that many events it is remembered whether they match, so that their deliveries need not be asked again.
const REMEMBERED = 10_000;

/** Picks what a reader wants out of the timeline's records, and writes it down. */
export class TailFilter {
  readonly #wish: TailWish;
  readonly #timeline: TimelineLog;
  readonly #matcher: Matcher<true> | undefined;
  #verdicts = new Map<string, boolean>();

  constructor(wish: TailWish, timeline: TimelineLog) {
    this.#wish = wish;
    this.#timeline = timeline;
    if (wish.pattern === undefined) return;
    this.#matcher = new Matcher<true>();
    this.#matcher.addRule(true, wish.pattern);
  }

  /** Undefined for what this reader does not want to see. */
  message(record: TimelineRecord): TailMessage | undefined {
    const { wantsBus, deliveries } = this.#wish;
    if (!wantsBus(record.busArn)) return undefined;
    switch (record.kind) {
      case 'received':
        // A story that goes on after a restart is no new event.
        return record.resumed || !this.#matches(record) ? undefined : received(record);
      case 'lost':
        return this.#matches(record) ? lost(record) : undefined;
      default:
        return deliveries && this.#matches(record) ? progress(record) : undefined;
    }
  }

  #matches(record: TimelineRecord): boolean {
    const matcher = this.#matcher;
    if (matcher === undefined) return true;
    const known = record.kind === 'received' ? undefined : this.#verdicts.get(record.eventId);
    if (known !== undefined) return known;
    const receipt =
      record.kind === 'received' ? record : this.#timeline.receiptOf(record.eventId, record.sequence);
    // Nobody can say any more what the event was.
    if (receipt?.kind !== 'received') return false;
    const verdict = matcher.rulesFor(receipt.event.envelope).length > 0;
    if (this.#wish.deliveries) this.#remember(record.eventId, verdict);
    return verdict;
  }

  #remember(eventId: string, verdict: boolean): void {
    if (this.#verdicts.size >= REMEMBERED) this.#verdicts = new Map();
    this.#verdicts.set(eventId, verdict);
  }
}

type Of<Kind extends TimelineRecord['kind']> = Extract<TimelineRecord, { kind: Kind }>;

function received({ event, rules }: Of<'received'>): TailMessage {
  const data = jsonText({
    eventId: event.id,
    eventBusArn: event.busArn,
    receivedAt: isoTime(event.receivedAt),
    rules: rules.map(({ arn }) => arn),
    // On one line: the detail may have come with line breaks.
    event: new JsonText(compactJson(event.envelope)),
  });
  return { event: 'event', data };
}

function lost({ eventId, busArn, at, reason }: Of<'lost'>): TailMessage {
  const data = jsonText({ eventId, eventBusArn: busArn, at: isoTime(at), reason });
  return { event: 'lost', data };
}

function progress(record: Of<'attempt'> | Of<'delivery'>): TailMessage {
  const { kind, eventId, busArn, ruleArn, targetId, at } = record;
  const targetArn = kind === 'attempt' ? record.attempt.targetArn : record.targetArn;
  const what = kind === 'attempt' ? { attempt: shownAttempt(record.attempt) } : shownTurn(record.turn);
  const heading = { eventId, eventBusArn: busArn, ruleArn, targetId, targetArn, at: isoTime(at) };
  return { event: kind, data: jsonText({ ...heading, ...what }) };
}
