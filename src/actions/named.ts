import type { Configuration } from '../bus/configuration.ts';
import { parseArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import { DEFAULT_BUS, type EventBus } from '../domain/event-bus.ts';
import type { Rule } from '../domain/rule.ts';
import type { Scope } from '../domain/scope.ts';

/** An event bus as a request names it: by name or ARN, the default one by saying nothing. */
export interface NamedBus {
  readonly scope: Scope;
  readonly name: string;
}

const BUS_RESOURCE = 'event-bus/';

/** Where a name or ARN points; nothing is said about whether a bus is there. */
export function namedBus(nameOrArn: string | undefined, scope: Scope): NamedBus {
  if (nameOrArn === undefined) return { scope, name: DEFAULT_BUS };
  const arn = parseArn(nameOrArn);
  if (arn === undefined || !arn.resource.startsWith(BUS_RESOURCE)) return { scope, name: nameOrArn };
  return {
    scope: { account: arn.account, region: arn.region },
    name: arn.resource.slice(BUS_RESOURCE.length),
  };
}

/** The event bus that a request names, in this account and region. Throws when there is none. */
export function existingBus(
  nameOrArn: string | undefined,
  scope: Scope,
  configuration: Configuration,
): EventBus {
  const named = namedBus(nameOrArn, scope);
  const own = named.scope.account === scope.account && named.scope.region === scope.region;
  const bus = own ? configuration.eventBus(scope, named.name) : undefined;
  if (bus === undefined) throw unknownBus(named.name);
  return bus;
}

/** The rule of that name on that bus, or AWS's refusal. */
export function existingRule(rule: Rule | undefined, name: string, busName: string): Rule {
  if (rule !== undefined) return rule;
  throw new ServiceError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${busName}.`);
}

function unknownBus(name: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
}
