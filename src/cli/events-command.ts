import type { Operation } from '../api-model/api-model.ts';
import { invalidChoice, type OptionValue, parseArguments, requireNothingMissing } from './argument-parser.ts';
import { loadAwsConfig } from './aws/aws-config.ts';
import { connectionSettings, maxAttempts } from './aws/connection-settings.ts';
import { type Endpoint, findEndpoint, findRegion, globalEndpoint } from './aws/endpoint.ts';
import { callService } from './call/service-call.ts';
import type { CommandIo } from './command-io.ts';
import { findCredentials } from './credentials/credentials.ts';
import { unknownOptions } from './errors.ts';
import type { GlobalOptions } from './global-options.ts';
import { operationNamed, operationOptions } from './operations/operation-options.ts';
import { pages } from './operations/paging.ts';
import { checkPaging, pagingOf } from './operations/paging-options.ts';
import { outputSettings, printAnswer, printJson, printOutputSkeleton, printPages } from './output/output.ts';
import { compactJson } from './output/output-json.ts';
import { pagedIo } from './output/pager.ts';
import { type Parameters, readParameters } from './parameters/operation-parameters.ts';
import { validateParameters } from './parameters/parameter-validation.ts';
import { inputSkeleton } from './parameters/skeleton.ts';
import { toWire } from './parameters/wire-value.ts';
import type { Query } from './query/query.ts';

/**
 * `busbar events …`: every operation of the API as a command, with the AWS CLI's options, checks (in its order)
 * and answers. `words` is what the global options left. Throws the CommandError to show.
 * AWS page: https://docs.aws.amazon.com/cli/latest/reference/events/
 */
export async function runEvents(
  words: readonly string[],
  options: GlobalOptions,
  { io, query }: { readonly io: CommandIo; readonly query: Query | undefined },
): Promise<void> {
  const command = await readCommand(words, options);
  if ('help' in command) {
    const { helpWidth } = await import('./terminal/help-width.ts');
    const paged = pagedIo(io, options, undefined);
    paged.io.stdout.write(command.help(helpWidth(io.stdout)));
    return paged.show();
  }
  const { operation, typed } = command;
  checkPaging(operation, typed, options.paginate);
  const parameters = await readParameters(operation, typed, io);
  const skeleton = typed.get('generate-cli-skeleton');
  if (skeleton === 'yaml-input') {
    const { yamlInputSkeleton } = await import('./parameters/skeleton-yaml.ts');
    const { memberSentence } = await import('./help/help.ts');
    const sampling = { random: randomOf(io), sentence: memberSentence(operation) };
    io.stdout.write(yamlInputSkeleton(operation.input, sampling));
    return;
  }
  if (skeleton === 'input') return printJson(inputSkeleton(operation.input, randomOf(io)), io);

  const config = loadAwsConfig(io, options);
  const regional = findEndpoint(options, config, io);
  const region = findRegion(options, config, { env: io.env, endpoint: regional });
  const settings = outputSettings(options, config, { io, query });
  const paging = pagingOf(operation, parameters, { typed, paginate: options.paginate });
  const global = globalEndpoint(parameters.get('EndpointId'), regional);
  const endpoint = global ?? regional;
  const attempts = maxAttempts(config, io.env);
  const now = new Date();
  validateParameters(paging?.parameters ?? parameters, operation.input, now);
  const paged = pagedIo(io, options, config);
  const output = { operation, settings, io: paged.io };
  if (skeleton === 'output') return printOutputSkeleton(output).then(paged.show);

  const callSettings = {
    endpoint,
    region,
    credentials: options.signRequest
      ? await findCredentials(config, io, { options, endpoint, region })
      : undefined,
    isGlobal: global !== undefined,
    connection: connectionSettings(options, config, { io, endpoint }),
    maxAttempts: attempts,
    random: randomOf(io),
    debug: options.debug ? io.stderr : undefined,
  };
  const call = (sent: Parameters) => callService(operation, bodyOf(operation, sent, now), callSettings);
  warnAboutSsl(options, endpoint, io);
  try {
    if (paging === undefined) await printAnswer(await call(parameters), output);
    else await printPages(pages(paging, call), paging.paginator, output);
  } finally {
    await paged.show();
  }
}

type Command =
  | { readonly help: (width: number) => string }
  | { readonly operation: Operation; readonly typed: ReadonlyMap<string, OptionValue> };

// First the operation, then its options: two passes over what the global options left.
async function readCommand(words: readonly string[], options: GlobalOptions): Promise<Command> {
  const service = parseArguments(words, [], { name: 'operation', optional: options.help });
  requireNothingMissing(service);
  const name = service.word ?? 'help';
  const operation = operationNamed(name);
  if (operation === undefined) {
    if (name !== 'help') throw await unknownOperation(name);
    return { help: (await import('./help/help.ts')).serviceHelp };
  }
  const helpOf = async () => {
    const { operationHelp } = await import('./help/help.ts');
    return { help: (width: number) => operationHelp(name, operation, width) };
  };
  if (options.help || (service.rest.length === 1 && service.rest[0] === 'help')) {
    return helpOf();
  }

  const known = operationOptions(operation, inputComesFromElsewhere(service.rest));
  const parsed = parseArguments(service.rest, known, { name: 'help', optional: true });
  requireNothingMissing(parsed);
  if (parsed.word === 'help') return helpOf();
  // The first free word stands where `help` might have: the AWS CLI names it last, and an empty one not at all.
  const unknown = parsed.word ? [...parsed.rest, parsed.word] : parsed.rest;
  if (unknown.length > 0) throw unknownOptions(unknown);
  return { operation, typed: parsed.values };
}

async function unknownOperation(name: string): Promise<Error> {
  const { operationsByCommand } = await import('./operations/operations-by-command.ts');
  return invalidChoice('operation', name, [...[...operationsByCommand.keys()].sort(), 'help']);
}

// Seen in the words themselves, as the AWS CLI does it: `--cli-input-json=…` in one word does not count.
function inputComesFromElsewhere(words: readonly string[]): boolean {
  const skeleton = words.indexOf('--generate-cli-skeleton');
  if (skeleton >= 0 && words[skeleton + 1] !== 'output') return true;
  return words.includes('--cli-input-json') || words.includes('--cli-input-yaml');
}

function bodyOf(operation: Operation, parameters: Parameters, now: Date): string {
  return compactJson(toWire(parameters, operation.input, now));
}

function randomOf(io: CommandIo): () => number {
  return io.random ?? Math.random;
}

function warnAboutSsl(options: GlobalOptions, { url }: Endpoint, io: CommandIo): void {
  if (options.verifySsl || url.protocol !== 'https:') return;
  io.stderr.write(
    `InsecureRequestWarning: Unverified HTTPS request is being made to host '${url.hostname}'. ` +
      'Adding certificate verification is strongly advised.\n',
  );
}
