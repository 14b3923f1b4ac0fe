import { type Arn, parseArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';

/** The refusal of a parameter that the model let through. */
export function invalidParameter(parameter: string, reason: string): ServiceError {
  return new ServiceError('ValidationException', `Parameter ${parameter} is not valid. Reason: ${reason}`);
}

/** A parameter that must be the ARN of an event bus, wherever that is; nothing is said about its existence. */
export function busArnParameter(arn: string, parameter: string): Arn {
  const parsed = parseArn(arn);
  if (parsed?.service !== 'events' || parsed.account === '' || !parsed.resource.startsWith('event-bus/')) {
    throw invalidParameter(parameter, 'Must contain an event bus ARN.');
  }
  return parsed;
}
