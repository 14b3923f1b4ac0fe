import { type CronField, parseValue, parseValues } from './cron-field.ts';

/** A month as far as its days are concerned: there are 28 shapes in all. */
export interface MonthShape {
  /** 28 to 31 days. */
  readonly length: number;
  /** Weekday of its first day, 1 for Sunday to 7 for Saturday. */
  readonly firstWeekday: number;
}

/** The days that a schedule takes in a month of that shape, as bits: 1 for the first day, 2 for the second. */
export type DayChoice = (month: MonthShape) => number;

const SUNDAY = 1;
const SATURDAY = 7;

const DAY_OF_MONTH: CronField = { least: 1, greatest: 31, wraps: true };

const DAY_OF_WEEK: CronField = {
  least: SUNDAY,
  greatest: SATURDAY,
  names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
  wraps: true,
};

const LARGEST_OFFSET = 30;

/**
 * The two day fields, in upper case: exactly one of them is `?`, the other one chooses. Undefined when they
 * are not valid.
 */
export function parseDays(dayOfMonth: string, dayOfWeek: string): DayChoice | undefined {
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) return undefined;
  return dayOfWeek === '?' ? parseDayOfMonth(dayOfMonth) : parseDayOfWeek(dayOfWeek);
}

function parseDayOfMonth(text: string): DayChoice | undefined {
  if (text.startsWith('L')) return parseLastDay(text);
  const choices: DayChoice[] = [];
  for (const item of text.split(',')) {
    const choice = /^\d+W$/.test(item) ? parseNearestWeekday(item) : parseDayValues(item);
    if (choice === undefined) return undefined;
    choices.push(choice);
  }
  return (month) => choices.reduce((days, choice) => days | choice(month), 0);
}

function parseDayValues(item: string): DayChoice | undefined {
  const holds = parseValues(item, DAY_OF_MONTH);
  return holds && ((month) => daysWhere(month, holds));
}

/** `L`, `L-3`, `LW` and `L-3W`; never in a list. */
function parseLastDay(text: string): DayChoice | undefined {
  const [form, digits = '0', weekday] = /^L(?:-(\d+))?(W)?$/.exec(text) ?? [];
  const offset = Number(digits);
  if (form === undefined || offset > LARGEST_OFFSET) return undefined;
  return (month) => {
    const day = month.length - offset;
    if (day < 1) return 0;
    return bit(weekday === undefined ? day : nearestWeekday(day, month));
  };
}

function parseNearestWeekday(item: string): DayChoice | undefined {
  const day = parseValue(item.slice(0, -1), DAY_OF_MONTH);
  return day === undefined ? undefined : (month) => bit(nearestWeekday(Math.min(day, month.length), month));
}

function parseDayOfWeek(text: string): DayChoice | undefined {
  const [, day = '', last, nth] = /^(\d+|[A-Z]{3})(?:(L)|#0*([1-5]))$/.exec(text) ?? [];
  if (last === undefined && nth === undefined) {
    const holds = text === 'L' ? isSaturday : parseValues(text, DAY_OF_WEEK);
    return holds && ((month) => daysWhere(month, (each) => holds(weekdayOf(each, month))));
  }
  const weekday = parseValue(day, DAY_OF_WEEK);
  if (weekday === undefined) return undefined;
  return (month) => {
    const first = 1 + ((weekday - month.firstWeekday + 7) % 7);
    const chosen = nth === undefined ? lastInSteps(first, month.length) : first + 7 * (Number(nth) - 1);
    return chosen > month.length ? 0 : bit(chosen);
  };
}

const isSaturday = (weekday: number) => weekday === SATURDAY;

function lastInSteps(first: number, length: number): number {
  return first + 7 * Math.floor((length - first) / 7);
}

/** The Monday to Friday nearest to a day, without leaving its month. */
function nearestWeekday(day: number, month: MonthShape): number {
  const weekday = weekdayOf(day, month);
  if (weekday === SATURDAY) return day === 1 ? day + 2 : day - 1;
  if (weekday === SUNDAY) return day === month.length ? day - 2 : day + 1;
  return day;
}

function weekdayOf(day: number, { firstWeekday }: MonthShape): number {
  return 1 + ((firstWeekday - 1 + day - 1) % 7);
}

function daysWhere({ length }: MonthShape, holds: (day: number) => boolean): number {
  let days = 0;
  for (let day = 1; day <= length; day++) if (holds(day)) days |= bit(day);
  return days;
}

function bit(day: number): number {
  return 1 << (day - 1);
}
