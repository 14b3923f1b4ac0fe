import type { Operations } from '../api-model/types.generated.ts';
import type { Action } from './action.ts';
import { activateEventSource } from './activate-event-source.ts';
import { cancelReplay } from './cancel-replay.ts';
import { createApiDestination } from './create-api-destination.ts';
import { createArchive } from './create-archive.ts';
import { createConnection } from './create-connection.ts';
import { createEndpoint } from './create-endpoint.ts';
import { createEventBus } from './create-event-bus.ts';
import { createPartnerEventSource } from './create-partner-event-source.ts';
import { deactivateEventSource } from './deactivate-event-source.ts';
import { deauthorizeConnection } from './deauthorize-connection.ts';
import { deleteApiDestination } from './delete-api-destination.ts';
import { deleteArchive } from './delete-archive.ts';
import { deleteConnection } from './delete-connection.ts';
import { deleteEndpoint } from './delete-endpoint.ts';
import { deleteEventBus } from './delete-event-bus.ts';
import { deletePartnerEventSource } from './delete-partner-event-source.ts';
import { deleteRule } from './delete-rule.ts';
import { describeApiDestination } from './describe-api-destination.ts';
import { describeArchive } from './describe-archive.ts';
import { describeConnection } from './describe-connection.ts';
import { describeEndpoint } from './describe-endpoint.ts';
import { describeEventBus } from './describe-event-bus.ts';
import { describeEventSource } from './describe-event-source.ts';
import { describePartnerEventSource } from './describe-partner-event-source.ts';
import { describeReplay } from './describe-replay.ts';
import { describeRule } from './describe-rule.ts';
import { disableRule } from './disable-rule.ts';
import { enableRule } from './enable-rule.ts';
import { listApiDestinations } from './list-api-destinations.ts';
import { listArchives } from './list-archives.ts';
import { listConnections } from './list-connections.ts';
import { listEndpoints } from './list-endpoints.ts';
import { listEventBuses } from './list-event-buses.ts';
import { listEventSources } from './list-event-sources.ts';
import { listPartnerEventSourceAccounts } from './list-partner-event-source-accounts.ts';
import { listPartnerEventSources } from './list-partner-event-sources.ts';
import { listReplays } from './list-replays.ts';
import { listRuleNamesByTarget } from './list-rule-names-by-target.ts';
import { listRules } from './list-rules.ts';
import { listTagsForResource } from './list-tags-for-resource.ts';
import { listTargetsByRule } from './list-targets-by-rule.ts';
import { onNamedBus } from './named-access.ts';
import { putEvents } from './put-events.ts';
import { putPartnerEvents } from './put-partner-events.ts';
import { putPermission } from './put-permission.ts';
import { putRule } from './put-rule.ts';
import { putTargets } from './put-targets.ts';
import { removePermission } from './remove-permission.ts';
import { removeTargets } from './remove-targets.ts';
import { startReplay } from './start-replay.ts';
import { tagResource } from './tag-resource.ts';
import { testEventPattern } from './test-event-pattern.ts';
import { untagResource } from './untag-resource.ts';
import { updateApiDestination } from './update-api-destination.ts';
import { updateArchive } from './update-archive.ts';
import { updateConnection } from './update-connection.ts';
import { updateEndpoint } from './update-endpoint.ts';
import { updateEventBus } from './update-event-bus.ts';

/** Every operation of the API by name. */
export const actions: { readonly [Name in keyof Operations]: Action<Name> } = {
  ActivateEventSource: activateEventSource,
  CancelReplay: cancelReplay,
  CreateApiDestination: createApiDestination,
  CreateArchive: createArchive,
  CreateConnection: createConnection,
  CreateEndpoint: createEndpoint,
  CreateEventBus: createEventBus,
  CreatePartnerEventSource: createPartnerEventSource,
  DeactivateEventSource: deactivateEventSource,
  DeauthorizeConnection: deauthorizeConnection,
  DeleteApiDestination: deleteApiDestination,
  DeleteArchive: deleteArchive,
  DeleteConnection: deleteConnection,
  DeleteEndpoint: deleteEndpoint,
  DeleteEventBus: deleteEventBus,
  DeletePartnerEventSource: deletePartnerEventSource,
  DeleteRule: onNamedBus('DeleteRule', deleteRule),
  DescribeApiDestination: describeApiDestination,
  DescribeArchive: describeArchive,
  DescribeConnection: describeConnection,
  DescribeEndpoint: describeEndpoint,
  DescribeEventBus: describeEventBus,
  DescribeEventSource: describeEventSource,
  DescribePartnerEventSource: describePartnerEventSource,
  DescribeReplay: describeReplay,
  DescribeRule: onNamedBus('DescribeRule', describeRule),
  DisableRule: onNamedBus('DisableRule', disableRule),
  EnableRule: onNamedBus('EnableRule', enableRule),
  ListApiDestinations: listApiDestinations,
  ListArchives: listArchives,
  ListConnections: listConnections,
  ListEndpoints: listEndpoints,
  ListEventBuses: listEventBuses,
  ListEventSources: listEventSources,
  ListPartnerEventSourceAccounts: listPartnerEventSourceAccounts,
  ListPartnerEventSources: listPartnerEventSources,
  ListReplays: listReplays,
  ListRuleNamesByTarget: onNamedBus('ListRuleNamesByTarget', listRuleNamesByTarget),
  ListRules: onNamedBus('ListRules', listRules),
  ListTagsForResource: listTagsForResource,
  ListTargetsByRule: onNamedBus('ListTargetsByRule', listTargetsByRule),
  PutEvents: putEvents,
  PutPartnerEvents: putPartnerEvents,
  PutPermission: putPermission,
  PutRule: onNamedBus('PutRule', putRule),
  PutTargets: onNamedBus('PutTargets', putTargets),
  RemovePermission: removePermission,
  RemoveTargets: onNamedBus('RemoveTargets', removeTargets),
  StartReplay: startReplay,
  TagResource: tagResource,
  TestEventPattern: testEventPattern,
  UntagResource: untagResource,
  UpdateApiDestination: updateApiDestination,
  UpdateArchive: updateArchive,
  UpdateConnection: updateConnection,
  UpdateEndpoint: updateEndpoint,
  UpdateEventBus: updateEventBus,
};
