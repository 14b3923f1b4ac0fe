import { type Cron, nextOfCron, parseCron } from './cron.ts';
import { nextOfRate, parseRate, type Rate } from './rate.ts';

/** When a rule fires. Its instants are called ticks. */
export type Schedule = Rate | Cron;

/**
 * Reads a schedule expression, `rate(…)` or `cron(…)`, as PutRule takes it; undefined when it is not valid.
 * AWS page: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
 */
export function parseSchedule(expression: string): Schedule | undefined {
  return parseRate(expression) ?? parseCron(expression);
}

/**
 * The first tick after `after` of a schedule in effect since `from`; undefined when it has run out. All in
 * epoch milliseconds. A rate ticks at `from` itself, then once in a period; a cron ticks after `from`.
 */
export function nextTick(schedule: Schedule, from: number, after: number): number | undefined {
  if (schedule.kind === 'rate') return nextOfRate(schedule, from, after);
  return nextOfCron(schedule, Math.max(from, after));
}
