/**
 * AWS's quotas, with AWS's defaults. A user may set each one, or lift all of them.
 * AWS page: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
export interface Quotas {
  /** Sum of the sizes of a PutEvents request's entries. */
  readonly putEventsBytes: number;
  readonly eventBusesPerRegion: number;
  readonly rulesPerEventBus: number;
  readonly targetsPerRule: number;
  /** Length of a rule's event pattern. */
  readonly eventPatternCharacters: number;
  /** Length of an event bus's resource policy. */
  readonly policyCharacters: number;
  readonly tagsPerResource: number;
  readonly connectionsPerRegion: number;
  readonly apiDestinationsPerRegion: number;
  readonly endpointsPerRegion: number;
  /** Replays of an account and region that have not ended. */
  readonly activeReplays: number;
}

/** What keeps this process within bounds, with the units in the names. A few may be set, none is lifted. */
export interface Bounds extends WatchBounds {
  /** Body of one HTTP request. The largest that AWS's own limits can need, with room for JSON's escapes. */
  readonly requestBodyBytes: number;
  /** Bodies of all requests that are being read or answered, and answers that clients have not taken; more are throttled. */
  readonly bufferedBytes: number;
  /** Requests that may be under way at once; more are throttled, and those that take long to arrive cut off. */
  readonly concurrentRequests: number;
  /** Longest time that the head of a request may take to arrive. */
  readonly requestHeadMs: number;
  /** The same for all of it. */
  readonly requestMs: number;
  /** After so long without a byte either way, in the middle of a request or answer, a connection is cut. */
  readonly idleConnectionMs: number;
  /** How long a stop waits for clients that have begun a request. */
  readonly stopGraceMs: number;
  /** Most invocations of an API destination in a second; what it gets that asks for no rate of its own. */
  readonly apiDestinationInvocationsPerSecond: number;
  /** Items on a page of a list operation, where the request names no limit. */
  readonly pageItems: number;
  /** Deliveries that may be under way at once. */
  readonly concurrentInvocations: number;
  /** Deliveries to one target that may be under way at once. */
  readonly concurrentInvocationsPerTarget: number;
  /** A target that fails this often in a row, by its own fault, is paused. */
  readonly failuresBeforePause: number;
  /** Its first pause; each further one is twice as long. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /**
   * The longest input that a target's template may make, in UTF-16 code units. A short template can name a large
   * event hundreds of times; this is four of the largest events, and more than any target takes.
   */
  readonly targetInputCharacters: number;
  /** Longest wait for a target's answer. */
  readonly invocationTimeoutMs: number;
}

/** What is spent on watching, which an operator may want more of or less. */
export interface WatchBounds {
  /** How long the timeline remembers. */
  readonly timelineHours: number;
  /** Memory of the timeline; 0 remembers nothing. */
  readonly timelineBytes: number;
  /** Records of the timeline: an event is one, and each of its attempts two. */
  readonly timelineRecords: number;
  /** Readers of live events at the same time; more are turned away. */
  readonly tailReaders: number;
}

export type Limits = Quotas & Bounds;

export const defaultQuotas: Quotas = {
  putEventsBytes: 1024 * 1024,
  eventBusesPerRegion: 100,
  rulesPerEventBus: 300,
  targetsPerRule: 5,
  eventPatternCharacters: 2048,
  policyCharacters: 10_240,
  tagsPerResource: 50,
  connectionsPerRegion: 3000,
  apiDestinationsPerRegion: 3000,
  endpointsPerRegion: 100,
  activeReplays: 10,
};

/** The quotas of tests and of a developer's machine: none that anybody would meet. */
export const relaxedQuotas: Quotas = Object.fromEntries(
  Object.keys(defaultQuotas).map((name) => [name, Number.MAX_SAFE_INTEGER]),
) as unknown as Quotas;

export const defaultLimits: Limits = {
  ...defaultQuotas,
  requestBodyBytes: 16 * 1024 * 1024,
  bufferedBytes: 256 * 1024 * 1024,
  concurrentRequests: 4096,
  requestHeadMs: 10_000,
  requestMs: 60_000,
  idleConnectionMs: 120_000,
  stopGraceMs: 4000,
  apiDestinationInvocationsPerSecond: 300,
  pageItems: 100,
  concurrentInvocations: 512,
  concurrentInvocationsPerTarget: 128,
  failuresBeforePause: 5,
  firstPauseMs: 1000,
  longestPauseMs: 60_000,
  targetInputCharacters: 4 * 1024 * 1024,
  invocationTimeoutMs: 5000,
  // An event may be tried for a day: its beginning is still known at its end, and a day after.
  timelineHours: 48,
  timelineBytes: 32 * 1024 * 1024,
  timelineRecords: 100_000,
  tailReaders: 64,
};
