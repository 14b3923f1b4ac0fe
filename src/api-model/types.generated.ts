// Generated from events-2015-10-07.json by scripts/generate-api-types.ts. Do not edit: `npm run generate`.
// Timestamps are epoch milliseconds; on the wire they are epoch seconds.

export type OperationName =
  | 'ActivateEventSource'
  | 'CancelReplay'
  | 'CreateApiDestination'
  | 'CreateArchive'
  | 'CreateConnection'
  | 'CreateEndpoint'
  | 'CreateEventBus'
  | 'CreatePartnerEventSource'
  | 'DeactivateEventSource'
  | 'DeauthorizeConnection'
  | 'DeleteApiDestination'
  | 'DeleteArchive'
  | 'DeleteConnection'
  | 'DeleteEndpoint'
  | 'DeleteEventBus'
  | 'DeletePartnerEventSource'
  | 'DeleteRule'
  | 'DescribeApiDestination'
  | 'DescribeArchive'
  | 'DescribeConnection'
  | 'DescribeEndpoint'
  | 'DescribeEventBus'
  | 'DescribeEventSource'
  | 'DescribePartnerEventSource'
  | 'DescribeReplay'
  | 'DescribeRule'
  | 'DisableRule'
  | 'EnableRule'
  | 'ListApiDestinations'
  | 'ListArchives'
  | 'ListConnections'
  | 'ListEndpoints'
  | 'ListEventBuses'
  | 'ListEventSources'
  | 'ListPartnerEventSourceAccounts'
  | 'ListPartnerEventSources'
  | 'ListReplays'
  | 'ListRuleNamesByTarget'
  | 'ListRules'
  | 'ListTagsForResource'
  | 'ListTargetsByRule'
  | 'PutEvents'
  | 'PutPartnerEvents'
  | 'PutPermission'
  | 'PutRule'
  | 'PutTargets'
  | 'RemovePermission'
  | 'RemoveTargets'
  | 'StartReplay'
  | 'TagResource'
  | 'TestEventPattern'
  | 'UntagResource'
  | 'UpdateApiDestination'
  | 'UpdateArchive'
  | 'UpdateConnection'
  | 'UpdateEndpoint'
  | 'UpdateEventBus';

export interface ActivateEventSourceRequest {
  readonly name: string;
}

export interface ApiDestination {
  readonly apiDestinationArn?: string | undefined;
  readonly name?: string | undefined;
  readonly apiDestinationState?: ApiDestinationState | undefined;
  readonly connectionArn?: string | undefined;
  readonly invocationEndpoint?: string | undefined;
  readonly httpMethod?: ApiDestinationHttpMethod | undefined;
  readonly invocationRateLimitPerSecond?: number | undefined;
  readonly creationTime?: number | undefined;
  readonly lastModifiedTime?: number | undefined;
}

export type ApiDestinationHttpMethod = 'POST' | 'GET' | 'HEAD' | 'OPTIONS' | 'PUT' | 'PATCH' | 'DELETE';

export type ApiDestinationState = 'ACTIVE' | 'INACTIVE';

export interface AppSyncParameters {
  readonly graphQLOperation?: string | undefined;
}

export interface Archive {
  readonly archiveName?: string | undefined;
  readonly eventSourceArn?: string | undefined;
  readonly state?: ArchiveState | undefined;
  readonly stateReason?: string | undefined;
  readonly retentionDays?: number | undefined;
  readonly sizeBytes?: number | undefined;
  readonly eventCount?: number | undefined;
  readonly creationTime?: number | undefined;
}

export type ArchiveState = 'ENABLED' | 'DISABLED' | 'CREATING' | 'UPDATING' | 'CREATE_FAILED' | 'UPDATE_FAILED';

export type AssignPublicIp = 'ENABLED' | 'DISABLED';

export interface AwsVpcConfiguration {
  readonly subnets: readonly string[];
  readonly securityGroups?: readonly string[] | undefined;
  readonly assignPublicIp?: AssignPublicIp | undefined;
}

export interface BatchArrayProperties {
  readonly size?: number | undefined;
}

export interface BatchParameters {
  readonly jobDefinition: string;
  readonly jobName: string;
  readonly arrayProperties?: BatchArrayProperties | undefined;
  readonly retryStrategy?: BatchRetryStrategy | undefined;
}

export interface BatchRetryStrategy {
  readonly attempts?: number | undefined;
}

export interface CancelReplayRequest {
  readonly replayName: string;
}

export interface CancelReplayResponse {
  readonly replayArn?: string | undefined;
  readonly state?: ReplayState | undefined;
  readonly stateReason?: string | undefined;
}

export interface CapacityProviderStrategyItem {
  readonly capacityProvider: string;
  readonly weight?: number | undefined;
  readonly base?: number | undefined;
}

export interface Condition {
  readonly type: string;
  readonly key: string;
  readonly value: string;
}

export interface Connection {
  readonly connectionArn?: string | undefined;
  readonly name?: string | undefined;
  readonly connectionState?: ConnectionState | undefined;
  readonly stateReason?: string | undefined;
  readonly authorizationType?: ConnectionAuthorizationType | undefined;
  readonly creationTime?: number | undefined;
  readonly lastModifiedTime?: number | undefined;
  readonly lastAuthorizedTime?: number | undefined;
}

export interface ConnectionApiKeyAuthResponseParameters {
  readonly apiKeyName?: string | undefined;
}

export interface ConnectionAuthResponseParameters {
  readonly basicAuthParameters?: ConnectionBasicAuthResponseParameters | undefined;
  readonly oAuthParameters?: ConnectionOAuthResponseParameters | undefined;
  readonly apiKeyAuthParameters?: ConnectionApiKeyAuthResponseParameters | undefined;
  readonly invocationHttpParameters?: ConnectionHttpParameters | undefined;
  readonly connectivityParameters?: DescribeConnectionConnectivityParameters | undefined;
}

export type ConnectionAuthorizationType = 'BASIC' | 'OAUTH_CLIENT_CREDENTIALS' | 'API_KEY';

export interface ConnectionBasicAuthResponseParameters {
  readonly username?: string | undefined;
}

export interface ConnectionBodyParameter {
  readonly key?: string | undefined;
  readonly value?: string | undefined;
  readonly isValueSecret?: boolean | undefined;
}

export interface ConnectionHeaderParameter {
  readonly key?: string | undefined;
  readonly value?: string | undefined;
  readonly isValueSecret?: boolean | undefined;
}

export interface ConnectionHttpParameters {
  readonly headerParameters?: readonly ConnectionHeaderParameter[] | undefined;
  readonly queryStringParameters?: readonly ConnectionQueryStringParameter[] | undefined;
  readonly bodyParameters?: readonly ConnectionBodyParameter[] | undefined;
}

export interface ConnectionOAuthClientResponseParameters {
  readonly clientID?: string | undefined;
}

export type ConnectionOAuthHttpMethod = 'GET' | 'POST' | 'PUT';

export interface ConnectionOAuthResponseParameters {
  readonly clientParameters?: ConnectionOAuthClientResponseParameters | undefined;
  readonly authorizationEndpoint?: string | undefined;
  readonly httpMethod?: ConnectionOAuthHttpMethod | undefined;
  readonly oAuthHttpParameters?: ConnectionHttpParameters | undefined;
}

export interface ConnectionQueryStringParameter {
  readonly key?: string | undefined;
  readonly value?: string | undefined;
  readonly isValueSecret?: boolean | undefined;
}

export type ConnectionState = 'CREATING' | 'UPDATING' | 'DELETING' | 'AUTHORIZED' | 'DEAUTHORIZED' | 'AUTHORIZING' | 'DEAUTHORIZING' | 'ACTIVE' | 'FAILED_CONNECTIVITY';

export interface ConnectivityResourceConfigurationArn {
  readonly resourceConfigurationArn: string;
}

export interface ConnectivityResourceParameters {
  readonly resourceParameters: ConnectivityResourceConfigurationArn;
}

export interface CreateApiDestinationRequest {
  readonly name: string;
  readonly description?: string | undefined;
  readonly connectionArn: string;
  readonly invocationEndpoint: string;
  readonly httpMethod: ApiDestinationHttpMethod;
  readonly invocationRateLimitPerSecond?: number | undefined;
}

export interface CreateApiDestinationResponse {
  readonly apiDestinationArn?: string | undefined;
  readonly apiDestinationState?: ApiDestinationState | undefined;
  readonly creationTime?: number | undefined;
  readonly lastModifiedTime?: number | undefined;
}

export interface CreateArchiveRequest {
  readonly archiveName: string;
  readonly eventSourceArn: string;
  readonly description?: string | undefined;
  readonly eventPattern?: string | undefined;
  readonly retentionDays?: number | undefined;
  readonly kmsKeyIdentifier?: string | undefined;
}

export interface CreateArchiveResponse {
  readonly archiveArn?: string | undefined;
  readonly state?: ArchiveState | undefined;
  readonly stateReason?: string | undefined;
  readonly creationTime?: number | undefined;
}

export interface CreateConnectionApiKeyAuthRequestParameters {
  readonly apiKeyName: string;
  readonly apiKeyValue: string;
}

export interface CreateConnectionAuthRequestParameters {
  readonly basicAuthParameters?: CreateConnectionBasicAuthRequestParameters | undefined;
  readonly oAuthParameters?: CreateConnectionOAuthRequestParameters | undefined;
  readonly apiKeyAuthParameters?: CreateConnectionApiKeyAuthRequestParameters | undefined;
  readonly invocationHttpParameters?: ConnectionHttpParameters | undefined;
  readonly connectivityParameters?: ConnectivityResourceParameters | undefined;
}

export interface CreateConnectionBasicAuthRequestParameters {
  readonly username: string;
  readonly password: string;
}

export interface CreateConnectionOAuthClientRequestParameters {
  readonly clientID: string;
  readonly clientSecret: string;
}

export interface CreateConnectionOAuthRequestParameters {
  readonly clientParameters: CreateConnectionOAuthClientRequestParameters;
  readonly authorizationEndpoint: string;
  readonly httpMethod: ConnectionOAuthHttpMethod;
  readonly oAuthHttpParameters?: ConnectionHttpParameters | undefined;
}

export interface CreateConnectionRequest {
  readonly name: string;
  readonly description?: string | undefined;
  readonly authorizationType: ConnectionAuthorizationType;
  readonly authParameters: CreateConnectionAuthRequestParameters;
  readonly invocationConnectivityParameters?: ConnectivityResourceParameters | undefined;
  readonly kmsKeyIdentifier?: string | undefined;
}

export interface CreateConnectionResponse {
  readonly connectionArn?: string | undefined;
  readonly connectionState?: ConnectionState | undefined;
  readonly creationTime?: number | undefined;
  readonly lastModifiedTime?: number | undefined;
}

export interface CreateEndpointRequest {
  readonly name: string;
  readonly description?: string | undefined;
  readonly routingConfig: RoutingConfig;
  readonly replicationConfig?: ReplicationConfig | undefined;
  readonly eventBuses: readonly EndpointEventBus[];
  readonly roleArn?: string | undefined;
}

export interface CreateEndpointResponse {
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly routingConfig?: RoutingConfig | undefined;
  readonly replicationConfig?: ReplicationConfig | undefined;
  readonly eventBuses?: readonly EndpointEventBus[] | undefined;
  readonly roleArn?: string | undefined;
  readonly state?: EndpointState | undefined;
}

export interface CreateEventBusRequest {
  readonly name: string;
  readonly eventSourceName?: string | undefined;
  readonly description?: string | undefined;
  readonly kmsKeyIdentifier?: string | undefined;
  readonly deadLetterConfig?: DeadLetterConfig | undefined;
  readonly logConfig?: LogConfig | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

export interface CreateEventBusResponse {
  readonly eventBusArn?: string | undefined;
  readonly description?: string | undefined;
  readonly kmsKeyIdentifier?: string | undefined;
  readonly deadLetterConfig?: DeadLetterConfig | undefined;
  readonly logConfig?: LogConfig | undefined;
}

export interface CreatePartnerEventSourceRequest {
  readonly name: string;
  readonly account: string;
}

export interface CreatePartnerEventSourceResponse {
  readonly eventSourceArn?: string | undefined;
}

export interface DeactivateEventSourceRequest {
  readonly name: string;
}

export interface DeadLetterConfig {
  readonly arn?: string | undefined;
}

export interface DeauthorizeConnectionRequest {
  readonly name: string;
}

export interface DeauthorizeConnectionResponse {
  readonly connectionArn?: string | undefined;
  readonly connectionState?: ConnectionState | undefined;
  readonly creationTime?: number | undefined;
  readonly lastModifiedTime?: number | undefined;
  readonly lastAuthorizedTime?: number | undefined;
}

export interface DeleteApiDestinationRequest {
  readonly name: string;
}

export type DeleteApiDestinationResponse = Readonly<Record<string, never>>;

export interface DeleteArchiveRequest {
  readonly archiveName: string;
}

export type DeleteArchiveResponse = Readonly<Record<string, never>>;

export interface DeleteConnectionRequest {
  readonly name: string;
}

export interface DeleteConnectionResponse {
  readonly connectionArn?: string | undefined;
  readonly connectionState?: ConnectionState | undefined;
  readonly creationTime?: number | undefined;
  readonly lastModifiedTime?: number | undefined;
  readonly lastAuthorizedTime?: number | undefined;
}

export interface DeleteEndpointRequest {
  readonly name: string;
}

export type DeleteEndpointResponse = Readonly<Record<string, never>>;

export interface DeleteEventBusRequest {
  readonly name: string;
}

export interface DeletePartnerEventSourceRequest {
  readonly name: string;
  readonly account: string;
}

export interface DeleteRuleRequest {
  readonly name: string;
  readonly eventBusName?: string | undefined;
  readonly force?: boolean | undefined;
}

export interface DescribeApiDestinationRequest {
  readonly name: string;
}

export interface DescribeApiDestinationResponse {
  readonly apiDestinationArn?: string | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly apiDestinationState?: ApiDestinationState | undefined;
  readonly connectionArn?: string | undefined;
  readonly invocationEndpoint?: string | undefined;
  readonly httpMethod?: ApiDestinationHttpMethod | undefined;
  readonly invocationRateLimitPerSecond?: number | undefined;
  readonly creationTime?: number | undefined;
  readonly lastModifiedTime?: number | undefined;
}

export interface DescribeArchiveRequest {
  readonly archiveName: string;
}

export interface DescribeArchiveResponse {
  readonly archiveArn?: string | undefined;
  readonly archiveName?: string | undefined;
  readonly eventSourceArn?: string | undefined;
  readonly description?: string | undefined;
  readonly eventPattern?: string | undefined;
  readonly state?: ArchiveState | undefined;
  readonly stateReason?: string | undefined;
  readonly kmsKeyIdentifier?: string | undefined;
  readonly retentionDays?: number | undefined;
  readonly sizeBytes?: number | undefined;
  readonly eventCount?: number | undefined;
  readonly creationTime?: number | undefined;
}

export interface DescribeConnectionConnectivityParameters {
  readonly resourceParameters: DescribeConnectionResourceParameters;
}

export interface DescribeConnectionRequest {
  readonly name: string;
}

export interface DescribeConnectionResourceParameters {
  readonly resourceConfigurationArn: string;
  readonly resourceAssociationArn: string;
}

export interface DescribeConnectionResponse {
  readonly connectionArn?: string | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly invocationConnectivityParameters?: DescribeConnectionConnectivityParameters | undefined;
  readonly connectionState?: ConnectionState | undefined;
  readonly stateReason?: string | undefined;
  readonly authorizationType?: ConnectionAuthorizationType | undefined;
  readonly secretArn?: string | undefined;
  readonly kmsKeyIdentifier?: string | undefined;
  readonly authParameters?: ConnectionAuthResponseParameters | undefined;
  readonly creationTime?: number | undefined;
  readonly lastModifiedTime?: number | undefined;
  readonly lastAuthorizedTime?: number | undefined;
}

export interface DescribeEndpointRequest {
  readonly name: string;
  readonly homeRegion?: string | undefined;
}

export interface DescribeEndpointResponse {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly arn?: string | undefined;
  readonly routingConfig?: RoutingConfig | undefined;
  readonly replicationConfig?: ReplicationConfig | undefined;
  readonly eventBuses?: readonly EndpointEventBus[] | undefined;
  readonly roleArn?: string | undefined;
  readonly endpointId?: string | undefined;
  readonly endpointUrl?: string | undefined;
  readonly state?: EndpointState | undefined;
  readonly stateReason?: string | undefined;
  readonly creationTime?: number | undefined;
  readonly lastModifiedTime?: number | undefined;
}

export interface DescribeEventBusRequest {
  readonly name?: string | undefined;
}

export interface DescribeEventBusResponse {
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly description?: string | undefined;
  readonly kmsKeyIdentifier?: string | undefined;
  readonly deadLetterConfig?: DeadLetterConfig | undefined;
  readonly policy?: string | undefined;
  readonly logConfig?: LogConfig | undefined;
  readonly creationTime?: number | undefined;
  readonly lastModifiedTime?: number | undefined;
}

export interface DescribeEventSourceRequest {
  readonly name: string;
}

export interface DescribeEventSourceResponse {
  readonly arn?: string | undefined;
  readonly createdBy?: string | undefined;
  readonly creationTime?: number | undefined;
  readonly expirationTime?: number | undefined;
  readonly name?: string | undefined;
  readonly state?: EventSourceState | undefined;
}

export interface DescribePartnerEventSourceRequest {
  readonly name: string;
}

export interface DescribePartnerEventSourceResponse {
  readonly arn?: string | undefined;
  readonly name?: string | undefined;
}

export interface DescribeReplayRequest {
  readonly replayName: string;
}

export interface DescribeReplayResponse {
  readonly replayName?: string | undefined;
  readonly replayArn?: string | undefined;
  readonly description?: string | undefined;
  readonly state?: ReplayState | undefined;
  readonly stateReason?: string | undefined;
  readonly eventSourceArn?: string | undefined;
  readonly destination?: ReplayDestination | undefined;
  readonly eventStartTime?: number | undefined;
  readonly eventEndTime?: number | undefined;
  readonly eventLastReplayedTime?: number | undefined;
  readonly replayStartTime?: number | undefined;
  readonly replayEndTime?: number | undefined;
}

export interface DescribeRuleRequest {
  readonly name: string;
  readonly eventBusName?: string | undefined;
}

export interface DescribeRuleResponse {
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly eventPattern?: string | undefined;
  readonly scheduleExpression?: string | undefined;
  readonly state?: RuleState | undefined;
  readonly description?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly managedBy?: string | undefined;
  readonly eventBusName?: string | undefined;
  readonly createdBy?: string | undefined;
}

export interface DisableRuleRequest {
  readonly name: string;
  readonly eventBusName?: string | undefined;
}

export interface EcsParameters {
  readonly taskDefinitionArn: string;
  readonly taskCount?: number | undefined;
  readonly launchType?: LaunchType | undefined;
  readonly networkConfiguration?: NetworkConfiguration | undefined;
  readonly platformVersion?: string | undefined;
  readonly group?: string | undefined;
  readonly capacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined;
  readonly enableECSManagedTags?: boolean | undefined;
  readonly enableExecuteCommand?: boolean | undefined;
  readonly placementConstraints?: readonly PlacementConstraint[] | undefined;
  readonly placementStrategy?: readonly PlacementStrategy[] | undefined;
  readonly propagateTags?: PropagateTags | undefined;
  readonly referenceId?: string | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

export interface EnableRuleRequest {
  readonly name: string;
  readonly eventBusName?: string | undefined;
}

export interface Endpoint {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly arn?: string | undefined;
  readonly routingConfig?: RoutingConfig | undefined;
  readonly replicationConfig?: ReplicationConfig | undefined;
  readonly eventBuses?: readonly EndpointEventBus[] | undefined;
  readonly roleArn?: string | undefined;
  readonly endpointId?: string | undefined;
  readonly endpointUrl?: string | undefined;
  readonly state?: EndpointState | undefined;
  readonly stateReason?: string | undefined;
  readonly creationTime?: number | undefined;
  readonly lastModifiedTime?: number | undefined;
}

export interface EndpointEventBus {
  readonly eventBusArn: string;
}

export type EndpointState = 'ACTIVE' | 'CREATING' | 'UPDATING' | 'DELETING' | 'CREATE_FAILED' | 'UPDATE_FAILED' | 'DELETE_FAILED';

export interface EventBus {
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly description?: string | undefined;
  readonly policy?: string | undefined;
  readonly creationTime?: number | undefined;
  readonly lastModifiedTime?: number | undefined;
}

export interface EventSource {
  readonly arn?: string | undefined;
  readonly createdBy?: string | undefined;
  readonly creationTime?: number | undefined;
  readonly expirationTime?: number | undefined;
  readonly name?: string | undefined;
  readonly state?: EventSourceState | undefined;
}

export type EventSourceState = 'PENDING' | 'ACTIVE' | 'DELETED';

export interface FailoverConfig {
  readonly primary: Primary;
  readonly secondary: Secondary;
}

export interface HttpParameters {
  readonly pathParameterValues?: readonly string[] | undefined;
  readonly headerParameters?: Readonly<Record<string, string>> | undefined;
  readonly queryStringParameters?: Readonly<Record<string, string>> | undefined;
}

export type IncludeDetail = 'NONE' | 'FULL';

export interface InputTransformer {
  readonly inputPathsMap?: Readonly<Record<string, string>> | undefined;
  readonly inputTemplate: string;
}

export interface KinesisParameters {
  readonly partitionKeyPath: string;
}

export type LaunchType = 'EC2' | 'FARGATE' | 'EXTERNAL';

export type Level = 'OFF' | 'ERROR' | 'INFO' | 'TRACE';

export interface ListApiDestinationsRequest {
  readonly namePrefix?: string | undefined;
  readonly connectionArn?: string | undefined;
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
}

export interface ListApiDestinationsResponse {
  readonly apiDestinations?: readonly ApiDestination[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListArchivesRequest {
  readonly namePrefix?: string | undefined;
  readonly eventSourceArn?: string | undefined;
  readonly state?: ArchiveState | undefined;
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
}

export interface ListArchivesResponse {
  readonly archives?: readonly Archive[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListConnectionsRequest {
  readonly namePrefix?: string | undefined;
  readonly connectionState?: ConnectionState | undefined;
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
}

export interface ListConnectionsResponse {
  readonly connections?: readonly Connection[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListEndpointsRequest {
  readonly namePrefix?: string | undefined;
  readonly homeRegion?: string | undefined;
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
}

export interface ListEndpointsResponse {
  readonly endpoints?: readonly Endpoint[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListEventBusesRequest {
  readonly namePrefix?: string | undefined;
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
}

export interface ListEventBusesResponse {
  readonly eventBuses?: readonly EventBus[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListEventSourcesRequest {
  readonly namePrefix?: string | undefined;
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
}

export interface ListEventSourcesResponse {
  readonly eventSources?: readonly EventSource[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListPartnerEventSourceAccountsRequest {
  readonly eventSourceName: string;
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
}

export interface ListPartnerEventSourceAccountsResponse {
  readonly partnerEventSourceAccounts?: readonly PartnerEventSourceAccount[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListPartnerEventSourcesRequest {
  readonly namePrefix: string;
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
}

export interface ListPartnerEventSourcesResponse {
  readonly partnerEventSources?: readonly PartnerEventSource[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListReplaysRequest {
  readonly namePrefix?: string | undefined;
  readonly state?: ReplayState | undefined;
  readonly eventSourceArn?: string | undefined;
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
}

export interface ListReplaysResponse {
  readonly replays?: readonly Replay[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListRuleNamesByTargetRequest {
  readonly targetArn: string;
  readonly eventBusName?: string | undefined;
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
}

export interface ListRuleNamesByTargetResponse {
  readonly ruleNames?: readonly string[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListRulesRequest {
  readonly namePrefix?: string | undefined;
  readonly eventBusName?: string | undefined;
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
}

export interface ListRulesResponse {
  readonly rules?: readonly Rule[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListTagsForResourceRequest {
  readonly resourceARN: string;
}

export interface ListTagsForResourceResponse {
  readonly tags?: readonly Tag[] | undefined;
}

export interface ListTargetsByRuleRequest {
  readonly rule: string;
  readonly eventBusName?: string | undefined;
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
}

export interface ListTargetsByRuleResponse {
  readonly targets?: readonly Target[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface LogConfig {
  readonly includeDetail?: IncludeDetail | undefined;
  readonly level?: Level | undefined;
}

export interface NetworkConfiguration {
  readonly awsvpcConfiguration?: AwsVpcConfiguration | undefined;
}

export interface PartnerEventSource {
  readonly arn?: string | undefined;
  readonly name?: string | undefined;
}

export interface PartnerEventSourceAccount {
  readonly account?: string | undefined;
  readonly creationTime?: number | undefined;
  readonly expirationTime?: number | undefined;
  readonly state?: EventSourceState | undefined;
}

export interface PlacementConstraint {
  readonly type?: PlacementConstraintType | undefined;
  readonly expression?: string | undefined;
}

export type PlacementConstraintType = 'distinctInstance' | 'memberOf';

export interface PlacementStrategy {
  readonly type?: PlacementStrategyType | undefined;
  readonly field?: string | undefined;
}

export type PlacementStrategyType = 'random' | 'spread' | 'binpack';

export interface Primary {
  readonly healthCheck: string;
}

export type PropagateTags = 'TASK_DEFINITION';

export interface PutEventsRequest {
  readonly entries: readonly PutEventsRequestEntry[];
  readonly endpointId?: string | undefined;
}

export interface PutEventsRequestEntry {
  readonly time?: number | undefined;
  readonly source?: string | undefined;
  readonly resources?: readonly string[] | undefined;
  readonly detailType?: string | undefined;
  readonly detail?: string | undefined;
  readonly eventBusName?: string | undefined;
  readonly traceHeader?: string | undefined;
}

export interface PutEventsResponse {
  readonly failedEntryCount?: number | undefined;
  readonly entries?: readonly PutEventsResultEntry[] | undefined;
}

export interface PutEventsResultEntry {
  readonly eventId?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
}

export interface PutPartnerEventsRequest {
  readonly entries: readonly PutPartnerEventsRequestEntry[];
}

export interface PutPartnerEventsRequestEntry {
  readonly time?: number | undefined;
  readonly source?: string | undefined;
  readonly resources?: readonly string[] | undefined;
  readonly detailType?: string | undefined;
  readonly detail?: string | undefined;
}

export interface PutPartnerEventsResponse {
  readonly failedEntryCount?: number | undefined;
  readonly entries?: readonly PutPartnerEventsResultEntry[] | undefined;
}

export interface PutPartnerEventsResultEntry {
  readonly eventId?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
}

export interface PutPermissionRequest {
  readonly eventBusName?: string | undefined;
  readonly action?: string | undefined;
  readonly principal?: string | undefined;
  readonly statementId?: string | undefined;
  readonly condition?: Condition | undefined;
  readonly policy?: string | undefined;
}

export interface PutRuleRequest {
  readonly name: string;
  readonly scheduleExpression?: string | undefined;
  readonly eventPattern?: string | undefined;
  readonly state?: RuleState | undefined;
  readonly description?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly tags?: readonly Tag[] | undefined;
  readonly eventBusName?: string | undefined;
}

export interface PutRuleResponse {
  readonly ruleArn?: string | undefined;
}

export interface PutTargetsRequest {
  readonly rule: string;
  readonly eventBusName?: string | undefined;
  readonly targets: readonly Target[];
}

export interface PutTargetsResponse {
  readonly failedEntryCount?: number | undefined;
  readonly failedEntries?: readonly PutTargetsResultEntry[] | undefined;
}

export interface PutTargetsResultEntry {
  readonly targetId?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
}

export interface RedshiftDataParameters {
  readonly secretManagerArn?: string | undefined;
  readonly database: string;
  readonly dbUser?: string | undefined;
  readonly sql?: string | undefined;
  readonly statementName?: string | undefined;
  readonly withEvent?: boolean | undefined;
  readonly sqls?: readonly string[] | undefined;
}

export interface RemovePermissionRequest {
  readonly statementId?: string | undefined;
  readonly removeAllPermissions?: boolean | undefined;
  readonly eventBusName?: string | undefined;
}

export interface RemoveTargetsRequest {
  readonly rule: string;
  readonly eventBusName?: string | undefined;
  readonly ids: readonly string[];
  readonly force?: boolean | undefined;
}

export interface RemoveTargetsResponse {
  readonly failedEntryCount?: number | undefined;
  readonly failedEntries?: readonly RemoveTargetsResultEntry[] | undefined;
}

export interface RemoveTargetsResultEntry {
  readonly targetId?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
}

export interface Replay {
  readonly replayName?: string | undefined;
  readonly eventSourceArn?: string | undefined;
  readonly state?: ReplayState | undefined;
  readonly stateReason?: string | undefined;
  readonly eventStartTime?: number | undefined;
  readonly eventEndTime?: number | undefined;
  readonly eventLastReplayedTime?: number | undefined;
  readonly replayStartTime?: number | undefined;
  readonly replayEndTime?: number | undefined;
}

export interface ReplayDestination {
  readonly arn: string;
  readonly filterArns?: readonly string[] | undefined;
}

export type ReplayState = 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

export interface ReplicationConfig {
  readonly state?: ReplicationState | undefined;
}

export type ReplicationState = 'ENABLED' | 'DISABLED';

export interface RetryPolicy {
  readonly maximumRetryAttempts?: number | undefined;
  readonly maximumEventAgeInSeconds?: number | undefined;
}

export interface RoutingConfig {
  readonly failoverConfig: FailoverConfig;
}

export interface Rule {
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly eventPattern?: string | undefined;
  readonly state?: RuleState | undefined;
  readonly description?: string | undefined;
  readonly scheduleExpression?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly managedBy?: string | undefined;
  readonly eventBusName?: string | undefined;
}

export type RuleState = 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

export interface RunCommandParameters {
  readonly runCommandTargets: readonly RunCommandTarget[];
}

export interface RunCommandTarget {
  readonly key: string;
  readonly values: readonly string[];
}

export interface SageMakerPipelineParameter {
  readonly name: string;
  readonly value: string;
}

export interface SageMakerPipelineParameters {
  readonly pipelineParameterList?: readonly SageMakerPipelineParameter[] | undefined;
}

export interface Secondary {
  readonly route: string;
}

export interface SqsParameters {
  readonly messageGroupId?: string | undefined;
}

export interface StartReplayRequest {
  readonly replayName: string;
  readonly description?: string | undefined;
  readonly eventSourceArn: string;
  readonly eventStartTime: number;
  readonly eventEndTime: number;
  readonly destination: ReplayDestination;
}

export interface StartReplayResponse {
  readonly replayArn?: string | undefined;
  readonly state?: ReplayState | undefined;
  readonly stateReason?: string | undefined;
  readonly replayStartTime?: number | undefined;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface TagResourceRequest {
  readonly resourceARN: string;
  readonly tags: readonly Tag[];
}

export type TagResourceResponse = Readonly<Record<string, never>>;

export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly roleArn?: string | undefined;
  readonly input?: string | undefined;
  readonly inputPath?: string | undefined;
  readonly inputTransformer?: InputTransformer | undefined;
  readonly kinesisParameters?: KinesisParameters | undefined;
  readonly runCommandParameters?: RunCommandParameters | undefined;
  readonly ecsParameters?: EcsParameters | undefined;
  readonly batchParameters?: BatchParameters | undefined;
  readonly sqsParameters?: SqsParameters | undefined;
  readonly httpParameters?: HttpParameters | undefined;
  readonly redshiftDataParameters?: RedshiftDataParameters | undefined;
  readonly sageMakerPipelineParameters?: SageMakerPipelineParameters | undefined;
  readonly deadLetterConfig?: DeadLetterConfig | undefined;
  readonly retryPolicy?: RetryPolicy | undefined;
  readonly appSyncParameters?: AppSyncParameters | undefined;
}

export interface TestEventPatternRequest {
  readonly eventPattern: string;
  readonly event: string;
}

export interface TestEventPatternResponse {
  readonly result?: boolean | undefined;
}

export interface UntagResourceRequest {
  readonly resourceARN: string;
  readonly tagKeys: readonly string[];
}

export type UntagResourceResponse = Readonly<Record<string, never>>;

export interface UpdateApiDestinationRequest {
  readonly name: string;
  readonly description?: string | undefined;
  readonly connectionArn?: string | undefined;
  readonly invocationEndpoint?: string | undefined;
  readonly httpMethod?: ApiDestinationHttpMethod | undefined;
  readonly invocationRateLimitPerSecond?: number | undefined;
}

export interface UpdateApiDestinationResponse {
  readonly apiDestinationArn?: string | undefined;
  readonly apiDestinationState?: ApiDestinationState | undefined;
  readonly creationTime?: number | undefined;
  readonly lastModifiedTime?: number | undefined;
}

export interface UpdateArchiveRequest {
  readonly archiveName: string;
  readonly description?: string | undefined;
  readonly eventPattern?: string | undefined;
  readonly retentionDays?: number | undefined;
  readonly kmsKeyIdentifier?: string | undefined;
}

export interface UpdateArchiveResponse {
  readonly archiveArn?: string | undefined;
  readonly state?: ArchiveState | undefined;
  readonly stateReason?: string | undefined;
  readonly creationTime?: number | undefined;
}

export interface UpdateConnectionApiKeyAuthRequestParameters {
  readonly apiKeyName?: string | undefined;
  readonly apiKeyValue?: string | undefined;
}

export interface UpdateConnectionAuthRequestParameters {
  readonly basicAuthParameters?: UpdateConnectionBasicAuthRequestParameters | undefined;
  readonly oAuthParameters?: UpdateConnectionOAuthRequestParameters | undefined;
  readonly apiKeyAuthParameters?: UpdateConnectionApiKeyAuthRequestParameters | undefined;
  readonly invocationHttpParameters?: ConnectionHttpParameters | undefined;
  readonly connectivityParameters?: ConnectivityResourceParameters | undefined;
}

export interface UpdateConnectionBasicAuthRequestParameters {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

export interface UpdateConnectionOAuthClientRequestParameters {
  readonly clientID?: string | undefined;
  readonly clientSecret?: string | undefined;
}

export interface UpdateConnectionOAuthRequestParameters {
  readonly clientParameters?: UpdateConnectionOAuthClientRequestParameters | undefined;
  readonly authorizationEndpoint?: string | undefined;
  readonly httpMethod?: ConnectionOAuthHttpMethod | undefined;
  readonly oAuthHttpParameters?: ConnectionHttpParameters | undefined;
}

export interface UpdateConnectionRequest {
  readonly name: string;
  readonly description?: string | undefined;
  readonly authorizationType?: ConnectionAuthorizationType | undefined;
  readonly authParameters?: UpdateConnectionAuthRequestParameters | undefined;
  readonly invocationConnectivityParameters?: ConnectivityResourceParameters | undefined;
  readonly kmsKeyIdentifier?: string | undefined;
}

export interface UpdateConnectionResponse {
  readonly connectionArn?: string | undefined;
  readonly connectionState?: ConnectionState | undefined;
  readonly creationTime?: number | undefined;
  readonly lastModifiedTime?: number | undefined;
  readonly lastAuthorizedTime?: number | undefined;
}

export interface UpdateEndpointRequest {
  readonly name: string;
  readonly description?: string | undefined;
  readonly routingConfig?: RoutingConfig | undefined;
  readonly replicationConfig?: ReplicationConfig | undefined;
  readonly eventBuses?: readonly EndpointEventBus[] | undefined;
  readonly roleArn?: string | undefined;
}

export interface UpdateEndpointResponse {
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly routingConfig?: RoutingConfig | undefined;
  readonly replicationConfig?: ReplicationConfig | undefined;
  readonly eventBuses?: readonly EndpointEventBus[] | undefined;
  readonly roleArn?: string | undefined;
  readonly endpointId?: string | undefined;
  readonly endpointUrl?: string | undefined;
  readonly state?: EndpointState | undefined;
}

export interface UpdateEventBusRequest {
  readonly name?: string | undefined;
  readonly kmsKeyIdentifier?: string | undefined;
  readonly description?: string | undefined;
  readonly deadLetterConfig?: DeadLetterConfig | undefined;
  readonly logConfig?: LogConfig | undefined;
}

export interface UpdateEventBusResponse {
  readonly arn?: string | undefined;
  readonly name?: string | undefined;
  readonly kmsKeyIdentifier?: string | undefined;
  readonly description?: string | undefined;
  readonly deadLetterConfig?: DeadLetterConfig | undefined;
  readonly logConfig?: LogConfig | undefined;
}

/** Request and response of every operation; operations without output answer nothing. */
export interface Operations {
  readonly ActivateEventSource: { readonly request: ActivateEventSourceRequest; readonly response: undefined };
  readonly CancelReplay: { readonly request: CancelReplayRequest; readonly response: CancelReplayResponse };
  readonly CreateApiDestination: { readonly request: CreateApiDestinationRequest; readonly response: CreateApiDestinationResponse };
  readonly CreateArchive: { readonly request: CreateArchiveRequest; readonly response: CreateArchiveResponse };
  readonly CreateConnection: { readonly request: CreateConnectionRequest; readonly response: CreateConnectionResponse };
  readonly CreateEndpoint: { readonly request: CreateEndpointRequest; readonly response: CreateEndpointResponse };
  readonly CreateEventBus: { readonly request: CreateEventBusRequest; readonly response: CreateEventBusResponse };
  readonly CreatePartnerEventSource: { readonly request: CreatePartnerEventSourceRequest; readonly response: CreatePartnerEventSourceResponse };
  readonly DeactivateEventSource: { readonly request: DeactivateEventSourceRequest; readonly response: undefined };
  readonly DeauthorizeConnection: { readonly request: DeauthorizeConnectionRequest; readonly response: DeauthorizeConnectionResponse };
  readonly DeleteApiDestination: { readonly request: DeleteApiDestinationRequest; readonly response: DeleteApiDestinationResponse };
  readonly DeleteArchive: { readonly request: DeleteArchiveRequest; readonly response: DeleteArchiveResponse };
  readonly DeleteConnection: { readonly request: DeleteConnectionRequest; readonly response: DeleteConnectionResponse };
  readonly DeleteEndpoint: { readonly request: DeleteEndpointRequest; readonly response: DeleteEndpointResponse };
  readonly DeleteEventBus: { readonly request: DeleteEventBusRequest; readonly response: undefined };
  readonly DeletePartnerEventSource: { readonly request: DeletePartnerEventSourceRequest; readonly response: undefined };
  readonly DeleteRule: { readonly request: DeleteRuleRequest; readonly response: undefined };
  readonly DescribeApiDestination: { readonly request: DescribeApiDestinationRequest; readonly response: DescribeApiDestinationResponse };
  readonly DescribeArchive: { readonly request: DescribeArchiveRequest; readonly response: DescribeArchiveResponse };
  readonly DescribeConnection: { readonly request: DescribeConnectionRequest; readonly response: DescribeConnectionResponse };
  readonly DescribeEndpoint: { readonly request: DescribeEndpointRequest; readonly response: DescribeEndpointResponse };
  readonly DescribeEventBus: { readonly request: DescribeEventBusRequest; readonly response: DescribeEventBusResponse };
  readonly DescribeEventSource: { readonly request: DescribeEventSourceRequest; readonly response: DescribeEventSourceResponse };
  readonly DescribePartnerEventSource: { readonly request: DescribePartnerEventSourceRequest; readonly response: DescribePartnerEventSourceResponse };
  readonly DescribeReplay: { readonly request: DescribeReplayRequest; readonly response: DescribeReplayResponse };
  readonly DescribeRule: { readonly request: DescribeRuleRequest; readonly response: DescribeRuleResponse };
  readonly DisableRule: { readonly request: DisableRuleRequest; readonly response: undefined };
  readonly EnableRule: { readonly request: EnableRuleRequest; readonly response: undefined };
  readonly ListApiDestinations: { readonly request: ListApiDestinationsRequest; readonly response: ListApiDestinationsResponse };
  readonly ListArchives: { readonly request: ListArchivesRequest; readonly response: ListArchivesResponse };
  readonly ListConnections: { readonly request: ListConnectionsRequest; readonly response: ListConnectionsResponse };
  readonly ListEndpoints: { readonly request: ListEndpointsRequest; readonly response: ListEndpointsResponse };
  readonly ListEventBuses: { readonly request: ListEventBusesRequest; readonly response: ListEventBusesResponse };
  readonly ListEventSources: { readonly request: ListEventSourcesRequest; readonly response: ListEventSourcesResponse };
  readonly ListPartnerEventSourceAccounts: { readonly request: ListPartnerEventSourceAccountsRequest; readonly response: ListPartnerEventSourceAccountsResponse };
  readonly ListPartnerEventSources: { readonly request: ListPartnerEventSourcesRequest; readonly response: ListPartnerEventSourcesResponse };
  readonly ListReplays: { readonly request: ListReplaysRequest; readonly response: ListReplaysResponse };
  readonly ListRuleNamesByTarget: { readonly request: ListRuleNamesByTargetRequest; readonly response: ListRuleNamesByTargetResponse };
  readonly ListRules: { readonly request: ListRulesRequest; readonly response: ListRulesResponse };
  readonly ListTagsForResource: { readonly request: ListTagsForResourceRequest; readonly response: ListTagsForResourceResponse };
  readonly ListTargetsByRule: { readonly request: ListTargetsByRuleRequest; readonly response: ListTargetsByRuleResponse };
  readonly PutEvents: { readonly request: PutEventsRequest; readonly response: PutEventsResponse };
  readonly PutPartnerEvents: { readonly request: PutPartnerEventsRequest; readonly response: PutPartnerEventsResponse };
  readonly PutPermission: { readonly request: PutPermissionRequest; readonly response: undefined };
  readonly PutRule: { readonly request: PutRuleRequest; readonly response: PutRuleResponse };
  readonly PutTargets: { readonly request: PutTargetsRequest; readonly response: PutTargetsResponse };
  readonly RemovePermission: { readonly request: RemovePermissionRequest; readonly response: undefined };
  readonly RemoveTargets: { readonly request: RemoveTargetsRequest; readonly response: RemoveTargetsResponse };
  readonly StartReplay: { readonly request: StartReplayRequest; readonly response: StartReplayResponse };
  readonly TagResource: { readonly request: TagResourceRequest; readonly response: TagResourceResponse };
  readonly TestEventPattern: { readonly request: TestEventPatternRequest; readonly response: TestEventPatternResponse };
  readonly UntagResource: { readonly request: UntagResourceRequest; readonly response: UntagResourceResponse };
  readonly UpdateApiDestination: { readonly request: UpdateApiDestinationRequest; readonly response: UpdateApiDestinationResponse };
  readonly UpdateArchive: { readonly request: UpdateArchiveRequest; readonly response: UpdateArchiveResponse };
  readonly UpdateConnection: { readonly request: UpdateConnectionRequest; readonly response: UpdateConnectionResponse };
  readonly UpdateEndpoint: { readonly request: UpdateEndpointRequest; readonly response: UpdateEndpointResponse };
  readonly UpdateEventBus: { readonly request: UpdateEventBusRequest; readonly response: UpdateEventBusResponse };
}
