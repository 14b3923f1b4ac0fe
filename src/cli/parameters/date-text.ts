/**
 * Dates as people write them: `2025-01-02T03:04:05Z`, `20250102T030405`, `Thu, 02 Jan 2025 03:04:05 GMT`,
 * `Jan 2, 2025 at 3pm`, `01/02/2025` (the month first). One reader takes the time, the zone and the weekday
 * out of the text and then looks at what is left as a date.
 */
import { localZoneNames } from './local-zone.ts';

interface Clues {
  readonly date: DateParts;
  readonly time: TimeParts;
  readonly offset: Offset;
}

/** Minutes east of UTC, or the zone of this machine. */
type Offset = number | 'local';

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

interface TimeParts {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const MIDNIGHT: TimeParts = { hour: 0, minute: 0, second: 0 };
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * The epoch second of a date, undefined when the text is none. Missing parts of the date come from `now` (of a date
 * with a weekday and no day: the next such weekday), a missing time is midnight. The zone is UTC when it is missing or
 * known by a name that is none of this machine's.
 */
export function dateSeconds(text: string, now: Date): number | undefined {
  const clues = digitsOnly(text) ?? written(text.trim(), now);
  if (clues === undefined || !isDate(clues.date) || !isTime(clues.time)) return undefined;
  const { date, time, offset } = clues;
  const start = new Date(0);
  if (offset === 'local') {
    start.setFullYear(date.year, date.month - 1, date.day);
    start.setHours(time.hour, time.minute, time.second, 0);
  } else {
    start.setUTCFullYear(date.year, date.month - 1, date.day);
    start.setUTCHours(time.hour, time.minute - offset, time.second);
  }
  return start.getTime() / 1000;
}

// 20250102, 202501020304, 20250102030405, with a T or a space before the time, with a zone.
function digitsOnly(text: string): Clues | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(?:(\d\d)(?:[.,]\d+)?)?)?(.*)$/.exec(text.trim());
  if (match === null) return undefined;
  const offset = zoneOffset((match[7] ?? '').trim());
  if (offset === undefined) return undefined;
  return { date: dateOf(match[1], match[2], match[3]), time: timeOf(match[4], match[5], match[6]), offset };
}

const CLOCK = /(?:^T?|(?<=\d)T|\s)\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?(?![\d:])/i;
const ISO_HOUR = /(?<=\d)T(\d\d)(?:(\d\d)(\d\d)?)?(?!\d)/i;
const HOUR_OF_DAY = /(?:^|\s)(\d{1,2})\s*([ap]\.?m\.?)(?!\w)/i;

function written(text: string, now: Date): Clues | undefined {
  const clock = CLOCK.exec(text) ?? ISO_HOUR.exec(text);
  const hour = clock === null ? HOUR_OF_DAY.exec(text) : null;
  const found = clock ?? hour;
  const before = found === null ? text : text.slice(0, found.index);
  const after = found === null ? '' : text.slice(found.index + found[0].length).trim();
  const { zone, rest } = splitZone(after);
  const offset = zoneOffset(zone);
  const date = dateFrom(`${before} ${rest}`, now, found !== null);
  if (offset === undefined || date === undefined) return undefined;
  return { date, time: timeFrom(clock, hour), offset };
}

function timeFrom(clock: RegExpExecArray | null, hour: RegExpExecArray | null): TimeParts {
  if (hour !== null) return halfDay(timeOf(hour[1]), hour[2]);
  return clock === null ? MIDNIGHT : halfDay(timeOf(clock[1], clock[2], clock[3]), clock[4]);
}

function halfDay(time: TimeParts, half: string | undefined): TimeParts {
  if (half === undefined) return time;
  if (time.hour < 1 || time.hour > 12) return { ...time, hour: Number.NaN };
  return { ...time, hour: (time.hour % 12) + (/^p/i.test(half) ? 12 : 0) };
}

const ZONE = /^(?:(?:Z|[A-Z]{3,5})?\s?[+-]\d\d?(?::?\d\d)?|[Zz]|[A-Z]{3,5})(?=$|\s)/;

function splitZone(text: string): { zone: string; rest: string } {
  const zone = ZONE.exec(text)?.[0] ?? '';
  return { zone, rest: text.slice(zone.length) };
}

// Zones by name other than UTC's and this machine's are read over, as the AWS CLI does: their names are not unique.
function zoneOffset(zone: string): Offset | undefined {
  const match = /^([A-Za-z]*)(\s?)(?:([+-])(\d\d?)(?::?(\d\d))?)?$/.exec(zone);
  if (match === null) return undefined;
  const [, name = '', space, sign, hours, minutes = '0'] = match;
  const isUtc = ['Z', 'z', 'UTC', 'GMT'].includes(name);
  if (name !== '' && !isUtc && localZoneNames().includes(name)) return 'local';
  if (sign === undefined || (isUtc && space !== '')) return 0;
  const size = Number(hours) * 60 + Number(minutes);
  // Right behind a name the sign is that of POSIX, as the AWS CLI reads it: `UTC+3` is three hours behind.
  const isEast = (sign === '+') === (name === '' || space !== '');
  return isEast ? size : -size;
}

const WEEKDAY = /\b(sun|mon|tue|wed|thu|fri|sat)(?:s|nes|rs|ur)?(?:day)?\b\.?/i;
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FILLERS = /\b(?:at|on|of|and)\b|(?<=\d)(?:st|nd|rd|th)\b|,/gi;

/** A date in which the day may be left out. */
interface Month {
  readonly year: number;
  readonly month: number;
  readonly day: number | undefined;
}

function dateFrom(text: string, now: Date, hasTime: boolean): DateParts | undefined {
  const weekday = WEEKDAY.exec(text)?.[1]?.toLowerCase();
  const words = text.replace(WEEKDAY, ' ').replace(FILLERS, ' ').trim();
  const today = { year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() };
  const isOfToday = words === '' && (hasTime || weekday !== undefined);
  const found = isOfToday ? { ...today, day: undefined } : dateIn(words, today);
  if (found === undefined) return undefined;
  const { year, month } = found;
  if (found.day !== undefined) return { year, month, day: found.day };
  const date = { year, month, day: Math.min(today.day, daysIn(year, month)) };
  return weekday === undefined || !isDate(date) ? date : nextWeekday(date, WEEKDAYS.indexOf(weekday));
}

function nextWeekday({ year, month, day }: DateParts, weekday: number): DateParts {
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCDate(day + ((weekday - date.getUTCDay() + 7) % 7));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function dateIn(words: string, today: DateParts): Month | undefined {
  const parts = words.split(/[\s/.-]+/).filter((part) => part !== '');
  const named = parts.findIndex((part) => /^[a-z]+$/i.test(part));
  if (named >= 0) return withMonthName(parts, named, today);
  const digits = /^(\d{4})(\d\d)(\d\d)$/.exec(words);
  if (digits !== null) return dateOf(digits[1], digits[2], digits[3]);
  if (!/^\d+([/.-])\d+(?:\1\d+)?$/.test(words)) return undefined;
  return parts.length === 3 ? threeNumbers(parts, today) : twoNumbers(parts, today);
}

function withMonthName(parts: readonly string[], named: number, today: DateParts): Month | undefined {
  const name = (parts[named] ?? '').toLowerCase();
  const month = MONTHS.findIndex((known) => name === known || FULL_MONTH[known]?.includes(name)) + 1;
  const numbers = parts.filter((_, index) => index !== named);
  if (month === 0 || numbers.length > 2 || !numbers.every((part) => /^\d+$/.test(part))) return undefined;
  const yearAt = numbers.findIndex((part) => part.length > 2 || Number(part) > 31);
  const [first, second] = yearAt === 0 ? [numbers[1], numbers[0]] : numbers;
  const year = second === undefined ? today.year : fullYear(second, today);
  return { year, month, day: first === undefined ? undefined : Number(first) };
}

const FULL_MONTH: Readonly<Record<string, readonly string[]>> = {
  jan: ['january'],
  feb: ['february'],
  mar: ['march'],
  apr: ['april'],
  jun: ['june'],
  jul: ['july'],
  aug: ['august'],
  sep: ['sept', 'september'],
  oct: ['october'],
  nov: ['november'],
  dec: ['december'],
};

function threeNumbers(parts: readonly string[], today: DateParts): DateParts {
  const [a = '', b = '', c = ''] = parts;
  if (a.length > 2 || Number(a) > 31) return dateOf(String(fullYear(a, today)), b, c);
  const year = String(fullYear(c, today));
  return Number(a) > 12 ? dateOf(year, b, a) : dateOf(year, a, b);
}

function twoNumbers(parts: readonly string[], today: DateParts): Month {
  const [a = '', b = ''] = parts;
  if (a.length <= 2 && b.length <= 2) return { year: today.year, month: Number(a), day: Number(b) };
  const [year, month] = a.length > 2 ? [Number(a), Number(b)] : [Number(b), Number(a)];
  return { year, month, day: undefined };
}

// Two digits mean the year within fifty years of today.
function fullYear(digits: string, today: DateParts): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  const inCentury = year + Math.floor(today.year / 100) * 100;
  if (inCentury >= today.year + 50) return inCentury - 100;
  return inCentury < today.year - 50 ? inCentury + 100 : inCentury;
}

function dateOf(year: string | undefined, month: string | undefined, day: string | undefined): DateParts {
  return { year: Number(year), month: Number(month), day: Number(day) };
}

function timeOf(hour?: string, minute?: string, second?: string): TimeParts {
  return { hour: Number(hour ?? 0), minute: Number(minute ?? 0), second: Number(second ?? 0) };
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

function isDate({ year, month, day }: DateParts): boolean {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function isTime({ hour, minute, second }: TimeParts): boolean {
  return hour >= 0 && hour <= 23 && minute <= 59 && second <= 59;
}
