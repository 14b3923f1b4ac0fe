import { namedBus } from '../../actions/named.ts';
import type { FailedFilter } from '../../bus/failed-deliveries.ts';
import { parseArn, ruleArn } from '../../domain/arn.ts';
import { AdminError } from './admin-error.ts';
import type { AdminRequest } from './admin-route.ts';
import { maySee } from './visible-scope.ts';

/** What narrows failed deliveries down, as a request says it. */
export interface FailedWish {
  /** Name or ARN. */
  readonly rule: string | undefined;
  /** The event bus of a rule that is named. */
  readonly bus: string | undefined;
  readonly target: string | undefined;
  readonly error: string | undefined;
}

/** The filter that a wish means for this caller. Throws AdminError for a rule of an account that it may not see. */
export function failedFilter(wish: FailedWish, request: AdminRequest): FailedFilter {
  const owner = wish.rule === undefined ? undefined : ownerOf(wish.rule, wish.bus, request);
  if (owner !== undefined && !maySee(owner, request)) {
    throw new AdminError(404, `Rule ${wish.rule} does not exist.`);
  }
  return {
    owner,
    targetId: wish.target,
    errorCode: wish.error,
    isWanted: (arn) => maySee(arn, request),
  };
}

function ownerOf(rule: string, bus: string | undefined, { scope }: AdminRequest): string {
  if (parseArn(rule) !== undefined) return rule;
  const named = namedBus(bus, scope);
  return ruleArn(named.scope, named.name, rule);
}
