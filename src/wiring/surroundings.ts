import type { Config } from '../config.ts';
import type { Interceptor } from '../deliver/targets/interceptor.ts';
import { type Clock, HandClock, SystemClock } from '../domain/clock.ts';
import { defaultLimits, type Limits } from '../domain/limits.ts';
import type { Log } from '../domain/log.ts';
import { StreamLog } from '../observe/stream-log.ts';

/** What a test may hand in instead of the machine's own. */
export interface Surroundings {
  readonly clock?: Clock;
  readonly limits?: Partial<Limits>;
  readonly log?: Log;
  /** A number from 0 up to 1. */
  readonly random?: () => number;
  /** Stands before every target. */
  readonly interceptor?: Interceptor;
}

/** What every room is given. */
export interface World {
  readonly clock: Clock;
  /** The machine's own clock, also where `clock` is moved by hand. */
  readonly machineClock: Clock;
  /** The clock of callers: they sign with the time of their own machines, and wait by it. */
  readonly callersClock: Clock;
  readonly log: Log;
  readonly limits: Limits;
  readonly random: () => number;
  readonly interceptor: Interceptor | undefined;
}

/** The surroundings by configuration, unless others are handed in. */
export function worldOf(config: Config, surroundings: Surroundings): World {
  const machineClock = new SystemClock();
  const { handClock } = config;
  const {
    clock = handClock === undefined ? machineClock : new HandClock(handClock),
    random = Math.random,
    interceptor,
  } = surroundings;
  const { log = new StreamLog(process.stderr, clock, config.log) } = surroundings;
  return {
    clock,
    machineClock,
    callersClock: handClock === undefined ? clock : machineClock,
    log,
    limits: { ...defaultLimits, ...config.quotas, ...config.watching, ...surroundings.limits },
    random,
    interceptor,
  };
}
