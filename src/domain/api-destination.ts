import type { ApiDestinationHttpMethod, ApiDestinationState } from '../api-model/types.generated.ts';
import type { Connection } from './connection.ts';

/** An API destination as it is kept. Its name is unique in its account and region. */
export interface ApiDestination {
  readonly name: string;
  /** A UUID, the end of its ARN. */
  readonly id: string;
  readonly description?: string | undefined;
  readonly connectionArn: string;
  readonly invocationEndpoint: string;
  readonly httpMethod: ApiDestinationHttpMethod;
  readonly invocationRateLimitPerSecond: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

/** An API destination together with the connection that it names, undefined when that very one is gone. */
export interface ConnectedApiDestination {
  readonly destination: ApiDestination;
  readonly connection: Connection | undefined;
}

/** The state of an API destination is that of its connection; it is inactive when that is gone. */
export function apiDestinationState(connection: Connection | undefined): ApiDestinationState {
  return connection?.state === 'AUTHORIZED' || connection?.state === 'ACTIVE' ? 'ACTIVE' : 'INACTIVE';
}
