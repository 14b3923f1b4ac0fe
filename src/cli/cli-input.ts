import type { OptionValue } from './argument-parser.ts';
import { notThereYet, parameterError, validationError } from './errors.ts';
import { JsonTextError, parseJson } from './json-text.ts';
import { ParameterFileError, type ParameterFiles } from './parameter-file.ts';
import { type ParameterValue, plainObjects } from './parameter-value.ts';
import { pythonType } from './python-text.ts';

/**
 * The input that `--cli-input-json` holds, by the API's member names: JSON text, or the file that it names.
 * Undefined when the option is not there. Throws a CommandError, exit 252.
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html
 */
export async function readCliInput(
  options: ReadonlyMap<string, OptionValue>,
  files: ParameterFiles,
): Promise<ReadonlyMap<string, ParameterValue> | undefined> {
  const text = options.get('cli-input-json');
  const yaml = options.get('cli-input-yaml');
  if (text !== undefined && yaml !== undefined) {
    throw validationError('Only one --cli-input- parameter may be specified.');
  }
  if (yaml !== undefined) throw notThereYet('--cli-input-yaml', 'use --cli-input-json');
  if (typeof text !== 'string') return undefined;
  const input = parse((await fileContent(text, files)) ?? text);
  if (input instanceof Map) return input;
  throw parameterError('--cli-input-json', `Invalid type: expecting map, received ${pythonType(input)}`);
}

async function fileContent(text: string, files: ParameterFiles): Promise<string | undefined> {
  try {
    return await files.read(text);
  } catch (error) {
    if (error instanceof ParameterFileError) throw parameterError('--cli-input-json', error.message);
    throw error;
  }
}

function parse(text: string): ParameterValue {
  try {
    return plainObjects(parseJson(text));
  } catch (error) {
    // Without the dashes: that is how this one message names its option.
    if (error instanceof JsonTextError) throw parameterError('cli-input-json', 'Invalid JSON received.');
    throw error;
  }
}
