/** All that the doctor looks at. Members are named as on the wire, where they are the API's. */
export interface Inventory {
  /** Epoch milliseconds, on the bus. */
  readonly now: number;
  readonly eventBuses: readonly ListedEventBus[];
  readonly rules: readonly ListedRule[];
  readonly archives: readonly ListedArchive[];
  readonly connections: readonly ListedConnection[];
  readonly apiDestinations: readonly ListedApiDestination[];
  /** What could not be looked at, each a sentence's end with its reason. */
  readonly notLookedAt: readonly string[];
}

export interface ListedEventBus {
  readonly Name: string;
  readonly Arn: string;
}

/** A rule with its targets. */
export interface ListedRule {
  readonly Name: string;
  readonly Arn: string;
  readonly EventBusName: string;
  readonly State: string;
  readonly EventPattern?: string;
  readonly ScheduleExpression?: string;
  readonly Description?: string;
  readonly RoleArn?: string;
  readonly ManagedBy?: string;
  readonly targets: readonly WireTarget[];
}

/** A target by the API's names. */
export interface WireTarget {
  readonly Id: string;
  readonly Arn: string;
  readonly DeadLetterConfig?: { readonly Arn?: string };
  readonly [member: string]: unknown;
}

export interface ListedArchive {
  readonly ArchiveName: string;
  readonly EventSourceArn: string;
  readonly State: string;
  readonly StateReason?: string;
  readonly RetentionDays?: number;
  readonly EventPattern?: string;
}

export interface ListedConnection {
  readonly Name: string;
  readonly ConnectionArn: string;
  readonly ConnectionState: string;
  readonly StateReason?: string;
  readonly AuthorizationType: string;
}

export interface ListedApiDestination {
  readonly Name: string;
  readonly ApiDestinationArn: string;
  readonly ApiDestinationState: string;
  readonly ConnectionArn: string;
  readonly InvocationEndpoint: string;
  readonly HttpMethod: string;
}

/** Whether a rule is at work: not switched off, and not an AWS service's own. */
export function isAtWork({ State, ManagedBy }: ListedRule): boolean {
  return State !== 'DISABLED' && ManagedBy === undefined;
}
