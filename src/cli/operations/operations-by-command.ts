import { type Operation, operations } from '../../api-model/api-model.ts';
import { optionName } from './operation-options.ts';

/** Every operation by the name under which it is typed, in alphabetical order. */
export const operationsByCommand: ReadonlyMap<string, Operation> = new Map(
  [...operations.values()].map((operation) => [optionName(operation.name), operation]),
);
