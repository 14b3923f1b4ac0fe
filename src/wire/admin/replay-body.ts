import type { StartReplayRequest } from '../../api-model/types.generated.ts';
import type { ReplayPace } from '../../domain/replay.ts';
import { validate } from '../validation.ts';
import { AdminError } from './admin-error.ts';
import { timeOf } from './archive-of-request.ts';

/** A replay as it is asked for here: StartReplay's members, and a pace. */
export interface AskedReplay {
  readonly request: StartReplayRequest;
  readonly pace: ReplayPace | undefined;
}

/** The name of the replay that a body asks for, whatever else is right or wrong about it; undefined when there is none. */
export function nameInBody(body: string): string | undefined {
  try {
    const { replayName } = objectOf(parsed(body), 'The body');
    return typeof replayName === 'string' ? replayName : undefined;
  } catch {
    return undefined;
  }
}

type Members = Readonly<Record<string, unknown>>;

/** Reads the body of a request; a dry run may do without a name. Throws AdminError and AWS's ValidationException. */
export function replayBody(body: string, defaultName?: string): AskedReplay {
  const members = objectOf(parsed(body), 'The body');
  const destination = objectOf(members['destination'], 'destination');
  const request = {
    replayName: text(members['replayName'] ?? defaultName, 'replayName'),
    description:
      members['description'] === undefined ? undefined : text(members['description'], 'description'),
    eventSourceArn: text(members['eventSourceArn'], 'eventSourceArn'),
    eventStartTime: timeOf(members['eventStartTime'], 'eventStartTime'),
    eventEndTime: timeOf(members['eventEndTime'], 'eventEndTime'),
    destination: { arn: text(destination['arn'], 'destination.arn'), filterArns: filterArns(destination) },
  };
  validate('StartReplayRequest', request);
  return { request, pace: paceOf(members['pace']) };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new AdminError(400, `The body is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function objectOf(value: unknown, name: string): Members {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members;
  throw new AdminError(400, `${name} must be a JSON object.`);
}

function text(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw new AdminError(400, `${name} must be a string.`);
}

function filterArns({ filterArns: value }: Members): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((arn): arn is string => typeof arn === 'string')) return value;
  throw new AdminError(400, 'destination.filterArns must be a list of strings.');
}

function paceOf(value: unknown): ReplayPace | undefined {
  if (value === undefined) return undefined;
  const [[name, factor] = [], ...more] = Object.entries(objectOf(value, 'pace'));
  if (more.length === 0 && typeof factor === 'number' && Number.isFinite(factor) && factor > 0) {
    if (name === 'eventsPerSecond') return { eventsPerSecond: factor };
    if (name === 'timesRealTime') return { timesRealTime: factor };
  }
  throw new AdminError(
    400,
    'pace must be { "eventsPerSecond": NUMBER } or { "timesRealTime": NUMBER }, with a number above 0.',
  );
}
