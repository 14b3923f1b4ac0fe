import type { Operation } from '../../api-model/api-model.ts';
import type { OptionValue } from '../argument-parser.ts';
import type { CommandIo } from '../command-io.ts';
import { inputMembers } from '../operations/operation-options.ts';
import { readCliInput } from './cli-input.ts';
import { readParameter } from './parameter.ts';
import { ParameterFiles } from './parameter-file.ts';
import type { ParameterValue } from './parameter-value.ts';

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
  for (const [name, value] of (await readCliInput(typed, files)) ?? []) {
    if (!parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}
