import type { ActionContext } from '../actions/action.ts';
import type { OperationName } from '../api-model/types.generated.ts';
import { ServiceError } from '../domain/errors.ts';
import { evaluatePolicy } from '../domain/policy/evaluate-policy.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Scope } from '../domain/scope.ts';
import { type Access, accessOf } from './operation-access.ts';

/** A request that somebody signed: who, and what it asks for. */
export interface SignedCall {
  readonly accessKeyId: string;
  readonly context: ActionContext;
  readonly operation: OperationName;
  /** Decoded and valid by the model. */
  readonly request: Readonly<Record<string, unknown>>;
}

/** Whose key signed a request. */
export interface Signer {
  readonly accessKeyId: string;
  readonly scope: Scope;
}

/**
 * What each access key may do, as the operator of this Busbar wrote it down: a policy in AWS's language whose
 * principals are `arn:aws:iam::ACCOUNT:user/ACCESS-KEY-ID`. What it does not allow is denied.
 *
 * AWS page: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-manage-iam-access.html
 */
export class AccessPolicy {
  readonly #policy: Policy;

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  /** Throws AccessDeniedException when the policy does not allow the whole of the request. */
  authorize(call: SignedCall): void {
    const { scope } = call.context;
    this.check(
      { accessKeyId: call.accessKeyId, scope },
      `events:${call.operation}`,
      accessOf(call.operation, call.request, call.context),
    );
  }

  /** Throws AccessDeniedException when the policy does not allow an action on each of some resources. */
  check({ accessKeyId, scope }: Signer, action: string, accesses: readonly Access[]): void {
    const arn = `arn:aws:iam::${scope.account}:user/${accessKeyId}`;
    for (const { resource, keys } of accesses) {
      const verdict = evaluatePolicy(this.#policy, {
        caller: { account: scope.account, arn },
        action,
        resource,
        keys: { 'aws:RequestedRegion': scope.region, ...keys },
      });
      if (verdict === 'allowed') continue;
      const reason =
        verdict === 'denied'
          ? 'with an explicit deny in an identity-based policy'
          : `because no identity-based policy allows the ${action} action`;
      throw new ServiceError(
        'AccessDeniedException',
        `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
      );
    }
  }
}
