import type { Target } from '../api-model/types.generated.ts';
import { ServiceError } from '../domain/errors.ts';
import { inputFault } from '../domain/input/index.ts';

/** Refuses a target that is wrong in itself, or that Busbar could not deliver to: better now than later. */
export function checkTarget(target: Target, refuseTarget: (arn: string) => string | undefined): void {
  const fault = inputFault(target) ?? refuseTarget(target.arn);
  if (fault !== undefined) throw new ServiceError('ValidationException', fault);
}
