import type { ActionContext } from '../actions/action.ts';
import { endpointRoute } from '../actions/endpoint-route.ts';
import { namedBus } from '../actions/named.ts';
import type { OperationName } from '../api-model/types.generated.ts';
import { archiveArn, endpointArn, eventBusArn, replayArn, ruleArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import { evaluatePolicy } from '../domain/policy/evaluate-policy.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Scope } from '../domain/scope.ts';

/** A request that somebody signed: who, and what it asks for. */
export interface SignedCall {
  readonly accessKeyId: string;
  readonly context: ActionContext;
  readonly operation: OperationName;
  /** Decoded and valid by the model. */
  readonly request: Readonly<Record<string, unknown>>;
}

/** Whose key signed a request. */
export interface Signer {
  readonly accessKeyId: string;
  readonly scope: Scope;
}

type ConditionKeys = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Something that a request touches. */
export interface Access {
  /** ARN. */
  readonly resource: string;
  readonly keys: ConditionKeys;
}

/**
 * What each access key may do, as the operator of this Busbar wrote it down: a policy in AWS's language whose
 * principals are `arn:aws:iam::ACCOUNT:user/ACCESS-KEY-ID`. What it does not allow is denied.
 *
 * AWS page: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-manage-iam-access.html
 */
export class AccessPolicy {
  readonly #policy: Policy;

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  /** Throws AccessDeniedException when the policy does not allow the whole of the request. */
  authorize(call: SignedCall): void {
    const { scope } = call.context;
    this.check({ accessKeyId: call.accessKeyId, scope }, `events:${call.operation}`, accessOf(call));
  }

  /** Throws AccessDeniedException when the policy does not allow an action on each of some resources. */
  check({ accessKeyId, scope }: Signer, action: string, accesses: readonly Access[]): void {
    const arn = `arn:aws:iam::${scope.account}:user/${accessKeyId}`;
    for (const { resource, keys } of accesses) {
      const verdict = evaluatePolicy(this.#policy, {
        caller: { account: scope.account, arn },
        action,
        resource,
        keys: { 'aws:RequestedRegion': scope.region, ...keys },
      });
      if (verdict === 'allowed') continue;
      const reason =
        verdict === 'denied'
          ? 'with an explicit deny in an identity-based policy'
          : `because no identity-based policy allows the ${action} action`;
      throw new ServiceError(
        'AccessDeniedException',
        `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
      );
    }
  }
}

// Which member of a request names the resource, by the kind of resource that AWS's IAM table gives the operation.
const RESOURCE_KINDS: Readonly<Record<string, readonly OperationName[]>> = {
  rule: [
    'DeleteRule',
    'DescribeRule',
    'DisableRule',
    'EnableRule',
    'ListTargetsByRule',
    'PutRule',
    'PutTargets',
    'RemoveTargets',
  ],
  bus: ['CreateEventBus', 'DeleteEventBus', 'DescribeEventBus', 'UpdateEventBus'],
  busOfMember: ['ListRules', 'ListRuleNamesByTarget', 'PutPermission', 'RemovePermission'],
  archive: ['CreateArchive', 'DeleteArchive', 'DescribeArchive', 'UpdateArchive'],
  replay: ['CancelReplay', 'DescribeReplay', 'StartReplay'],
  endpoint: ['CreateEndpoint', 'DeleteEndpoint', 'DescribeEndpoint', 'UpdateEndpoint'],
  connection: [
    'CreateConnection',
    'DeauthorizeConnection',
    'DeleteConnection',
    'DescribeConnection',
    'UpdateConnection',
  ],
  'api-destination': [
    'CreateApiDestination',
    'DeleteApiDestination',
    'DescribeApiDestination',
    'UpdateApiDestination',
  ],
  tagged: ['ListTagsForResource', 'TagResource', 'UntagResource'],
};

const kindOf: ReadonlyMap<OperationName, string> = new Map(
  Object.entries(RESOURCE_KINDS).flatMap(([kind, names]) => names.map((name) => [name, kind] as const)),
);

/** What a request touches; each of it must be allowed. Operations without a resource of their own touch `*`. */
function accessOf({ operation, request, context }: SignedCall): readonly Access[] {
  const { scope } = context;
  if (operation === 'PutEvents') return accessOfPutEvents(request as unknown as PutEvents, context);
  const member = (name: string) => request[name] as string | undefined;
  const name = member('name') ?? '';
  const kind = kindOf.get(operation);
  const keys: ConditionKeys = { 'events:TargetArn': targetArns(request) };
  switch (kind) {
    case 'rule': {
      const bus = namedBus(member('eventBusName'), scope);
      return [{ resource: ruleArn(bus.scope, bus.name, member('rule') ?? name), keys }];
    }
    case 'bus':
      return [{ resource: busArn(member('name'), scope), keys }];
    case 'busOfMember':
      return [{ resource: busArn(member('eventBusName'), scope), keys }];
    case 'archive':
      return [{ resource: archiveArn(scope, member('archiveName') ?? ''), keys }];
    case 'replay':
      return [{ resource: replayArn(scope, member('replayName') ?? ''), keys }];
    case 'endpoint':
      return [{ resource: endpointArn(scope, name), keys }];
    case 'connection':
    case 'api-destination':
      return [{ resource: `arn:aws:events:${scope.region}:${scope.account}:${kind}/${name}`, keys }];
    case 'tagged':
      return [{ resource: member('resourceARN') ?? '*', keys }];
    default:
      return [{ resource: '*', keys }];
  }
}

interface Entry {
  readonly eventBusName?: string;
  readonly source?: string;
  readonly detailType?: string;
}

interface PutEvents {
  readonly entries: readonly Entry[];
  readonly endpointId?: string;
}

/** Each entry touches the bus that it names; through a global endpoint, the buses that stand behind it. */
function accessOfPutEvents({ entries, endpointId }: PutEvents, context: ActionContext): readonly Access[] {
  const route = endpointRoute(endpointId, context);
  return entries.flatMap(({ eventBusName, source, detailType }) => {
    const keys = { 'events:source': source, 'events:detail-type': detailType };
    const buses = [
      busArn(eventBusName, route?.scope ?? context.scope),
      ...(route?.replicaBusArn === undefined ? [] : [route.replicaBusArn]),
    ];
    return buses.map((resource) => ({ resource, keys }));
  });
}

function targetArns(request: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const targets = request['targets'] as readonly { readonly arn: string }[] | undefined;
  return targets?.map(({ arn }) => arn);
}

function busArn(nameOrArn: string | undefined, scope: Scope): string {
  const bus = namedBus(nameOrArn, scope);
  return eventBusArn(bus.scope, bus.name);
}
