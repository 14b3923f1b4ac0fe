import {
  type CommandOption,
  type OptionValue,
  type ParsedArguments,
  parseArguments,
} from './argument-parser.ts';
import { validationError } from './errors.ts';
import { pythonInt } from './python-text.ts';

/** The options that every operation knows, in the order in which messages list them. */
export const globalOptions: readonly CommandOption[] = [
  { flag: '--debug', key: 'debug', takes: 'none', bare: true },
  { flag: '--endpoint-url', key: 'endpointUrl', takes: 'one' },
  { flag: '--no-verify-ssl', key: 'noVerifySsl', takes: 'none', bare: true },
  { flag: '--no-paginate', key: 'noPaginate', takes: 'none', bare: true },
  {
    flag: '--output',
    key: 'output',
    takes: 'one',
    choices: ['json', 'text', 'table', 'yaml', 'yaml-stream', 'off'],
  },
  { flag: '--query', key: 'query', takes: 'one' },
  { flag: '--profile', key: 'profile', takes: 'one' },
  { flag: '--region', key: 'region', takes: 'one' },
  { flag: '--version', key: 'version', takes: 'none', bare: true },
  { flag: '--color', key: 'color', takes: 'one', choices: ['on', 'off', 'auto'] },
  { flag: '--no-sign-request', key: 'noSignRequest', takes: 'none', bare: true },
  { flag: '--ca-bundle', key: 'caBundle', takes: 'one' },
  { flag: '--cli-read-timeout', key: 'readTimeout', takes: 'one' },
  { flag: '--cli-connect-timeout', key: 'connectTimeout', takes: 'one' },
  {
    flag: '--cli-binary-format',
    key: 'binaryFormat',
    takes: 'one',
    choices: ['base64', 'raw-in-base64-out'],
  },
  { flag: '--no-cli-pager', key: 'noCliPager', takes: 'none', bare: true },
  { flag: '--cli-auto-prompt', key: 'cliAutoPrompt', takes: 'none', bare: true },
  { flag: '--no-cli-auto-prompt', key: 'noCliAutoPrompt', takes: 'none', bare: true },
  {
    flag: '--cli-error-format',
    key: 'errorFormat',
    takes: 'one',
    choices: ['enhanced', 'json', 'yaml', 'text', 'table', 'legacy'],
  },
  { flag: '--help', key: 'help', takes: 'none', bare: true },
];

/** What the global options of a command line say; undefined where they say nothing. */
export interface GlobalOptions {
  readonly debug: boolean;
  readonly help: boolean;
  readonly version: boolean;
  readonly endpointUrl: string | undefined;
  readonly verifySsl: boolean;
  readonly paginate: boolean;
  readonly output: string | undefined;
  readonly query: string | undefined;
  readonly profile: string | undefined;
  readonly region: string | undefined;
  /** Of tables: on, off, or auto. */
  readonly color: string | undefined;
  readonly signRequest: boolean;
  readonly caBundle: string | undefined;
  /** Seconds, as text. */
  readonly readTimeout: string | undefined;
  /** Seconds, as text. */
  readonly connectTimeout: string | undefined;
  readonly errorFormat: string | undefined;
  /** Whether answers are shown without a pager. */
  readonly noPager: boolean;
}

/** The first pass over a command line: the global options, wherever they stand, and the command. */
export function parseGlobalOptions(
  words: readonly string[],
  commands: readonly string[],
): { readonly options: GlobalOptions; readonly parsed: ParsedArguments } {
  const parsed = parseArguments(words, globalOptions, { name: 'command', choices: commands });
  const { values } = parsed;
  const options: GlobalOptions = {
    debug: values.has('debug'),
    help: values.has('help'),
    version: values.has('version'),
    endpointUrl: text(values, 'endpointUrl'),
    verifySsl: !values.has('noVerifySsl'),
    paginate: !values.has('noPaginate'),
    output: text(values, 'output'),
    query: text(values, 'query'),
    // An empty name is what a script without one leaves behind.
    profile: text(values, 'profile') || undefined,
    region: text(values, 'region'),
    color: text(values, 'color'),
    signRequest: !values.has('noSignRequest'),
    caBundle: text(values, 'caBundle'),
    readTimeout: text(values, 'readTimeout'),
    connectTimeout: text(values, 'connectTimeout'),
    errorFormat: text(values, 'errorFormat'),
    noPager: values.has('noCliPager'),
  };
  return { options, parsed };
}

/**
 * The checks that come before the operation is looked at. Throws: exit 252 for an endpoint without a scheme, 255 for
 * a timeout that is no number.
 */
export function checkGlobalOptions(options: GlobalOptions): void {
  if (options.endpointUrl !== undefined && !/^\s*[a-z][a-z0-9+.-]*:/i.test(options.endpointUrl)) {
    throw validationError(
      `Bad value for --endpoint-url "${options.endpointUrl}": scheme is missing.  Must be of the form ` +
        'http://<hostname>/ or https://<hostname>/',
    );
  }
  if (options.connectTimeout !== undefined) pythonInt(options.connectTimeout);
  if (options.readTimeout !== undefined) pythonInt(options.readTimeout);
}

function text(values: ReadonlyMap<string, OptionValue>, key: string): string | undefined {
  const value = values.get(key);
  return typeof value === 'string' ? value : undefined;
}
