import { milliseconds } from '../../domain/duration.ts';
import { epochSeconds } from '../parameters/timestamp.ts';

/**
 * The time that a text means, in epoch milliseconds of whole seconds: so long before `now` (`90s`, `2h`, `1d12h`), or
 * a time as `busbar events` reads it. Undefined when it is neither.
 */
export function moment(text: string, now: number): number | undefined {
  if (/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) {
    return Math.floor((now - milliseconds(text)) / 1000) * 1000;
  }
  const seconds = epochSeconds(text, new Date(now));
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
