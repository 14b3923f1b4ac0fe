import { ServiceError } from '../domain/errors.ts';
import { checkTestEvent, InvalidTestEventError, matches } from '../match/index.ts';
import type { Action } from './action.ts';
import { compilePattern } from './compile-pattern.ts';

/**
 * The pattern is checked before the event.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html
 */
export const testEventPattern: Action<'TestEventPattern'> = async (request) => {
  const pattern = compilePattern(request.eventPattern);
  try {
    checkTestEvent(request.event);
  } catch (error) {
    if (error instanceof InvalidTestEventError) throw new ServiceError('ValidationException', error.message);
    throw error;
  }
  return { result: matches(pattern, request.event) };
};
