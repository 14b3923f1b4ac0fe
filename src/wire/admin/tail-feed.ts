import type { Clock } from '../../domain/clock.ts';
import type { TimelineLog } from '../../domain/timeline.ts';
import type { AnswerStream } from './admin-route.ts';
import { jsonText } from './json-answer.ts';
import { comment, serverSentEvent } from './server-sent-event.ts';
import type { TailFilter } from './tail-filter.ts';

/** Where a reader begins, and what it missed before. */
export interface TailStart {
  /** Number of the first record. */
  readonly next: number;
  readonly missed?: { readonly records?: number; readonly reason: 'too-old' | 'restarted' } | undefined;
}

export interface TailFeedOptions {
  readonly timeline: TimelineLog;
  readonly filter: TailFilter;
  /** For heartbeats. */
  readonly clock: Clock;
  /** Stands in front of the numbers of records in ids, and tells this process from others. */
  readonly process: string;
  readonly start: TailStart;
}

const HEARTBEAT_MS = 15_000;

// After so many records others have a turn, and what was found is sent.
const RECORDS_AT_ONCE = 256;
const CHARACTERS_AT_ONCE = 64 * 1024;

const RECONNECT_AFTER_MS = 1000;

/**
 * Sends what a reader wants to see until it goes, or the server stops. Nothing is gathered for it but its place in the
 * timeline: when the timeline has moved on beyond that place, the reader is told how much it missed.
 */
export async function feedTail(stream: AnswerStream, options: TailFeedOptions): Promise<void> {
  const { timeline, start } = options;
  const alarm = new Alarm(stream.signal, options.clock);
  const unwatch = timeline.watch(() => alarm.ring());
  try {
    await stream.write(`retry: ${RECONNECT_AFTER_MS}\n\n`);
    if (start.missed !== undefined) await stream.write(serverSentEvent('missed', jsonText(start.missed)));
    let { next } = start;
    while (!stream.signal.aborted) {
      if (next < timeline.first) {
        const missed = { records: timeline.first - next, reason: 'too-slow' };
        next = timeline.first;
        await stream.write(serverSentEvent('missed', jsonText(missed)));
      }
      const batch = gather(next, options);
      next = batch.next;
      if (batch.text !== '') await stream.write(batch.text);
      if (next < timeline.next) await new Promise(setImmediate);
      else if ((await alarm.wait()) === 'overslept') await stream.write(comment('still here'));
    }
  } finally {
    unwatch();
    await stream.write(serverSentEvent('end', jsonText({ reason: 'stopping' })));
  }
}

function gather(from: number, { timeline, filter, process }: TailFeedOptions) {
  const end = Math.min(timeline.next, from + RECORDS_AT_ONCE);
  let text = '';
  let next = from;
  for (; next < end && text.length < CHARACTERS_AT_ONCE; next += 1) {
    const record = timeline.at(next);
    const message = record === undefined ? undefined : filter.message(record);
    if (message === undefined) continue;
    text += serverSentEvent(message.event, message.data, `${process}-${next}`);
  }
  return { text, next };
}

/** Lets the feed sleep until there is something new, or it is time to show that the line stands. */
class Alarm {
  readonly #signal: AbortSignal;
  readonly #clock: Clock;
  #rung = false;
  #wake: (() => void) | undefined;

  constructor(signal: AbortSignal, clock: Clock) {
    this.#signal = signal;
    this.#clock = clock;
  }

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  async wait(): Promise<'rung' | 'overslept'> {
    if (!this.#rung && !this.#signal.aborted) {
      const awake = new AbortController();
      const over = () => awake.abort();
      this.#wake = over;
      this.#signal.addEventListener('abort', over, { once: true });
      await this.#clock.sleepUntil(this.#clock.now() + HEARTBEAT_MS, awake.signal);
      this.#signal.removeEventListener('abort', over);
      this.#wake = undefined;
      // What comes at the same moment is sent together.
      await new Promise(setImmediate);
    }
    const rung = this.#rung;
    this.#rung = false;
    return rung || this.#signal.aborted ? 'rung' : 'overslept';
  }
}
