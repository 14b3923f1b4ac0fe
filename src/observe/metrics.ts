import type { Clock } from '../domain/clock.ts';
import type { BusEvent } from '../domain/event.ts';
import type {
  AttemptOnTimeline,
  DeliveryOnTimeline,
  DeliveryTurn,
  RuleOnTimeline,
  Timeline,
} from '../domain/timeline.ts';
import { Histogram } from './histogram.ts';
import { counter, gauge, histogram } from './prometheus-text.ts';

/** What there is at the moment. */
export interface Gauges {
  readonly owed: number;
  readonly failed: number;
  readonly underWay: number;
  /** Whether the store failed to keep what was last written. */
  readonly storeFails: boolean;
}

type Outcome = AttemptOnTimeline['outcome'];
type End = Exclude<DeliveryTurn['kind'], 'retrying' | 'redriven'>;

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const MILLISECONDS = 1000;

/** Counts what is told to a timeline, on its way there. */
export class Metrics implements Timeline {
  readonly #timeline: Timeline;
  readonly #attempts: Record<Outcome, number> = { delivered: 0, retryable: 0, permanent: 0, postponed: 0 };
  readonly #ends: Record<End, number> = {
    delivered: 0,
    'dead-lettered': 0,
    failed: 0,
    'nothing-to-deliver': 0,
  };
  readonly #attemptSeconds = new Histogram(SECONDS);
  readonly #appendSeconds = new Histogram(SECONDS);
  #published = 0;
  #matched = 0;
  #lost = 0;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  received(event: BusEvent, rules: readonly RuleOnTimeline[]): void {
    this.#published += 1;
    if (rules.length > 0) this.#matched += 1;
    this.#timeline.received(event, rules);
  }

  lost(event: BusEvent, reason: string): void {
    this.#lost += 1;
    this.#timeline.lost(event, reason);
  }

  attempted(delivery: DeliveryOnTimeline, attempt: AttemptOnTimeline): void {
    this.#attempts[attempt.outcome] += 1;
    if (attempt.outcome !== 'postponed') {
      this.#attemptSeconds.observe((attempt.endedAt - attempt.startedAt) / MILLISECONDS);
    }
    this.#timeline.attempted(delivery, attempt);
  }

  settled(delivery: DeliveryOnTimeline, turn: DeliveryTurn, targetArn: string | undefined): void {
    if (turn.kind !== 'retrying' && turn.kind !== 'redriven') this.#ends[turn.kind] += 1;
    this.#timeline.settled(delivery, turn, targetArn);
  }

  /** Runs `append` and counts how long the store took to keep what one call published. */
  async timeAppend(append: () => Promise<void>, clock: Clock): Promise<void> {
    const begun = clock.now();
    await append();
    this.#appendSeconds.observe((clock.now() - begun) / MILLISECONDS);
  }

  /** All of it in Prometheus' text format. */
  text({ owed, failed, underWay, storeFails }: Gauges): string {
    return [
      counter('busbar_events_published_total', 'Events that came to an event bus.', this.#published),
      counter('busbar_events_matched_total', 'Events that at least one rule matched.', this.#matched),
      counter('busbar_events_lost_total', 'Events that could not be kept; senders were told.', this.#lost),
      counter('busbar_attempts_total', 'Attempts to deliver, by how they ended.', {
        outcome: this.#attempts,
      }),
      counter('busbar_deliveries_total', 'Deliveries that have ended, by how.', { end: this.#ends }),
      histogram('busbar_attempt_duration_seconds', 'How long attempts took.', this.#attemptSeconds),
      histogram(
        'busbar_store_append_duration_seconds',
        'How long the store took to keep what one call published.',
        this.#appendSeconds,
      ),
      gauge('busbar_deliveries_owed', 'Deliveries still owed.', owed),
      gauge('busbar_deliveries_failed', 'Deliveries given up and kept.', failed),
      gauge('busbar_deliveries_under_way', 'Attempts that have begun and are not settled.', underWay),
      gauge('busbar_store_failing', 'Whether the store keeps nothing at the moment.', storeFails ? 1 : 0),
    ].join('');
  }
}
