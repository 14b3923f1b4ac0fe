import type { FailedDelivery } from '../../domain/delivery.ts';
import { AdminError } from './admin-error.ts';
import { type AdminRequest, type AdminRoute, json } from './admin-route.ts';
import { isoTime } from './event-story.ts';
import { failedFilter } from './failed-filter.ts';
import { JsonText } from './json-answer.ts';
import { maySee } from './visible-scope.ts';

const USUAL_PAGE = 100;
const MOST_ON_A_PAGE = 1000;

/** Deliveries that were given up and are kept, page by page. */
export const listFailed: AdminRoute = {
  method: 'GET',
  path: '/_busbar/failed',
  query: ['rule', 'bus', 'target', 'error', 'after', 'max'],
  action: 'ListFailedDeliveries',
  async answer(request, { failedDeliveries }) {
    const of = (name: string) => request.query.get(name) || undefined;
    const wish = { rule: of('rule'), bus: of('bus'), target: of('target'), error: of('error') };
    const page = { after: of('after'), max: maxOf(of('max')) };
    try {
      const { failed, next } = await failedDeliveries.list(failedFilter(wish, request), page);
      return json({ failed: failed.map(shown), next });
    } catch (error) {
      if (error instanceof RangeError) throw new AdminError(400, `after: ${error.message}`);
      throw error;
    }
  },
};

/** One of them, with its event. */
export const getFailed: AdminRoute = {
  method: 'GET',
  path: '/_busbar/failed/{id}',
  action: 'GetFailedDelivery',
  async answer(request, { failedDeliveries, findTarget }) {
    const { id = '' } = request.parameters;
    const failed = await visibleFailed(id, request, failedDeliveries);
    if (failed === undefined) throw new AdminError(404, `There is no failed delivery ${id}.`);
    const targetArn = findTarget(failed.owner, failed.targetId)?.arn;
    return json({ ...shown(failed), targetArn, event: new JsonText(failed.event.envelope) });
  },
};

/** A failed delivery, if there is one that the caller may see. */
export async function visibleFailed(
  id: string,
  request: AdminRequest,
  deliveries: { readonly find: (id: string) => Promise<FailedDelivery | undefined> },
): Promise<FailedDelivery | undefined> {
  const failed = await deliveries.find(id);
  return failed !== undefined && maySee(failed.owner, request) ? failed : undefined;
}

function shown({ id, event, owner, targetId, attempts, failedAt, error }: FailedDelivery): object {
  return {
    id,
    eventId: event.id,
    eventBusArn: event.busArn,
    ruleArn: owner,
    targetId,
    attempts,
    failedAt: isoTime(failedAt),
    error,
  };
}

function maxOf(text: string | undefined): number {
  if (text === undefined) return USUAL_PAGE;
  const max = Number(text);
  if (/^\d{1,4}$/.test(text) && max >= 1 && max <= MOST_ON_A_PAGE) return max;
  throw new AdminError(400, `max must be a whole number from 1 to ${MOST_ON_A_PAGE}.`);
}
