import { type Operation, paginators } from '../api-model/api-model.ts';
import { type OptionValue, parseArguments, requireNothingMissing } from './argument-parser.ts';
import { type AwsConfig, loadAwsConfig, profileSetting } from './aws-config.ts';
import { readCliInput } from './cli-input.ts';
import type { CommandIo } from './command-io.ts';
import { connectionSettings, maxAttempts } from './connection-settings.ts';
import { findCredentials } from './credentials.ts';
import { type Endpoint, findEndpoint, findRegion } from './endpoint.ts';
import { generalError, notThereYet, unknownOptions, validationError } from './errors.ts';
import type { GlobalOptions } from './global-options.ts';
import { operationHelp, serviceHelp } from './help.ts';
import { inputMembers, operationOptions, operationsByCommand } from './operation-options.ts';
import { compactJson, indentedJson } from './output-json.ts';
import { readParameter } from './parameter.ts';
import { ParameterFiles } from './parameter-file.ts';
import { validateParameters } from './parameter-validation.ts';
import type { ParameterValue } from './parameter-value.ts';
import { pythonInt } from './python-text.ts';
import { callService } from './service-call.ts';
import { inputSkeleton, outputSkeleton } from './skeleton.ts';
import { fromWire, toWire } from './wire-value.ts';

type Parameters = ReadonlyMap<string, ParameterValue>;

/**
 * `busbar events …`: every operation of the API as a command, with the AWS CLI's options, checks (in its order)
 * and answers. `words` is what the global options left. Answers 0, or throws the CommandError to show.
 * AWS page: https://docs.aws.amazon.com/cli/latest/reference/events/
 */
export async function runEvents(
  words: readonly string[],
  options: GlobalOptions,
  io: CommandIo,
): Promise<number> {
  const command = chooseOperation(words, options);
  if (command === 'help') return print(serviceHelp(), io);
  const { name, operation, rest } = command;
  if (options.help || (rest.length === 1 && rest[0] === 'help'))
    return print(operationHelp(name, operation), io);

  const typed = readOptions(operation, rest);
  if (typed === 'help') return print(operationHelp(name, operation), io);
  checkPaging(operation, typed, options);
  const parameters = await readParameters(operation, typed, io);
  const skeleton = typed.get('generate-cli-skeleton');
  if (skeleton === 'yaml-input') throw notThereYet('--generate-cli-skeleton yaml-input', 'use input');
  if (skeleton === 'input') return printJson(inputSkeleton(operation.input, io.random ?? Math.random), io);

  const config = loadAwsConfig(io, options);
  const endpoint = findEndpoint(options, config, io);
  const region = findRegion(options, config, { env: io.env, endpoint });
  const output = outputFormat(options, config, io);
  checkEndpointId(parameters, options, endpoint);
  const now = new Date();
  validateParameters(parameters, operation.input, now);
  if (skeleton === 'output') return printAnswer(outputSkeletonOf(operation), io);

  const answer = await callService(operation, compactJson(toWire(parameters, operation.input, now)), {
    endpoint,
    region,
    credentials: options.signRequest ? await findCredentials(config, io, endpoint.isLocalBusbar) : undefined,
    connection: connectionSettings(options, config, { io, endpoint }),
    maxAttempts: maxAttempts(config, io.env),
    random: io.random ?? Math.random,
    debug: options.debug ? io.stderr : undefined,
  });
  warnAboutSsl(options, endpoint, io);
  if (output !== 'json') throw generalError(`Unknown output type: ${output}`);
  const keepTimes = profileSetting(config, 'cli_timestamp_format') === 'wire';
  return printAnswer(shownAnswer(operation, answer, keepTimes), io);
}

function chooseOperation(
  words: readonly string[],
  options: GlobalOptions,
): 'help' | { readonly name: string; readonly operation: Operation; readonly rest: readonly string[] } {
  const names = [...operationsByCommand.keys(), 'help'].sort();
  const parsed = parseArguments(words, [], { name: 'operation', choices: names, optional: options.help });
  requireNothingMissing(parsed);
  const operation = operationsByCommand.get(parsed.word ?? '');
  if (parsed.word === undefined || operation === undefined) return 'help';
  return { name: parsed.word, operation, rest: parsed.rest };
}

function readOptions(
  operation: Operation,
  words: readonly string[],
): 'help' | ReadonlyMap<string, OptionValue> {
  const known = operationOptions(operation, inputComesFromElsewhere(words));
  const parsed = parseArguments(words, known, { name: 'help', optional: true });
  requireNothingMissing(parsed);
  if (parsed.word === 'help') return 'help';
  // The first free word stands where `help` might have: the AWS CLI names it last, and an empty one not at all.
  const unknown = parsed.word ? [...parsed.rest, parsed.word] : parsed.rest;
  if (unknown.length > 0) throw unknownOptions(unknown);
  return parsed.values;
}

// Seen in the words themselves, as the AWS CLI does it: `--cli-input-json=…` in one word does not count.
function inputComesFromElsewhere(words: readonly string[]): boolean {
  const skeleton = words.indexOf('--generate-cli-skeleton');
  if (skeleton >= 0 && words[skeleton + 1] !== 'output') return true;
  return words.includes('--cli-input-json') || words.includes('--cli-input-yaml');
}

function checkPaging(
  operation: Operation,
  typed: ReadonlyMap<string, OptionValue>,
  options: GlobalOptions,
): void {
  const paginator = paginators.get(operation.name);
  if (paginator === undefined) return;
  const byHand = typed.has(paginator.limit_key) || typed.has(paginator.input_token);
  const used = ['starting-token', 'page-size', 'max-items'].filter((name) => typed.has(name));
  if ((byHand || !options.paginate) && used.length > 0) {
    const flags = used.map((name) => `--${name}`).join(', ');
    throw validationError(`Cannot specify --no-paginate along with pagination arguments: ${flags}`);
  }
  if (typed.has('max-items')) throw notThereYet('--max-items', 'use --limit and --next-token');
}

// Options in the model's order, then what the input JSON adds to them.
async function readParameters(
  operation: Operation,
  typed: ReadonlyMap<string, OptionValue>,
  io: CommandIo,
): Promise<Parameters> {
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

function pagingParameters(operation: Operation, typed: ReadonlyMap<string, OptionValue>): Parameters {
  const paginator = paginators.get(operation.name);
  const parameters = new Map<string, ParameterValue>();
  const size = typed.get('page-size');
  const token = typed.get('starting-token');
  if (paginator !== undefined && typeof size === 'string')
    parameters.set(paginator.limit_key, pythonInt(size));
  if (paginator !== undefined && typeof token === 'string') parameters.set(paginator.input_token, token);
  return parameters;
}

// A format that is configured is questioned after the call when it does not exist, and before it when it does
// but Busbar can't print it: a call should not be made for an answer that is lost.
function outputFormat(options: GlobalOptions, config: AwsConfig, io: CommandIo): string {
  const format =
    options.output ?? (io.env['AWS_DEFAULT_OUTPUT'] || profileSetting(config, 'output') || 'json');
  if (['text', 'table', 'yaml', 'yaml-stream', 'off'].includes(format)) {
    throw notThereYet(`the configured output format ${format}`, 'use --output json');
  }
  return format;
}

// Global endpoints are signed for all regions at once (SigV4a), which is not there yet.
function checkEndpointId(parameters: Parameters, options: GlobalOptions, endpoint: Endpoint): void {
  const id = parameters.get('EndpointId');
  if (typeof id !== 'string' || endpoint.isLocalBusbar) return;
  if (!id.split('.').every((label) => /^(?!-)[a-zA-Z0-9-]{1,63}(?<!-)$/.test(label))) {
    throw generalError('Invalid endpoint configuration: EndpointId must be a valid host label.');
  }
  if (options.signRequest)
    throw notThereYet('--endpoint-id', 'requests to global endpoints are signed in another way');
}

function warnAboutSsl(options: GlobalOptions, { url }: Endpoint, io: CommandIo): void {
  if (options.verifySsl || url.protocol !== 'https:') return;
  io.stderr.write(
    `InsecureRequestWarning: Unverified HTTPS request is being made to host '${url.hostname}'. ` +
      'Adding certificate verification is strongly advised.\n',
  );
}

function outputSkeletonOf(operation: Operation): ParameterValue {
  return operation.output === undefined ? new Map() : outputSkeleton(operation.output);
}

function shownAnswer(operation: Operation, answer: Parameters, keepTimes: boolean): ParameterValue {
  return operation.output === undefined ? new Map() : fromWire(answer, operation.output, keepTimes);
}

function printAnswer(value: ParameterValue, io: CommandIo): number {
  return value instanceof Map && value.size === 0 ? 0 : printJson(value, io);
}

function printJson(value: ParameterValue, io: CommandIo): number {
  return print(`${indentedJson(value)}\n`, io);
}

function print(text: string, io: CommandIo): number {
  io.stdout.write(text);
  return 0;
}
