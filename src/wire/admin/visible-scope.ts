import { parseArn } from '../../domain/arn.ts';
import type { AdminRequest } from './admin-route.ts';

/** Whether the caller may see what an ARN names: what its account has, in whatever region. */
export function maySee(
  arn: string,
  { scope, seesAllAccounts }: Pick<AdminRequest, 'scope' | 'seesAllAccounts'>,
): boolean {
  return seesAllAccounts || parseArn(arn)?.account === scope.account;
}
