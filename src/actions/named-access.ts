import type { Operations, Target } from '../api-model/types.generated.ts';
import { policyOf } from '../bus/bus-policy.ts';
import { eventBusArn, ruleArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import { refuseAccess } from '../domain/policy/access.ts';
import type { AccessRequest } from '../domain/policy/evaluate-policy.ts';
import type { Action, ActionContext } from './action.ts';
import { type NamedBus, namedBus } from './named.ts';
import { patternKeys } from './pattern-keys.ts';

/** What the caller wants to do to an event bus, or to something that lives on it. */
export interface BusAccess {
  /** Name of the operation, without `events:`. */
  readonly operation: keyof Operations;
  /** ARN of what it is done to; the event bus itself when left out. */
  readonly resource?: string | undefined;
  /** Values of the condition keys of the operation. */
  readonly keys?: AccessRequest['keys'];
}

/**
 * Why the caller may not do something on an event bus, in AWS's words; undefined when it may. Buses of the
 * own account are open in every region, unless their policy denies; all others by their policy alone. One
 * that does not exist has none.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html
 */
export function refuseBusAccess(
  bus: NamedBus,
  { operation, resource, keys }: BusAccess,
  { caller, configuration, clock }: ActionContext,
): string | undefined {
  const { account } = caller;
  const policy = policyOf(configuration.eventBus(bus.scope, bus.name));
  if (policy === undefined && account === bus.scope.account) return undefined;
  const now = clock.now();
  return refuseAccess(
    {
      // Busbar knows accounts, and nobody in them.
      caller: { account, arn: `arn:aws:iam::${account}:root` },
      action: `events:${operation}`,
      resource: resource ?? eventBusArn(bus.scope, bus.name),
      keys: {
        'aws:CurrentTime': new Date(now).toISOString(),
        'aws:EpochTime': String(Math.floor(now / 1000)),
        'aws:RequestedRegion': bus.scope.region,
        'aws:ResourceAccount': bus.scope.account,
        ...keys,
      },
    },
    { owner: bus.scope.account, policy },
  );
}

/** Throws AccessDeniedException when the caller may not. */
export function checkBusAccess(bus: NamedBus, access: BusAccess, context: ActionContext): void {
  const refusal = refuseBusAccess(bus, access, context);
  if (refusal !== undefined) throw new ServiceError('AccessDeniedException', refusal);
}

/** The operations on rules, whose requests name an event bus. */
type RuleOperation =
  | 'DeleteRule'
  | 'DescribeRule'
  | 'DisableRule'
  | 'EnableRule'
  | 'ListRuleNamesByTarget'
  | 'ListRules'
  | 'ListTargetsByRule'
  | 'PutRule'
  | 'PutTargets'
  | 'RemoveTargets';

interface RuleRequest {
  readonly eventBusName?: string | undefined;
  readonly name?: string;
  readonly rule?: string;
  readonly eventPattern?: string | undefined;
  readonly targets?: readonly Target[];
}

/**
 * Lets an action work on the event bus that its request names, wherever it is, if the policy of that bus
 * allows it: the rules of a bus belong to its owner, whoever created them.
 */
export function onNamedBus<Name extends RuleOperation>(operation: Name, action: Action<Name>): Action<Name> {
  return async (request, context) => {
    const named: RuleRequest = request;
    const bus = namedBus(named.eventBusName, context.scope);
    const rule = named.rule ?? named.name;
    const resource = rule === undefined ? undefined : ruleArn(bus.scope, bus.name, rule);
    checkBusAccess(bus, { operation, resource, keys: ruleKeys(named, bus, context) }, context);
    return action(request, { ...context, scope: bus.scope });
  };
}

function ruleKeys(
  request: RuleRequest,
  bus: NamedBus,
  { configuration }: ActionContext,
): AccessRequest['keys'] {
  const name = request.rule ?? request.name;
  const rule = name === undefined ? undefined : configuration.rule(bus.scope, bus.name, name);
  return {
    'events:creatorAccount': rule?.createdBy,
    'events:ManagedBy': rule?.managedBy,
    'events:TargetArn': request.targets?.map(({ arn }) => arn),
    ...(request.eventPattern ? patternKeys(request.eventPattern) : {}),
  };
}
