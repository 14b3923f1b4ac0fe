import { type DayChoice, parseDays } from './cron-days.ts';
import { type CronField, parseValues, type Values } from './cron-field.ts';

// AWS accepts any year and documents these; none beyond them ever fires.
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const MINUTES: CronField = { least: 0, greatest: 59, wraps: true };
const HOURS: CronField = { least: 0, greatest: 23, wraps: true };
const MONTHS: CronField = {
  least: 1,
  greatest: 12,
  names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  wraps: true,
};
const YEARS: CronField = { least: 0, greatest: 2 ** 31 - 1, first: FIRST_YEAR, wraps: false };

const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** For each number the first at or after it that a field takes, or NONE. One longer than the field. */
type Successors = Int8Array;

const NONE = -1;

/** Dates and times in UTC, each at the start of a minute. */
export interface Cron {
  readonly kind: 'cron';
  readonly minutes: Successors;
  readonly hours: Successors;
  /** Only those in which one of the days can come: an impossible date has none. */
  readonly months: Successors;
  readonly takesYear: Values;
  /** The days of a month by its shape: see `shapeNumber`. */
  readonly days: Int32Array;
}

/**
 * Reads `cron(minutes hours day-of-month month day-of-week year)`; undefined when the text is not one that
 * AWS takes.
 * AWS page: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function parseCron(text: string): Cron | undefined {
  if (!text.startsWith('cron(') || !text.endsWith(')')) return undefined;
  const fields = text.slice('cron('.length, -1).toUpperCase().split(' ').map(withoutEmptyItems);
  const [minutes = '', hours = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  if (fields.length !== 6) return undefined;
  const takesMinute = parseValues(minutes, MINUTES);
  const takesHour = parseValues(hours, HOURS);
  const days = parseDays(dayOfMonth, dayOfWeek);
  const takesMonth = parseValues(month, MONTHS);
  const takesYear = parseValues(year, YEARS);
  if (!takesMinute || !takesHour || !days || !takesMonth || !takesYear) return undefined;
  return {
    kind: 'cron',
    minutes: successors(takesMinute, MINUTES),
    hours: successors(takesHour, HOURS),
    months: successors((month) => takesMonth(month) && canCome(days, month), MONTHS),
    takesYear,
    days: daysByShape(days),
  };
}

/** A list may hold empty items, as in `0/5,`: AWS passes over them. */
function withoutEmptyItems(field: string): string {
  return field
    .split(',')
    .filter((item) => item !== '')
    .join(',');
}

/** The first time after `after`, epoch milliseconds; undefined when there is none up to the year 2199. */
export function nextOfCron(cron: Cron, after: number): number | undefined {
  const date = new Date(Math.max(0, Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS);
  const today = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  let found = findDay(cron, today);
  if (found === undefined) return undefined;
  if (found.year === today.year && found.month === today.month && found.day === today.day) {
    const minute = minuteOfDay(cron, date.getUTCHours(), date.getUTCMinutes());
    if (minute !== NONE) return at(found, minute);
    found = findDay(cron, { ...today, day: today.day + 1 });
    if (found === undefined) return undefined;
  }
  return at(found, minuteOfDay(cron, 0, 0));
}

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The first day at or after one; that one's day may be one past the end of its month. */
function findDay(cron: Cron, { year: firstYear, month: firstMonth, day: firstDay }: Day): Day | undefined {
  const { months, takesYear } = cron;
  if (months[0] === NONE) return undefined;
  for (let year = firstYear; year <= LAST_YEAR; year++) {
    if (!takesYear(year)) continue;
    const from = year === firstYear ? firstMonth : 1;
    for (let month = months[from] ?? NONE; month !== NONE; month = months[month + 1] ?? NONE) {
      const past = year === firstYear && month === firstMonth ? firstDay - 1 : 0;
      const left = daysOf(cron, year, month) & (-1 << past);
      if (left !== 0) return { year, month, day: 32 - Math.clz32(left & -left) };
    }
  }
  return undefined;
}

function daysOf({ days }: Cron, year: number, month: number): number {
  const start = Date.UTC(year, month - 1, 1);
  const length = (Date.UTC(year, month, 1) - start) / DAY_MS;
  // The first of January 1970 was a Thursday, 5.
  return days[shapeNumber(length, 1 + ((start / DAY_MS + 4) % 7))] ?? 0;
}

function shapeNumber(length: number, firstWeekday: number): number {
  return (length - 28) * 7 + firstWeekday - 1;
}

/** Whether any month of that number, in any year, has one of the days. */
function canCome(days: DayChoice, month: number): boolean {
  const length = LONGEST[month - 1] ?? 0;
  return [1, 2, 3, 4, 5, 6, 7].some((firstWeekday) => days({ length, firstWeekday }) !== 0);
}

function daysByShape(choice: DayChoice): Int32Array {
  const days = new Int32Array(28);
  for (let length = 28; length <= 31; length++) {
    for (let firstWeekday = 1; firstWeekday <= 7; firstWeekday++) {
      days[shapeNumber(length, firstWeekday)] = choice({ length, firstWeekday });
    }
  }
  return days;
}

/** The first minute of the day that is taken at or after that time, or NONE. */
function minuteOfDay({ hours, minutes }: Cron, hour: number, minute: number): number {
  const thisHour = hours[hour] ?? NONE;
  const sameHour = thisHour === hour ? (minutes[minute] ?? NONE) : NONE;
  if (sameHour !== NONE) return thisHour * 60 + sameHour;
  const nextHour = thisHour === hour ? (hours[hour + 1] ?? NONE) : thisHour;
  return nextHour === NONE ? NONE : nextHour * 60 + (minutes[0] ?? NONE);
}

function at({ year, month, day }: Day, minute: number): number {
  return Date.UTC(year, month - 1, day, 0, minute);
}

function successors(takes: Values, { least, greatest }: CronField): Successors {
  const table = new Int8Array(greatest + 2).fill(NONE);
  for (let value = greatest; value >= 0; value--) {
    table[value] = value >= least && takes(value) ? value : (table[value + 1] ?? NONE);
  }
  return table;
}
