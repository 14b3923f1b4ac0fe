import type { Clock } from '../domain/clock.ts';
import type { BusEvent, Hops } from '../domain/event.ts';
import type {
  AttemptOnTimeline,
  DeliveryOnTimeline,
  DeliveryTurn,
  RuleOnTimeline,
  Timeline,
  TimelineExtent,
  TimelineLog,
  TimelineRecord,
} from '../domain/timeline.ts';
import { attemptOf, attemptText } from './attempt-text.ts';
import { type LogEntry, RecordLog } from './record-log.ts';
import { type Progress, SharedProgress } from './shared-progress.ts';

/** What the records of one kind, bus and set of rules, or target, share. The text beside it is the envelope, or JSON. */
type Extra =
  | {
      readonly kind: 'received';
      readonly busArn: string;
      readonly rules: readonly RuleOnTimeline[];
      readonly hops: Hops | undefined;
      /** When it came, where this was not told at once. */
      readonly resumedFrom: number | undefined;
    }
  | { readonly kind: 'lost'; readonly busArn: string }
  | Progress;

/** What a timeline may remember; whatever is reached first drops the oldest record. */
export interface TimelineBounds {
  readonly ageMs: number;
  readonly bytes: number;
  readonly records: number;
}

/**
 * The timeline of this process, in memory. It begins with the process: of events that came before, it learns
 * with their next attempt.
 */
export class MemoryTimeline implements Timeline, TimelineLog {
  readonly #clock: Clock;
  readonly #bounds: TimelineBounds;
  readonly #records = new RecordLog<Extra>();
  readonly #listeners = new Set<() => void>();
  #lastReceipt: Extra & { kind: 'received' } = {
    kind: 'received',
    busArn: '',
    rules: [],
    hops: undefined,
    resumedFrom: undefined,
  };
  readonly #progress = new SharedProgress();
  // The last record's event, and its number.
  #lastId = '';
  #lastNumber = 0;

  constructor(clock: Clock, bounds: TimelineBounds) {
    this.#clock = clock;
    this.#bounds = bounds;
  }

  received(event: BusEvent, rules: readonly RuleOnTimeline[]): void {
    this.#receive(event, { at: event.receivedAt, rules, resumedFrom: undefined });
  }

  lost({ id, busArn }: BusEvent, reason: string): void {
    this.#push({
      at: this.#clock.now(),
      id,
      text: JSON.stringify({ reason }),
      extra: { kind: 'lost', busArn },
    });
  }

  attempted(delivery: DeliveryOnTimeline, attempt: AttemptOnTimeline): void {
    this.#ensureReceipt(delivery.event);
    const extra = this.#progress.of(delivery, attempt.targetArn).attempt;
    this.#push({ at: attempt.endedAt, id: delivery.event.id, text: attemptText(attempt), extra });
  }

  settled(delivery: DeliveryOnTimeline, turn: DeliveryTurn, targetArn: string | undefined): void {
    this.#ensureReceipt(delivery.event);
    const extra = this.#progress.of(delivery, targetArn).delivery;
    this.#push({ at: this.#clock.now(), id: delivery.event.id, text: JSON.stringify(turn), extra });
  }

  recordsOf(eventId: string): readonly TimelineRecord[] {
    this.#forget(this.#clock.now());
    const records: TimelineRecord[] = [];
    for (const sequence of this.#records.numbersOf(eventId)) {
      const record = this.at(sequence);
      if (record !== undefined) records.push(record);
    }
    return records.reverse();
  }

  receiptOf(eventId: string, before: number): TimelineRecord | undefined {
    for (const sequence of this.#records.numbersOf(eventId)) {
      if (sequence >= before) continue;
      const record = this.at(sequence);
      if (record?.kind === 'received') return record;
    }
    return undefined;
  }

  at(sequence: number): TimelineRecord | undefined {
    const entry = this.#records.read(sequence);
    if (entry === undefined) return undefined;
    const { at, id: eventId, text, extra } = entry;
    const heading = { sequence, at, eventId, busArn: extra.busArn };
    // These texts were written above.
    switch (extra.kind) {
      case 'lost':
        return { ...heading, kind: 'lost', reason: (JSON.parse(text) as { reason: string }).reason };
      case 'attempt': {
        const { kind, ruleArn, targetId } = extra;
        return { ...heading, kind, ruleArn, targetId, attempt: attemptOf(text, { at, extra }) };
      }
      case 'delivery': {
        const { kind, ruleArn, targetId, targetArn } = extra;
        return { ...heading, kind, ruleArn, targetId, targetArn, turn: JSON.parse(text) as DeliveryTurn };
      }
      case 'received':
        return { ...heading, ...receiptOf(eventId, text, { at, extra }) };
    }
  }

  get first(): number {
    return this.#records.first;
  }

  get next(): number {
    return this.#records.next;
  }

  firstSince(time: number): number {
    this.#forget(this.#clock.now());
    let low = this.#records.first;
    let high = this.#records.next;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.#records.timeOf(middle) ?? 0) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  extent(): TimelineExtent {
    this.#forget(this.#clock.now());
    const { size, bytes, first } = this.#records;
    return { records: size, bytes, from: this.#records.timeOf(first) };
  }

  // Of an event that came before this process did, or was forgotten since, at least what it is.
  #ensureReceipt(event: BusEvent): void {
    // Told of an attempt, it is mostly told right then what that means.
    if (event.id === this.#lastId && this.#lastNumber >= this.#records.first) return;
    for (const _ of this.#records.numbersOf(event.id)) return;
    this.#receive(event, { at: this.#clock.now(), rules: [], resumedFrom: event.receivedAt });
  }

  #receive(
    { id, busArn, hops, envelope }: BusEvent,
    {
      at,
      rules,
      resumedFrom,
    }: {
      readonly at: number;
      readonly rules: readonly RuleOnTimeline[];
      readonly resumedFrom: number | undefined;
    },
  ): void {
    const last = this.#lastReceipt;
    if (
      last.busArn !== busArn ||
      last.hops !== hops ||
      last.resumedFrom !== resumedFrom ||
      !isSame(last.rules, rules)
    ) {
      this.#lastReceipt = { kind: 'received', busArn, rules, hops, resumedFrom };
    }
    this.#push({ at, id, text: envelope, extra: this.#lastReceipt });
  }

  #push(entry: LogEntry<Extra>): void {
    this.#lastId = entry.id;
    this.#lastNumber = this.#records.next;
    this.#records.push(entry);
    this.#forget(entry.at);
    for (const listener of this.#listeners) listener();
  }

  #forget(now: number): void {
    const { ageMs, bytes, records } = this.#bounds;
    const log = this.#records;
    while (
      log.size > 0 &&
      (log.size > records || log.bytes > bytes || (log.timeOf(log.first) ?? now) < now - ageMs)
    ) {
      log.shift();
    }
  }
}

function receiptOf(
  id: string,
  envelope: string,
  { at, extra }: { readonly at: number; readonly extra: Extra & { readonly kind: 'received' } },
) {
  const { busArn, rules, resumedFrom, hops } = extra;
  const event = {
    id,
    busArn,
    receivedAt: resumedFrom ?? at,
    envelope,
    ...(hops === undefined ? {} : { hops }),
  };
  return { kind: extra.kind, event, rules, resumed: resumedFrom !== undefined };
}

function isSame<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((item, at) => item === other[at]);
}
