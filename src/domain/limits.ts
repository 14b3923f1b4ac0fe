/** Bounds on everything, with their units in their names. Where AWS has a quota, it is the default. */
export interface Limits {
  /** Body of one HTTP request. The largest that AWS's own limits can need, with room for JSON's escapes. */
  readonly requestBodyBytes: number;
  /** Sum of the sizes of a PutEvents request's entries. */
  readonly putEventsBytes: number;
  /** Bodies of all requests that are being read or answered, together; more are throttled. */
  readonly bufferedRequestBytes: number;
  /** Requests that may be under way at once; more are throttled. */
  readonly concurrentRequests: number;
  /** How long a stop waits for clients that have begun a request. */
  readonly stopGraceMs: number;
  readonly eventBusesPerRegion: number;
  readonly rulesPerEventBus: number;
  readonly targetsPerRule: number;
  /** Length of an event bus's resource policy. */
  readonly policyCharacters: number;
  readonly tagsPerResource: number;
  readonly connectionsPerRegion: number;
  readonly apiDestinationsPerRegion: number;
  /** Most invocations of an API destination in a second; what it gets that asks for no rate of its own. */
  readonly apiDestinationInvocationsPerSecond: number;
  readonly endpointsPerRegion: number;
  /** Replays of an account and region that have not ended. */
  readonly activeReplays: number;
  /** Items on a page of a list operation, where the request names no limit. */
  readonly pageItems: number;
  /** Deliveries that may be under way at once. */
  readonly concurrentInvocations: number;
  /** Longest wait for a target's answer. */
  readonly invocationTimeoutMs: number;
}

/** AWS pages: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html, API_PutEvents.html */
export const defaultLimits: Limits = {
  requestBodyBytes: 16 * 1024 * 1024,
  putEventsBytes: 1024 * 1024,
  bufferedRequestBytes: 256 * 1024 * 1024,
  concurrentRequests: 4096,
  stopGraceMs: 10_000,
  eventBusesPerRegion: 100,
  rulesPerEventBus: 300,
  targetsPerRule: 5,
  policyCharacters: 10_240,
  tagsPerResource: 50,
  connectionsPerRegion: 3000,
  apiDestinationsPerRegion: 3000,
  apiDestinationInvocationsPerSecond: 300,
  endpointsPerRegion: 100,
  activeReplays: 10,
  pageItems: 100,
  concurrentInvocations: 128,
  invocationTimeoutMs: 5000,
};
