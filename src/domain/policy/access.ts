import { type AccessRequest, evaluatePolicy } from './evaluate-policy.ts';
import type { Policy } from './policy.ts';

/** A resource as access to it is decided. */
export interface GuardedResource {
  /** Account that owns it, twelve digits. */
  readonly owner: string;
  readonly policy: Policy | undefined;
}

/**
 * Why a request is refused, in AWS's words; undefined when it is not. The owner's account needs no Allow, for
 * Busbar knows no identity policies and takes them to allow everything; a Deny stops it all the same.
 */
export function refuseAccess(request: AccessRequest, { owner, policy }: GuardedResource): string | undefined {
  const verdict = policy === undefined ? 'silent' : evaluatePolicy(policy, request);
  if (verdict === 'allowed') return undefined;
  const { caller, action, resource } = request;
  if (verdict === 'silent' && caller.account === owner) return undefined;
  const reason =
    verdict === 'denied'
      ? 'with an explicit deny in a resource-based policy'
      : `because no resource-based policy allows the ${action} action`;
  const who = caller.arn ?? caller.service ?? caller.account ?? 'anonymous';
  return `User: ${who} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
}
