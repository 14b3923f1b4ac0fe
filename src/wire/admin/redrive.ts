import { MOST_REDRIVES, type Redrive } from '../../bus/redrives.ts';
import type { FailedDelivery } from '../../domain/delivery.ts';
import type { AdminContext } from './admin-context.ts';
import { AdminError } from './admin-error.ts';
import { type AdminAnswer, type AdminRequest, type AdminRoute, json } from './admin-route.ts';
import { isoTime } from './event-story.ts';
import { visibleFailed } from './failed.ts';
import { failedFilter } from './failed-filter.ts';

const MOST_IDS = 1000;

const IDS_AT_ONCE = 50;

const ACCEPTED = 202;

/** Failed deliveries, owed once more: some by their ids, or all that a filter finds, in the background. */
export const startRedrive: AdminRoute = {
  method: 'POST',
  path: '/_busbar/redrive',
  action: 'StartRedrive',
  async answer(request, context) {
    const order = readOrder(request.body);
    return 'ids' in order ? redriveIds(order.ids, request, context) : redriveAll(order, request, context);
  },
};

/** Redrives that run in the background, or did. */
export const listRedrives: AdminRoute = {
  method: 'GET',
  path: '/_busbar/redrives',
  action: 'ListRedrives',
  answer: async (request, { redrives }) =>
    json({
      redrives: redrives
        .list()
        .filter((redrive) => isOwn(redrive, request))
        .map(shown),
    }),
};

/** How far one is. */
export const getRedrive: AdminRoute = {
  method: 'GET',
  path: '/_busbar/redrives/{id}',
  action: 'GetRedrive',
  answer: async (request, context) => json(shown(ownRedrive(request, context))),
};

/** Ends one that runs. */
export const cancelRedrive: AdminRoute = {
  method: 'POST',
  path: '/_busbar/redrives/{id}/cancel',
  action: 'CancelRedrive',
  async answer(request, context) {
    const { id, state } = ownRedrive(request, context);
    if (state !== 'running') throw new AdminError(409, `The redrive ${id} has ended: it is ${state}.`);
    context.redrives.cancel(id);
    return json(shown(ownRedrive(request, context)));
  },
};

async function redriveIds(
  ids: readonly string[],
  request: AdminRequest,
  { failedDeliveries, clock }: AdminContext,
): Promise<AdminAnswer> {
  const unknown: string[] = [];
  let redriven = 0;
  // In pieces: each comes with its event, and meanwhile others have a turn.
  for (let at = 0; at < ids.length; at += IDS_AT_ONCE) {
    const known: FailedDelivery[] = [];
    for (const id of ids.slice(at, at + IDS_AT_ONCE)) {
      const failed = await visibleFailed(id, request, failedDeliveries);
      if (failed === undefined) unknown.push(id);
      else known.push(failed);
    }
    if (known.length > 0) redriven += await failedDeliveries.redrive(known, clock.now());
    await new Promise(setImmediate);
  }
  return json({ redriven, unknown });
}

function redriveAll(order: All, request: AdminRequest, { redrives }: AdminContext): AdminAnswer {
  const { rate, ...wish } = order;
  const { account } = request.scope;
  const redrive = redrives.start({ ...failedFilter(wish, request), account, rate });
  if (redrive === undefined) {
    throw new AdminError(429, `${MOST_REDRIVES} redrives run already: wait for one, or cancel it.`);
  }
  return json(shown(redrive), ACCEPTED);
}

function ownRedrive(request: AdminRequest, { redrives }: AdminContext): Redrive {
  const { id = '' } = request.parameters;
  const redrive = redrives.get(id);
  if (redrive !== undefined && isOwn(redrive, request)) return redrive;
  throw new AdminError(404, `There is no redrive ${id}, or it is not remembered any more.`);
}

function isOwn({ account }: Redrive, { scope, seesAllAccounts }: AdminRequest): boolean {
  return seesAllAccounts || account === scope.account;
}

function shown(redrive: Redrive): object {
  const { id, state, startedAt, endedAt, rate, owner, targetId, errorCode, redriven, message } = redrive;
  return {
    redriveId: id,
    state,
    startedAt: isoTime(startedAt),
    endedAt: endedAt === undefined ? undefined : isoTime(endedAt),
    rate,
    ruleArn: owner,
    targetId,
    errorCode,
    redriven,
    message,
  };
}

interface All {
  readonly rule: string | undefined;
  readonly bus: string | undefined;
  readonly target: string | undefined;
  readonly error: string | undefined;
  readonly rate: number | undefined;
}

const FORMS = 'Say { "ids": [ … ] }, or { "all": true } with rule, bus, target, error or rate.';
const FILTERS = ['rule', 'bus', 'target', 'error'] as const;

function readOrder(body: string): { readonly ids: readonly string[] } | All {
  const { ids, all, rate, ...filters } = parsed(body);
  if (ids !== undefined) {
    if (all !== undefined || rate !== undefined || Object.keys(filters).length > 0) {
      throw new AdminError(400, `By ids or all, not both. ${FORMS}`);
    }
    return { ids: readIds(ids) };
  }
  if (all !== true) throw new AdminError(400, FORMS);
  const unknown = Object.keys(filters).find((name) => !(FILTERS as readonly string[]).includes(name));
  if (unknown !== undefined) throw new AdminError(400, `There is no member "${unknown}". ${FORMS}`);
  const text = (name: (typeof FILTERS)[number]) => textOf(filters[name], name);
  return {
    rule: text('rule'),
    bus: text('bus'),
    target: text('target'),
    error: text('error'),
    rate: readRate(rate),
  };
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Told below, together with what would do.
  }
  throw new AdminError(400, FORMS);
}

function readIds(value: unknown): readonly string[] {
  const isList = Array.isArray(value) && value.every((id) => typeof id === 'string');
  if (!isList) throw new AdminError(400, 'ids must be a list of strings.');
  if (value.length > MOST_IDS) throw new AdminError(400, `At most ${MOST_IDS} ids fit into a request.`);
  return [...new Set<string>(value)];
}

function textOf(value: unknown, name: string): string | undefined {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw new AdminError(400, `${name} must be a string.`);
}

function readRate(value: unknown): number | undefined {
  if (value === undefined || (typeof value === 'number' && value > 0 && value <= 1_000_000)) return value;
  throw new AdminError(400, 'rate must be a number of deliveries a second, above 0.');
}
