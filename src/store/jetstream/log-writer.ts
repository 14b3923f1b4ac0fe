import { StoreFailure } from '../store.ts';
import type { EncodedRecord } from './log-record.ts';
import { bytesOf, type LogStream, type StoredMessage } from './log-stream.ts';
import { type CutRecord, cutRecord, PART_INDEX } from './message-parts.ts';
import { isFinal, type NatsLink } from './nats-link.ts';

// What may be on its way at the same time: enough to keep a server busy that is some milliseconds away.
const MAXIMUM_RECORDS_UNDER_WAY = 256;
const MAXIMUM_BYTES_UNDER_WAY = 8 * 1_024 * 1_024;
// How often a record is written again before its caller is told that it does not work.
const MAXIMUM_WRITES = 5;
const WRONG_LAST_MESSAGE = [10_070, 10_071];

/** A record that is in the log. */
export interface KeptRecord {
  readonly sequence: number;
  readonly bytes: number;
  /** The parts that it lies in; empty when it is one message. */
  readonly parts: readonly number[];
}

/** What the writer needs of whoever keeps the index. */
export interface LogFollower {
  /** The last message that the index has taken in. */
  readonly lastApplied: () => number;
  /** Takes in a message that was found in the log; resolves to what `apply` would have answered. */
  readonly catchUp: (message: StoredMessage) => Promise<number>;
}

interface Entry {
  readonly id: string;
  readonly cut: CutRecord;
  readonly size: number;
  readonly apply: (kept: KeptRecord) => number;
  readonly resolve: (changed: number) => void;
  readonly reject: (error: unknown) => void;
  attempts: number;
  kept: KeptRecord | undefined;
}

/**
 * Writes records to the log, many under way at a time, each as the message right after the one before it or not at
 * all. So there is one writer only: whoever finds a message that it did not write has been taken over, and writes no
 * more. After a loss of the connection the log itself says what of it has arrived.
 */
export class LogWriter {
  readonly #link: NatsLink;
  readonly #stream: LogStream;
  readonly #writer: string;
  readonly #follower: LogFollower;
  #waiting: Entry[] = [];
  #underWay: Entry[] = [];
  #bytesUnderWay = 0;
  #count = 0;
  /** The number of the last message, once all that is under way has arrived. */
  #last: number;
  // Its tag, when it was written in this round. Were it known by its number alone, another's message that takes the
  // place of one that is under way would let those behind that one through.
  #lastTag: string | undefined;
  /** Answers of messages that were sent in an earlier round mean nothing. */
  #round = 0;
  #recovery: Promise<void> | undefined;
  #isStale = false;
  #takenOver: StoreFailure | undefined;
  #whenIdle: (() => void)[] = [];

  /** `writer` names this process among all that ever write, without a dot; `last` is the number of the last message. */
  constructor(
    { link, stream, writer, last }: { link: NatsLink; stream: LogStream; writer: string; last: number },
    follower: LogFollower,
  ) {
    this.#link = link;
    this.#stream = stream;
    this.#writer = writer;
    this.#last = last;
    this.#follower = follower;
  }

  /**
   * Resolves, to what `apply` answers, once the record is in the log and taken in; that is in the order of the log.
   * Rejects with StoreUnavailable when NATS does not answer for some seconds.
   */
  write(record: EncodedRecord, apply: (kept: KeptRecord) => number): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.#takenOver !== undefined) {
        reject(this.#takenOver);
        return;
      }
      this.#count += 1;
      this.#waiting.push({
        id: `${this.#writer}.${this.#count}`,
        cut: cutRecord(record, this.#stream.maximumBytes),
        size: bytesOf(record.index, record.body.length),
        apply,
        resolve,
        reject,
        attempts: 0,
        kept: undefined,
      });
      if (this.#isStale) this.#recover();
      else this.#send();
    });
  }

  /** Why this process must write nothing any more; undefined while it may. */
  get takenOver(): StoreFailure | undefined {
    return this.#takenOver;
  }

  /** Resolves when nothing waits and nothing is under way. */
  async idle(): Promise<void> {
    while (this.#waiting.length > 0 || this.#underWay.length > 0 || this.#recovery !== undefined) {
      await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    }
  }

  #isOwn({ tag }: StoredMessage): boolean {
    return tag.startsWith(`${this.#writer}.`);
  }

  #send(): void {
    while (this.#recovery === undefined && this.#underWay.length < MAXIMUM_RECORDS_UNDER_WAY) {
      if (this.#bytesUnderWay > MAXIMUM_BYTES_UNDER_WAY) return;
      const entry = this.#waiting.shift();
      if (entry === undefined) return;
      this.#underWay.push(entry);
      this.#bytesUnderWay += entry.size;
      this.#sendEntry(entry, this.#round);
    }
  }

  #sendEntry(entry: Entry, round: number): void {
    const first = this.#last + 1;
    const parts = entry.cut.parts.map((body) => ({ index: PART_INDEX, body }));
    const writes = [...parts, entry.cut.last(first)].map(({ index, body }, offset) => {
      const message = { tag: `${entry.id}.${round}.${offset}`, index, body };
      const written = this.#stream.write(message, { sequence: this.#last, tag: this.#lastTag });
      this.#last += 1;
      this.#lastTag = message.tag;
      return written;
    });
    entry.attempts += 1;
    const kept = {
      sequence: this.#last,
      bytes: entry.size,
      parts: parts.map((_, offset) => first + offset),
    };
    this.#link.answer(Promise.all(writes)).then(
      (numbers) => {
        if (round !== this.#round) return;
        if (numbers.at(-1) === kept.sequence) {
          entry.kept = kept;
          this.#settleKept();
        } else this.#recover();
      },
      (error: unknown) => {
        if (round !== this.#round) return;
        this.#refuseForGood(entry, error);
        this.#recover();
      },
    );
  }

  #settleKept(): void {
    for (let entry = this.#underWay[0]; entry?.kept !== undefined; entry = this.#underWay[0]) {
      this.#underWay.shift();
      this.#bytesUnderWay -= entry.size;
      entry.resolve(entry.apply(entry.kept));
    }
    this.#send();
    this.#tellIdle();
  }

  /** What NATS refuses with a reason of its own (a stream that is full) is refused; the others are tried again. */
  #refuseForGood(entry: Entry, error: unknown): void {
    if (!isFinal(error) || WRONG_LAST_MESSAGE.includes(error.code)) return;
    this.#underWay = this.#underWay.filter((each) => each !== entry);
    this.#bytesUnderWay -= entry.size;
    const message = `Nothing was stored: NATS says "${error.message}".`;
    entry.reject(new StoreFailure('refused', message, { cause: error }));
  }

  #recover(): void {
    this.#recovery ??= this.#readAndSendAgain().finally(() => {
      this.#recovery = undefined;
      if (!this.#isStale) this.#send();
      this.#tellIdle();
    });
  }

  async #readAndSendAgain(): Promise<void> {
    this.#round += 1;
    this.#lastTag = undefined;
    this.#isStale = true;
    try {
      await this.#link.persist(() => this.#readTail());
    } catch (error) {
      this.#rejectAll(this.#link.unavailable(error));
      return;
    }
    if (this.#takenOver !== undefined) {
      this.#rejectAll(this.#takenOver);
      return;
    }
    this.#isStale = false;
    const [tried, again] = partition(this.#underWay, ({ attempts }) => attempts >= MAXIMUM_WRITES);
    this.#underWay = [];
    this.#bytesUnderWay = 0;
    this.#waiting.unshift(...again);
    for (const { reject } of tried) reject(this.#link.unavailable(new Error('it was tried too often')));
  }

  /** Takes in what the log holds beyond the index: own records that arrived, or somebody else's. */
  async #readTail(): Promise<void> {
    const seen = this.#follower.lastApplied();
    const last = await this.#stream.readFrom(seen + 1, async (message) => {
      // Without an index it is nobody's: it stays where it is, and is no harm.
      if (message.index !== '' && !this.#isOwn(message)) {
        this.#takenOver ??= new StoreFailure(
          'lost',
          `Another Busbar writes the log ${this.#stream.name} by now: this one has been taken over and must be started again.`,
        );
      }
      if (this.#takenOver !== undefined) return;
      this.#resolveArrived(message, await this.#follower.catchUp(message));
    });
    if (last < seen) {
      this.#takenOver = new StoreFailure(
        'lost',
        `The log ${this.#stream.name} ends at ${last}, though NATS acknowledged messages up to ${seen}: it has lost some. Start Busbar again to go on with what is left.`,
      );
    }
    this.#last = last;
  }

  #resolveArrived({ tag, index }: StoredMessage, changed: number): void {
    if (index === PART_INDEX) return;
    const entry = this.#underWay.find(({ id }) => tag.startsWith(`${id}.`));
    if (entry === undefined) return;
    this.#underWay = this.#underWay.filter((each) => each !== entry);
    entry.resolve(changed);
  }

  #rejectAll(error: Error): void {
    const all = [...this.#underWay, ...this.#waiting];
    this.#underWay = [];
    this.#waiting = [];
    this.#bytesUnderWay = 0;
    for (const { reject } of all) reject(error);
  }

  #tellIdle(): void {
    if (this.#waiting.length > 0 || this.#underWay.length > 0 || this.#recovery !== undefined) return;
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }
}

function partition<T>(all: readonly T[], isFirst: (each: T) => boolean): readonly [T[], T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}
