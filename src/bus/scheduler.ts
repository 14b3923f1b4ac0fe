import { ruleArn } from '../domain/arn.ts';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/log.ts';
import type { Rule } from '../domain/rule.ts';
import { nextTick, parseSchedule, type Schedule } from '../domain/schedule/schedule.ts';
import type { Scope } from '../domain/scope.ts';
import type { AddressedEvent, Bus } from './bus.ts';
import type { Collection, Place } from './collection.ts';
import { scopeOf } from './configuration.ts';
import { scheduledEvent } from './scheduled-event.ts';
import { TickQueue } from './tick-queue.ts';

export interface SchedulerOptions {
  readonly rules: Collection<Rule>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
  /**
   * A sleep that ends later than this after its time shows that the machine slept, or the process stood still: ticks
   * that are further back are left out, as AWS makes up for none. Left out for a clock that is moved by hand.
   */
  readonly missedAfterMs?: number | undefined;
}

/** An enabled rule with a schedule, and the tick that comes next. */
interface Plan {
  readonly key: string;
  readonly scope: Scope;
  readonly schedule: Schedule;
  /** Since when the schedule counts. */
  readonly from: number;
  rule: Rule;
  tick: number | undefined;
}

interface Firing {
  readonly plan: Plan;
  readonly tick: number;
}

const EVENTS_PER_WRITE = 100;

// How long to leave the store alone after it failed to keep events.
const STORE_PAUSE_MS = 1000;

// AWS fires within a minute, by when a rule that was just put has its targets.
const WAIT_FOR_TARGETS_MS = 60_000;

/**
 * Publishes the events of rules with a schedule to the targets of those rules. While it runs, each tick
 * fires once, late ones too; ticks that passed while nothing ran, or the machine slept, are left out, as on AWS.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #plans = new Map<string, Plan>();
  readonly #queue = new TickQueue();
  readonly #stop = new AbortController();
  readonly #loop: Promise<void>;
  #rest = new AbortController();

  /** Starts at once. */
  constructor(options: SchedulerOptions) {
    this.#options = options;
    const startedAt = options.clock.now();
    let isStarting = true;
    options.rules.watch((place, rule) => this.#follow(place, rule, isStarting ? startedAt : undefined));
    isStarting = false;
    this.#loop = this.#run();
  }

  /** Fires nothing more and waits for what is being written. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#rest.abort();
    await this.#loop;
  }

  /** `after` is the instant up to which a rule has fired; left out, it is new and has its first tick to come. */
  #follow(place: Place, rule: Rule | undefined, after?: number): void {
    const key = keyOf(place);
    const known = this.#plans.get(key);
    if (known !== undefined && rule !== undefined && goesOn(known.rule, rule)) {
      known.rule = rule;
      // Its first tick may have waited for targets.
      if (known.tick !== undefined) this.#queue.set(key, known.tick);
    } else {
      this.#plans.delete(key);
      this.#queue.delete(key);
      const plan = rule && this.#plan(place, rule, after);
      if (plan !== undefined) this.#plans.set(key, plan);
      if (plan?.tick !== undefined) this.#queue.set(key, plan.tick);
    }
    this.#rest.abort();
  }

  #plan(place: Place, rule: Rule, after: number | undefined): Plan | undefined {
    const schedule = isScheduled(rule) ? parseSchedule(rule.scheduleExpression ?? '') : undefined;
    if (schedule === undefined) return undefined;
    const from = rule.scheduledFrom ?? this.#options.clock.now();
    const tick = nextTick(schedule, from, after ?? from - 1);
    return { key: keyOf(place), scope: scopeOf(place), schedule, from, rule, tick };
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const firings = this.#takeDue();
      if (firings.length > 0) await this.#publish(firings);
      else await this.#sleep();
    }
  }

  /** The ticks that have come, the earliest first; their rules move on to the next. */
  #takeDue(): readonly Firing[] {
    const now = this.#options.clock.now();
    const firings: Firing[] = [];
    while (firings.length < EVENTS_PER_WRITE) {
      const first = this.#queue.first();
      const plan = this.#plans.get(first?.key ?? '');
      if (first === undefined || first.time > now || plan?.tick === undefined) break;
      const waitsUntil = plan.tick + WAIT_FOR_TARGETS_MS;
      if (plan.tick === plan.from && plan.rule.targets.length === 0 && now < waitsUntil) {
        this.#queue.set(plan.key, waitsUntil);
        continue;
      }
      firings.push({ plan, tick: plan.tick });
      plan.tick = nextTick(plan.schedule, plan.from, plan.tick);
      if (plan.tick === undefined) this.#queue.delete(plan.key);
      else this.#queue.set(plan.key, plan.tick);
    }
    return firings;
  }

  /** Tries until the events are kept; rules that are changed in the meantime, or gone, don't fire. */
  async #publish(firings: readonly Firing[]): Promise<void> {
    const { bus, clock, log } = this.#options;
    do {
      const standing = firings.filter(({ plan }) => this.#plans.get(plan.key) === plan);
      try {
        await bus.publishTo(standing.map((firing) => this.#eventOf(firing)));
        return;
      } catch (error) {
        log.error('Scheduled events could not be kept.', { events: standing.length, error: String(error) });
        await clock.sleepUntil(clock.now() + STORE_PAUSE_MS, this.#stop.signal);
      }
    } while (!this.#stop.signal.aborted);
  }

  #eventOf({ plan: { scope, rule }, tick }: Firing): AddressedEvent {
    const { name: ruleName, busName, targets } = rule;
    const event = scheduledEvent({ scope, busName, ruleName, tick }, this.#options.clock.now());
    return { event, rule: { arn: ruleArn(scope, busName, ruleName), targets } };
  }

  /** Until the next tick comes, or a rule changes. */
  async #sleep(): Promise<void> {
    this.#rest = new AbortController();
    const { signal } = this.#rest;
    const next = this.#queue.first();
    if (next !== undefined) {
      await this.#options.clock.sleepUntil(next.time, signal);
      this.#leaveOutMissed(next.time);
    } else await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  }

  /** Called when a sleep until `wakeAt` is over. */
  #leaveOutMissed(wakeAt: number): void {
    const { clock, log, missedAfterMs = Number.POSITIVE_INFINITY } = this.#options;
    const since = clock.now() - missedAfterMs;
    if (wakeAt >= since) return;
    let rules = 0;
    for (
      let first = this.#queue.first();
      first !== undefined && first.time < since;
      first = this.#queue.first()
    ) {
      const plan = this.#plans.get(first.key);
      if (plan !== undefined) plan.tick = nextTick(plan.schedule, plan.from, since - 1);
      if (plan?.tick === undefined) this.#queue.delete(first.key);
      else this.#queue.set(first.key, plan.tick);
      rules += 1;
    }
    log.warn('The machine slept: what rules had to fire meanwhile is left out.', {
      rules,
      sinceMs: clock.now() - wakeAt,
    });
  }
}

function keyOf({ parent, name }: Place): string {
  return `${parent}:${name}`;
}

function isScheduled({ scheduleExpression, state }: Rule): boolean {
  return Boolean(scheduleExpression) && state !== 'DISABLED';
}

/** Whether a change leaves the schedule alone: it was one of targets or of the description. */
function goesOn(before: Rule, after: Rule): boolean {
  return (
    isScheduled(after) &&
    before.scheduleExpression === after.scheduleExpression &&
    before.scheduledFrom === after.scheduledFrom
  );
}
