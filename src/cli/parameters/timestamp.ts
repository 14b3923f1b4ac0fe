import { generalError } from '../errors.ts';
import { plainDigits } from '../python-text.ts';
import { dateSeconds } from './date-text.ts';
import type { ParameterValue } from './parameter-value.ts';

// The years 1 to 9999.
const EARLIEST_SECONDS = -62_135_596_800;
const LATEST_SECONDS = 253_402_300_799;

/**
 * The epoch second that a parameter's value means, undefined when it means no time. Accepted are epoch seconds
 * (so `2025` is in the first hour of 1970), ISO 8601, RFC 822 and dates as people write them; without a zone
 * they are UTC. Fractions are cut off downwards. `now` completes dates that lack a part.
 * Throws (exit 255) for numbers beyond the year 9999: milliseconds, mostly.
 */
export function epochSeconds(value: ParameterValue, now: Date): bigint | undefined {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'bigint' || typeof value === 'number') {
    return Number.isNaN(value) ? undefined : (wholeSeconds(Number(value)) ?? outOfRange(String(value)));
  }
  if (typeof value !== 'string') return undefined;
  const number = decimal(value);
  const seconds = number === undefined ? undefined : wholeSeconds(number);
  if (seconds !== undefined) return seconds;
  const date = dateSeconds(value, now);
  if (date !== undefined) return BigInt(date);
  return number === undefined || Number.isNaN(number) ? undefined : outOfRange(value);
}

/** Whether `epochSeconds` finds a time in the value. Throws where that does. */
export function isTimestamp(value: ParameterValue, now: Date): boolean {
  return epochSeconds(value, now) !== undefined;
}

/**
 * An epoch time of an answer as the AWS CLI v2 shows it: ISO 8601 in the machine's time zone, with its offset,
 * `2023-11-14T22:13:20+00:00`; six digits of fraction, only when there is one.
 */
export function localTimestamp(seconds: number): string {
  const date = new Date(Math.floor(seconds) * 1000);
  const micros = Math.round((seconds - Math.floor(seconds)) * 1e6);
  const offset = -date.getTimezoneOffset();
  const shifted = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const fraction = micros === 0 ? '' : `.${String(micros).padStart(6, '0')}`;
  const size = Math.abs(offset);
  return `${shifted}${fraction}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function wholeSeconds(number: number): bigint | undefined {
  const seconds = Math.floor(number);
  return seconds >= EARLIEST_SECONDS && seconds <= LATEST_SECONDS ? BigInt(seconds) : undefined;
}

function outOfRange(value: string): never {
  throw generalError(`Unable to calculate correct timezone offset for "${value}"`);
}

const DECIMAL = /^\s*[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+)?\s*$/i;

function decimal(written: string): number | undefined {
  const text = plainDigits(written);
  if (DECIMAL.test(text)) return Number(text.replaceAll('_', ''));
  if (/^\s*[+-]?nan\s*$/i.test(text)) return Number.NaN;
  return /^\s*[+-]?inf(?:inity)?\s*$/i.test(text) ? Number.POSITIVE_INFINITY : undefined;
}
