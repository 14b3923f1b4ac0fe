import { ServiceError } from '../domain/errors.ts';

interface Filters {
  readonly namePrefix?: string | undefined;
  readonly eventSourceArn?: string | undefined;
  readonly state?: string | undefined;
}

/** Refuses a list request with more than one filter, as AWS does for archives and replays. */
export function refuseSeveralFilters(operation: string, request: Filters): void {
  const filters = [request.namePrefix, request.eventSourceArn, request.state];
  if (filters.filter((filter) => filter !== undefined).length > 1) {
    throw new ServiceError(
      'ValidationException',
      `At most one filter is allowed for ${operation}. Use either : State, EventSourceArn, or NamePrefix.`,
    );
  }
}
