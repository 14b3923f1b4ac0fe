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
import { type LogEntry, RecordLog } from './record-log.ts';

/** What the records of one kind, bus and set of rules share. The text beside it is the envelope, or JSON. */
type Extra =
  | {
      readonly kind: 'received';
      readonly busArn: string;
      readonly rules: readonly RuleOnTimeline[];
      readonly hops: Hops | undefined;
      /** When it came, where this was not told at once. */
      readonly resumedFrom: number | undefined;
    }
  | Progress;

interface Progress {
  readonly kind: 'lost' | 'attempt' | 'delivery';
  readonly busArn: string;
}

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
  #lastProgress: Progress = { kind: 'attempt', busArn: '' };

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
      extra: this.#progress('lost', busArn),
    });
  }

  attempted(delivery: DeliveryOnTimeline, attempt: AttemptOnTimeline): void {
    const { event, owner: ruleArn, targetId } = delivery;
    const { id, busArn } = event;
    this.#ensureReceipt(event);
    const text = JSON.stringify({ ruleArn, targetId, attempt });
    this.#push({ at: attempt.endedAt, id, text, extra: this.#progress('attempt', busArn) });
  }

  settled(delivery: DeliveryOnTimeline, turn: DeliveryTurn, targetArn: string | undefined): void {
    const { event, owner: ruleArn, targetId } = delivery;
    const { id, busArn } = event;
    this.#ensureReceipt(event);
    const text = JSON.stringify({ ruleArn, targetId, targetArn, turn });
    this.#push({ at: this.#clock.now(), id, text, extra: this.#progress('delivery', busArn) });
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
    const { kind, busArn } = extra;
    const heading = { sequence, at, eventId, busArn };
    // The one cast: these texts were written above.
    if (kind !== 'received') return { ...heading, kind, ...JSON.parse(text) } as TimelineRecord;
    const { rules, resumedFrom, hops } = extra;
    const event = {
      id: eventId,
      busArn,
      receivedAt: resumedFrom ?? at,
      envelope: text,
      ...(hops === undefined ? {} : { hops }),
    };
    return { ...heading, kind, event, rules, resumed: resumedFrom !== undefined };
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

  #progress(kind: Progress['kind'], busArn: string): Progress {
    const last = this.#lastProgress;
    if (last.kind !== kind || last.busArn !== busArn) this.#lastProgress = { kind, busArn };
    return this.#lastProgress;
  }

  #push(entry: LogEntry<Extra>): void {
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

function isSame<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((item, at) => item === other[at]);
}
