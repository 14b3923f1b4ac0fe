import { busPlace } from '../bus/configuration.ts';
import { eventBusArn } from '../domain/arn.ts';
import { DEFAULT_BUS, type EventBus } from '../domain/event-bus.ts';
import type { Action } from './action.ts';
import { invalidParameter } from './bus-arn-parameter.ts';
import { existingBus } from './named.ts';
import { replacedText } from './replaced-text.ts';

/**
 * Changes what is given of an event bus, the default one too.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateEventBus.html
 */
export const updateEventBus: Action<'UpdateEventBus'> = async (request, context) => {
  const { scope, configuration, clock } = context;
  const { name = DEFAULT_BUS, deadLetterConfig, logConfig } = request;
  if (deadLetterConfig !== undefined && deadLetterConfig.arn === undefined) {
    throw invalidParameter(
      'DeadLetterConfig.Arn',
      'Provide a valid SQS queue ARN, or an empty string to remove the dead-letter queue configuration.',
    );
  }
  const now = clock.now();
  const bus = await configuration.eventBuses.change(busPlace(scope, name), (): EventBus => {
    // The default bus has no record until something of it is changed: `existingBus` knows it all the same.
    const current = existingBus(name, scope, configuration);
    return {
      ...current,
      description: replacedText(request.description, current.description),
      kmsKeyIdentifier: replacedText(request.kmsKeyIdentifier, current.kmsKeyIdentifier),
      deadLetterConfig: deadLetterConfig ?? current.deadLetterConfig,
      logConfig: logConfig ?? current.logConfig,
      modifiedAt: now,
    };
  });
  return {
    arn: eventBusArn(scope, name),
    name,
    kmsKeyIdentifier: bus.kmsKeyIdentifier,
    description: bus.description,
    deadLetterConfig: bus.deadLetterConfig,
    logConfig: bus.logConfig,
  };
};
