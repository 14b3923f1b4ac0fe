import type { EventSourceState } from '../api-model/types.generated.ts';

/**
 * What a partner offers to one account in one region, as it is kept. Its state follows from this, from
 * whether the account has a matching event bus, and from the time.
 */
export interface PartnerEventSource {
  /** `aws.partner/PARTNER/…`; unique among what its account is offered. */
  readonly name: string;
  /** Account of the partner, who created it. */
  readonly partner: string;
  /** Account to which it is offered. */
  readonly account: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Since when it waits to be used, epoch milliseconds; undefined once it is. */
  readonly pendingSince?: number | undefined;
  /** Whether it waits although there is a matching event bus. */
  readonly deactivated?: boolean | undefined;
  /** Whether the partner took it back. */
  readonly deleted?: boolean | undefined;
}

/** How long a source waits before it is deleted: two weeks. */
const PENDING_MS = 14 * 24 * 60 * 60 * 1000;

/**
 * The state of a source; undefined when nothing is left of it. A deleted one is seen as long as its event bus
 * is there. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EventSource.html
 */
export function eventSourceState(
  source: PartnerEventSource,
  { hasBus, now }: { readonly hasBus: boolean; readonly now: number },
): EventSourceState | undefined {
  const waits = !hasBus || source.deactivated === true;
  const expiresAt = expirationTime(source);
  const expired = waits && expiresAt !== undefined && now >= expiresAt;
  if (source.deleted === true || expired) return hasBus ? 'DELETED' : undefined;
  return waits ? 'PENDING' : 'ACTIVE';
}

/** When a source that goes on waiting is deleted, epoch milliseconds. */
export function expirationTime({ pendingSince }: PartnerEventSource): number | undefined {
  return pendingSince === undefined ? undefined : pendingSince + PENDING_MS;
}

/** The name of the partner, as the name of the source tells it: `example.com`. */
export function partnerName(sourceName: string): string {
  return sourceName.split('/')[1] ?? '';
}
