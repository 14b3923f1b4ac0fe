import { type Operation, paginators } from '../api-model/api-model.ts';
import type { OptionValue } from './argument-parser.ts';
import { readCliInput } from './cli-input.ts';
import type { CommandIo } from './command-io.ts';
import { notThereYet, validationError } from './errors.ts';
import { inputMembers } from './operation-options.ts';
import { readParameter } from './parameter.ts';
import { ParameterFiles } from './parameter-file.ts';
import type { ParameterValue } from './parameter-value.ts';
import { pythonInt } from './python-text.ts';

/** The input of a call by the API's member names, before it is validated. */
export type Parameters = ReadonlyMap<string, ParameterValue>;

type Typed = ReadonlyMap<string, OptionValue>;

/**
 * The input of a call: options in the model's order, then the members that `--cli-input-json` adds to them.
 * Throws the CommandError of the first that can't be read.
 */
export async function readParameters(operation: Operation, typed: Typed, io: CommandIo): Promise<Parameters> {
  const files = new ParameterFiles(io);
  const parameters = new Map<string, ParameterValue>();
  for (const member of inputMembers(operation)) {
    const value = typed.get(member.option.key);
    if (value !== undefined) parameters.set(member.name, await readParameter(member, value, files));
  }
  for (const [name, value] of pagingParameters(operation, typed)) parameters.set(name, value);
  for (const [name, value] of (await readCliInput(typed, files)) ?? []) {
    if (!parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}

/** Refuses paging options that contradict each other (exit 252), and those that are not there yet. */
export function checkPaging(operation: Operation, typed: Typed, paginate: boolean): void {
  const paginator = paginators.get(operation.name);
  if (paginator === undefined) return;
  const byHand = typed.has(paginator.limit_key) || typed.has(paginator.input_token);
  const used = ['starting-token', 'page-size', 'max-items'].filter((name) => typed.has(name));
  if ((byHand || !paginate) && used.length > 0) {
    const flags = used.map((name) => `--${name}`).join(', ');
    throw validationError(`Cannot specify --no-paginate along with pagination arguments: ${flags}`);
  }
  if (typed.has('max-items')) throw notThereYet('--max-items', 'use --limit and --next-token');
}

function pagingParameters(operation: Operation, typed: Typed): Parameters {
  const paginator = paginators.get(operation.name);
  const parameters = new Map<string, ParameterValue>();
  if (paginator === undefined) return parameters;
  const size = typed.get('page-size');
  const token = typed.get('starting-token');
  if (typeof size === 'string') parameters.set(paginator.limit_key, pythonInt(size));
  if (typeof token === 'string') parameters.set(paginator.input_token, token);
  return parameters;
}
