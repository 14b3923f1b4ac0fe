import type { Scope } from './scope.ts';

/** The six parts of an Amazon Resource Name. `resource` keeps its own colons and slashes. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/**
 * Takes an ARN apart; undefined when the text is no ARN. Resources may hold colons, so only the first five
 * separate. AWS page: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function parseArn(text: string): Arn | undefined {
  const parts = text.split(':');
  const [prefix, partition, service, region, account] = parts;
  if (prefix !== 'arn' || parts.length < 6 || !partition || !service) return undefined;
  if (region === undefined || account === undefined) return undefined;
  const resource = parts.slice(5).join(':');
  return resource === '' ? undefined : { partition, service, region, account, resource };
}

/** `arn:aws:events:REGION:ACCOUNT:event-bus/NAME` */
export function eventBusArn(scope: Scope, busName: string): string {
  return `arn:aws:events:${scope.region}:${scope.account}:event-bus/${busName}`;
}

/** `arn:aws:events:REGION:ACCOUNT:archive/NAME` */
export function archiveArn(scope: Scope, archiveName: string): string {
  return `arn:aws:events:${scope.region}:${scope.account}:archive/${archiveName}`;
}

/** `arn:aws:events:REGION:ACCOUNT:replay/NAME` */
export function replayArn(scope: Scope, replayName: string): string {
  return `arn:aws:events:${scope.region}:${scope.account}:replay/${replayName}`;
}

/** `arn:aws:events:REGION:ACCOUNT:connection/NAME/UUID` */
export function connectionArn(scope: Scope, { name, id }: { name: string; id: string }): string {
  return `arn:aws:events:${scope.region}:${scope.account}:connection/${name}/${id}`;
}

/** `arn:aws:secretsmanager:REGION:ACCOUNT:secret:events!connection/NAME/UUID-abc123` */
export function connectionSecretArn(
  scope: Scope,
  { name, secretId }: { name: string; secretId: string },
): string {
  return `arn:aws:secretsmanager:${scope.region}:${scope.account}:secret:events!connection/${name}/${secretId}`;
}

/** `arn:aws:events:REGION:ACCOUNT:api-destination/NAME/UUID` */
export function apiDestinationArn(scope: Scope, { name, id }: { name: string; id: string }): string {
  return `arn:aws:events:${scope.region}:${scope.account}:api-destination/${name}/${id}`;
}

/** `arn:aws:events:REGION:ACCOUNT:endpoint/NAME` */
export function endpointArn(scope: Scope, endpointName: string): string {
  return `arn:aws:events:${scope.region}:${scope.account}:endpoint/${endpointName}`;
}

/** `arn:aws:events:REGION::event-source/NAME`: a partner event source belongs to no account. */
export function eventSourceArn(region: string, sourceName: string): string {
  return `arn:aws:events:${region}::event-source/${sourceName}`;
}

/** A rule of the default bus is `rule/NAME`, of any other `rule/BUS/NAME`. */
export function ruleArn(scope: Scope, busName: string, ruleName: string): string {
  const path = busName === 'default' ? ruleName : `${busName}/${ruleName}`;
  return `arn:aws:events:${scope.region}:${scope.account}:rule/${path}`;
}
