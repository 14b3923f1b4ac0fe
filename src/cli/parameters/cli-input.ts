import type { OptionValue } from '../argument-parser.ts';
import { parameterError, validationError } from '../errors.ts';
import { pythonType } from '../python-text.ts';
import { JsonTextError, parseJson } from './json-text.ts';
import { ParameterFileError, type ParameterFiles } from './parameter-file.ts';
import { type ParameterValue, plainObjects } from './parameter-value.ts';

const KINDS = ['cli-input-json', 'cli-input-yaml'] as const;
type Kind = (typeof KINDS)[number];

/**
 * The input that `--cli-input-json` or `--cli-input-yaml` holds, by the API's member names: the text, or the file
 * that it names. Undefined when neither is there. Throws a CommandError, exit 252.
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html
 */
export async function readCliInput(
  options: ReadonlyMap<string, OptionValue>,
  files: ParameterFiles,
): Promise<ReadonlyMap<string, ParameterValue> | undefined> {
  const [kind, other] = KINDS.filter((name) => options.has(name));
  if (kind === undefined) return undefined;
  if (other !== undefined) throw validationError('Only one --cli-input- parameter may be specified.');
  const text = String(options.get(kind));
  const input = await parse(kind, (await fileContent(kind, text, files)) ?? text);
  if (input instanceof Map) return input;
  throw parameterError(`--${kind}`, `Invalid type: expecting map, received ${pythonType(input)}`);
}

async function fileContent(kind: Kind, text: string, files: ParameterFiles): Promise<string | undefined> {
  try {
    return (await files.read(text)) ?? (await files.readDash(text));
  } catch (error) {
    if (error instanceof ParameterFileError) throw parameterError(`--${kind}`, error.message);
    throw error;
  }
}

// The messages name their option without its dashes here.
async function parse(kind: Kind, text: string): Promise<ParameterValue> {
  if (kind === 'cli-input-yaml') {
    const { parseYaml, YamlTextError } = await import('./cli-input-yaml.ts');
    try {
      return await parseYaml(text);
    } catch (error) {
      throw error instanceof YamlTextError ? parameterError(kind, 'Invalid YAML received.') : error;
    }
  }
  try {
    return plainObjects(parseJson(text));
  } catch (error) {
    throw error instanceof JsonTextError ? parameterError(kind, 'Invalid JSON received.') : error;
  }
}
