import type { ActionContext } from '../actions/action.ts';
import { routeOf } from '../actions/endpoint-route.ts';
import { namedBus } from '../actions/named.ts';
import type { OperationName } from '../api-model/types.generated.ts';
import { archiveArn, endpointArn, eventBusArn, replayArn, ruleArn } from '../domain/arn.ts';
import type { Scope } from '../domain/scope.ts';

/** Values of the condition keys that a request brings along. */
export type ConditionKeys = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Something that a request touches. */
export interface Access {
  /** ARN. */
  readonly resource: string;
  readonly keys: ConditionKeys;
}

/** A request in Busbar's own spelling, valid by the model. */
type Request = Readonly<Record<string, unknown>>;
type Touched = (request: Request, context: ActionContext) => readonly Access[];

/** What a request touches; each of it must be allowed. */
export function accessOf(
  operation: OperationName,
  request: Request,
  context: ActionContext,
): readonly Access[] {
  return touched[operation](request, context);
}

/** The resource that AWS's IAM table gives an operation, found by the members of its request. */
function one(resourceOf: (member: (name: string) => string | undefined, scope: Scope) => string): Touched {
  return (request, { scope }) => {
    const resource = resourceOf((name) => request[name] as string | undefined, scope);
    return [{ resource, keys: { 'events:TargetArn': targetArns(request) } }];
  };
}

const anything = one(() => '*');
const rule = one((member, scope) => {
  const bus = namedBus(member('eventBusName'), scope);
  return ruleArn(bus.scope, bus.name, member('rule') ?? member('name') ?? '');
});
const bus = one((member, scope) => busArn(member('name'), scope));
const busOfMember = one((member, scope) => busArn(member('eventBusName'), scope));
const archive = one((member, scope) => archiveArn(scope, member('archiveName') ?? ''));
const replay = one((member, scope) => replayArn(scope, member('replayName') ?? ''));
const endpoint = one((member, scope) => endpointArn(scope, member('name') ?? ''));
const connection = one((member, scope) => named('connection', member('name'), scope));
const apiDestination = one((member, scope) => named('api-destination', member('name'), scope));
const tagged = one((member) => member('resourceARN') ?? '*');

interface PutEvents {
  readonly entries: readonly {
    readonly eventBusName?: string;
    readonly source?: string;
    readonly detailType?: string;
  }[];
  readonly endpointId?: string;
}

/** Each entry touches the event buses that its route leads to. */
const eachEntry: Touched = (request, context) => {
  const { entries, endpointId } = request as unknown as PutEvents;
  const route = routeOf(endpointId, context);
  return entries.flatMap((entry) => {
    const keys = { 'events:source': entry.source, 'events:detail-type': entry.detailType };
    return route.busArnsOf(entry).map((resource) => ({ resource, keys }));
  });
};

const touched: Readonly<Record<OperationName, Touched>> = {
  ActivateEventSource: anything,
  CancelReplay: replay,
  CreateApiDestination: apiDestination,
  CreateArchive: archive,
  CreateConnection: connection,
  CreateEndpoint: endpoint,
  CreateEventBus: bus,
  CreatePartnerEventSource: anything,
  DeactivateEventSource: anything,
  DeauthorizeConnection: connection,
  DeleteApiDestination: apiDestination,
  DeleteArchive: archive,
  DeleteConnection: connection,
  DeleteEndpoint: endpoint,
  DeleteEventBus: bus,
  DeletePartnerEventSource: anything,
  DeleteRule: rule,
  DescribeApiDestination: apiDestination,
  DescribeArchive: archive,
  DescribeConnection: connection,
  DescribeEndpoint: endpoint,
  DescribeEventBus: bus,
  DescribeEventSource: anything,
  DescribePartnerEventSource: anything,
  DescribeReplay: replay,
  DescribeRule: rule,
  DisableRule: rule,
  EnableRule: rule,
  ListApiDestinations: anything,
  ListArchives: anything,
  ListConnections: anything,
  ListEndpoints: anything,
  ListEventBuses: anything,
  ListEventSources: anything,
  ListPartnerEventSourceAccounts: anything,
  ListPartnerEventSources: anything,
  ListReplays: anything,
  ListRuleNamesByTarget: busOfMember,
  ListRules: busOfMember,
  ListTagsForResource: tagged,
  ListTargetsByRule: rule,
  PutEvents: eachEntry,
  PutPartnerEvents: anything,
  PutPermission: busOfMember,
  PutRule: rule,
  PutTargets: rule,
  RemovePermission: busOfMember,
  RemoveTargets: rule,
  StartReplay: replay,
  TagResource: tagged,
  TestEventPattern: anything,
  UntagResource: tagged,
  UpdateApiDestination: apiDestination,
  UpdateArchive: archive,
  UpdateConnection: connection,
  UpdateEndpoint: endpoint,
  UpdateEventBus: bus,
};

function targetArns(request: Request): readonly string[] | undefined {
  const targets = request['targets'] as readonly { readonly arn: string }[] | undefined;
  return targets?.map(({ arn }) => arn);
}

/** The ARN up to the name: the id behind it is for nobody to know beforehand. */
function named(kind: string, name = '', { region, account }: Scope): string {
  return `arn:aws:events:${region}:${account}:${kind}/${name}`;
}

function busArn(nameOrArn: string | undefined, scope: Scope): string {
  const found = namedBus(nameOrArn, scope);
  return eventBusArn(found.scope, found.name);
}
