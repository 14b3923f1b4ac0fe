import { ServiceError } from '../domain/errors.ts';

/** Refuses, in AWS's words, what would be more than a quota allows. */
export function checkQuota(wanted: number, quota: number): void {
  if (wanted > quota) {
    throw new ServiceError(
      'LimitExceededException',
      'The requested resource exceeds the maximum number allowed.',
    );
  }
}
