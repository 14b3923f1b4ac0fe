import { parseArgs } from 'node:util';
import { type Setting, type SettingName, settings } from './config/settings.ts';
import {
  type AccessKey,
  ConfigError,
  matching,
  oneOf,
  portNumber,
  readAccessKeys,
  readClock,
  readPaths,
  readPrivateTargets,
  readQuotas,
  readSecretKey,
  readStore,
  requireLoopback,
  wholeNumber,
} from './config/values.ts';
import type { Quotas, WatchBounds } from './domain/limits.ts';

export { type Setting, settings } from './config/settings.ts';
export { ConfigError } from './config/values.ts';

const MEGABYTE = 1024 * 1024;

const LOG_LEVELS = ['info', 'warn', 'error', 'off'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

/** What a bus is started with. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Folder of the database; undefined keeps everything in memory, unless there is a store. */
  readonly data: string | undefined;
  /** URL of a store in NATS, with its secrets; undefined for the embedded database. */
  readonly store: string | undefined;
  readonly account: string;
  readonly region: string;
  /** Path of a credentials file; requests are then authenticated. */
  readonly credentials: string | undefined;
  /** Path of a policy that says what each access key may do. */
  readonly accessPolicy: string | undefined;
  /** Key pairs of the environment; requests are then authenticated. */
  readonly accessKeys: readonly AccessKey[] | undefined;
  /** Seals secrets, 32 bytes; undefined for one in the data folder. */
  readonly secretKey: Uint8Array | undefined;
  readonly log: LogLevel;
  /** Where a clock that is moved by hand begins, epoch milliseconds; undefined for the machine's clock. */
  readonly handClock: number | undefined;
  /** What of loopback and the private networks requests to targets may reach: all of it, or ranges such as `10.0.0.0/8`. */
  readonly privateTargets: 'all' | readonly string[];
  /** Folders below which files may be targets, absolute. */
  readonly fileTargets: readonly string[];
  /** Commands that may be targets, and folders of such, absolute. */
  readonly execTargets: readonly string[];
  /** AWS's quotas, or what stands in their place. */
  readonly quotas: Quotas;
  readonly watching: WatchBounds;
  /** Where to call an AWS service (by the SDKs' name for it: SQS); undefined for AWS itself. */
  readonly endpointOf: (service: string) => string | undefined;
  /** Whether the environment holds credentials for AWS. */
  readonly hasCredentials: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settings from the command line, then the environment, then the defaults. Throws ConfigError for what is
 * unknown or out of range.
 */
export function readConfig(args: readonly string[], env: Environment): Config {
  const flags = readFlags(args);
  const read = (name: SettingName): string =>
    flags[name] ?? env[settings[name].env] ?? settings[name].default;
  const memory = oneOf('memory', read('memory'), ['true', 'false']) === 'true';
  if (memory && flags.data !== undefined) {
    throw new ConfigError('--memory and --data exclude each other: leave one of them out.');
  }
  const store = readStore(read('store'));
  if (memory && store !== undefined) {
    throw new ConfigError('--memory and --store exclude each other: leave one of them out.');
  }
  const credentials = read('credentials') || undefined;
  const accessKeys = readAccessKeys(read('accessKeys'));
  if (credentials !== undefined && accessKeys !== undefined) {
    throw new ConfigError('--credentials and BUSBAR_ACCESS_KEYS exclude each other: leave one of them out.');
  }
  const accessPolicy = read('accessPolicy') || undefined;
  if (accessPolicy !== undefined && credentials === undefined && accessKeys === undefined) {
    throw new ConfigError(
      '--access-policy needs --credentials or BUSBAR_ACCESS_KEYS: without them nobody is known.',
    );
  }
  const host = read('host');
  if (credentials === undefined && accessKeys === undefined) requireLoopback(host);
  return {
    host,
    credentials,
    accessPolicy,
    accessKeys,
    port: portNumber(read('port')),
    data: memory ? undefined : read('data'),
    store,
    account: matching('account', read('account'), /^\d{12}$/, 'twelve digits'),
    region: matching('region', read('region'), /^[a-z]{2,}(-[a-z]+)+-\d+$/, 'a region such as us-east-1'),
    secretKey: readSecretKey(read('secretKey')),
    privateTargets: readPrivateTargets(read('privateTargets'), host),
    fileTargets: readPaths(read('fileTargets')),
    execTargets: readPaths(read('execTargets')),
    quotas: readQuotas(read('quotas'), oneOf('relaxed', read('relaxed'), ['true', 'false']) === 'true'),
    watching: {
      timelineHours: wholeNumber('timelineHours', read('timelineHours')),
      timelineBytes: wholeNumber('timelineMegabytes', read('timelineMegabytes')) * MEGABYTE,
      timelineRecords: wholeNumber('timelineRecords', read('timelineRecords')),
      tailReaders: wholeNumber('tailReaders', read('tailReaders')),
    },
    log: oneOf('log', read('log'), LOG_LEVELS),
    handClock: readClock(read('clock')),
    endpointOf: (service) => env[`AWS_ENDPOINT_URL_${service}`] ?? env['AWS_ENDPOINT_URL'],
    hasCredentials: env['AWS_ACCESS_KEY_ID'] !== undefined || env['AWS_PROFILE'] !== undefined,
  };
}

function readFlags(args: readonly string[]): Partial<Record<SettingName, string>> {
  const rows: [string, Setting][] = Object.entries(settings);
  const options = Object.fromEntries(
    rows.flatMap(([, { flag, value }]) =>
      flag === undefined
        ? []
        : [[flag, { type: value === undefined ? ('boolean' as const) : ('string' as const) }]],
    ),
  );
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
    return Object.fromEntries(
      rows.flatMap(([name, { flag }]) => {
        const given = flag === undefined ? undefined : values[flag];
        return given === undefined ? [] : [[name, String(given)]];
      }),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`${reason} \`busbar start --help\` lists the options.`);
  }
}
