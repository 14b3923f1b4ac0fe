import type { ReplicationState, RoutingConfig } from '../api-model/types.generated.ts';

/**
 * A global endpoint as it is kept, in its primary Region: two event buses of one name in two Regions, the
 * second of which takes over when the first is ill. Its name is unique in its account and region.
 */
export interface Endpoint {
  readonly name: string;
  /** What PutEvents calls it, and the beginning of its URL: `abcde.veo`. */
  readonly endpointId: string;
  readonly description?: string | undefined;
  readonly routingConfig: RoutingConfig;
  readonly replicationState: ReplicationState;
  /** ARNs in the order in which they were given. */
  readonly eventBusArns: readonly string[];
  /** Needed where events are replicated. */
  readonly roleArn?: string | undefined;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}
