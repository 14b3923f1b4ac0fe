import { parseArn } from '../../domain/arn.ts';
import type { LeasedDelivery } from '../../domain/delivery.ts';

/**
 * What a resource is called in a call: its name where it belongs to the account of the rule or to AWS itself, its whole
 * ARN where another account shares it.
 */
export function nameOrArn(arn: string, name: string, { owner }: Pick<LeasedDelivery, 'owner'>): string {
  const account = parseArn(arn)?.account ?? '';
  return account === '' || account === parseArn(owner)?.account ? name : arn;
}

/** The part of an ARN's resource behind its kind: `NAME` of `pipeline/NAME` and of `cluster:NAME`. */
export function resourceName(arn: string): string {
  const { resource = '' } = parseArn(arn) ?? {};
  return resource.slice(resource.search(/[/:]/) + 1);
}
