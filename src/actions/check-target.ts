import type { Target } from '../api-model/types.generated.ts';
import { ServiceError } from '../domain/errors.ts';

/** Refuses a target that is wrong in itself, or that Busbar could not deliver to: better now than later. */
export function checkTarget(target: Target, refuseTarget: (arn: string) => string | undefined): void {
  const inputs = [target.input, target.inputPath, target.inputTransformer];
  if (inputs.filter((input) => input !== undefined).length > 1) {
    throw invalid(
      `Only one of Input, InputPath, or InputTransformer must be provided for target ${target.id}.`,
    );
  }
  if (target.inputPath !== undefined || target.inputTransformer !== undefined) {
    throw new ServiceError(
      'NotImplementedException',
      `Busbar does not implement InputPath and InputTransformer yet: target ${target.id} can take the whole event or a constant Input.`,
    );
  }
  if (target.input !== undefined && target.input !== '' && !isJson(target.input)) {
    const shown = JSON.stringify(target.input);
    throw invalid(
      `JSON syntax error in input for target ${target.id}: [Source: (String)${shown}; line: 1, column: 1]`,
    );
  }
  const refusal = refuseTarget(target.arn);
  if (refusal !== undefined) throw invalid(refusal);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
