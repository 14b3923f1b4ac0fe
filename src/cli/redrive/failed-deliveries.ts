import type { BusClient } from '../bus/bus-client.ts';

/** A delivery that was given up, as `GET /_busbar/failed` tells of it. */
export interface FailedDelivery {
  readonly id: string;
  readonly eventId: string;
  readonly eventBusArn: string;
  readonly ruleArn: string;
  readonly targetId: string;
  readonly attempts: number;
  /** ISO 8601. */
  readonly failedAt: string;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Which failed deliveries are meant; what is undefined narrows nothing down. */
export interface FailedFilter {
  /** Of rules that are given by name. */
  readonly bus: string | undefined;
  /** Name or ARN. */
  readonly rule: string | undefined;
  readonly target: string | undefined;
  /** An error code. */
  readonly error: string | undefined;
}

/** What there is of failed deliveries, up to a number of them. */
export interface FailedList {
  readonly failed: readonly FailedDelivery[];
  readonly hasMore: boolean;
}

const PAGE = 1000;

/** The first `max` failed deliveries that a filter finds. Throws a CommandError. */
export async function listFailed(bus: BusClient, filter: FailedFilter, max: number): Promise<FailedList> {
  const failed: FailedDelivery[] = [];
  let after: string | undefined;
  do {
    const query = { ...filter, after, max: String(Math.min(PAGE, max - failed.length)) };
    const page = await bus.adminJson<{
      readonly failed: readonly FailedDelivery[];
      readonly next?: string;
    }>('GET', '/_busbar/failed', { query });
    failed.push(...page.failed);
    after = page.next;
  } while (after !== undefined && failed.length < max);
  return { failed, hasMore: after !== undefined };
}

/** One failed delivery; undefined when there is none of that id. Throws a CommandError. */
export async function findFailed(bus: BusClient, id: string): Promise<FailedDelivery | undefined> {
  try {
    return await bus.adminJson<FailedDelivery>('GET', `/_busbar/failed/${encodeURIComponent(id)}`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'Http404') return undefined;
    throw error;
  }
}
