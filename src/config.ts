import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SystemClock } from './domain/clock.ts';
import {
  defaultLimits,
  defaultQuotas,
  type Quotas,
  relaxedQuotas,
  type WatchBounds,
} from './domain/limits.ts';

/** A setting as the table below describes it: one row gives the flag, the variable and the documentation. */
export interface Setting {
  /** Missing for what must not stand on a command line. */
  readonly flag?: string;
  readonly env: string;
  /** What stands for the value in help; a switch has none. */
  readonly value?: string;
  readonly default: string;
  readonly help: string;
}

const MEGABYTE = 1024 * 1024;

/** Every setting of `busbar start`. `docs/configuration.md` is generated from this table. */
export const settings = {
  host: {
    flag: 'host',
    env: 'BUSBAR_HOST',
    value: 'ADDRESS',
    default: '127.0.0.1',
    help: 'Address to listen on. Beyond loopback only with `--credentials` or `BUSBAR_ACCESS_KEYS`.',
  },
  port: {
    flag: 'port',
    env: 'BUSBAR_PORT',
    value: 'NUMBER',
    default: '4010',
    help: 'Port to listen on; 0 takes any free one and prints it.',
  },
  data: {
    flag: 'data',
    env: 'BUSBAR_DATA',
    value: 'FOLDER',
    default: './busbar-data',
    help: 'Folder of the embedded database; made when missing. With `--store`, of `secret.key` alone.',
  },
  store: {
    flag: 'store',
    env: 'BUSBAR_STORE',
    value: 'URL',
    default: '',
    help: 'Keep everything in NATS JetStream instead of the embedded database: `nats://HOST:PORT/NAME`, or `tls://`, with `USER:PASSWORD@` or `TOKEN@` before the host where needed (then better as the variable, since others can see command lines). See `docs/stores.md`.',
  },
  memory: {
    flag: 'memory',
    env: 'BUSBAR_MEMORY',
    default: 'false',
    help: 'Keep everything in memory: nothing survives a stop.',
  },
  account: {
    flag: 'account',
    env: 'BUSBAR_ACCOUNT',
    value: 'ID',
    default: '000000000000',
    help: 'Account of requests whose access key is not an account of twelve digits itself.',
  },
  region: {
    flag: 'region',
    env: 'BUSBAR_REGION',
    value: 'NAME',
    default: 'us-east-1',
    help: 'Region of requests that name none.',
  },
  credentials: {
    flag: 'credentials',
    env: 'BUSBAR_CREDENTIALS',
    value: 'FILE',
    default: '',
    help: 'File in the form of `~/.aws/credentials`: only requests signed with one of its keys are taken. A profile may name its `aws_account_id`. Read again when it changes.',
  },
  accessPolicy: {
    flag: 'access-policy',
    env: 'BUSBAR_ACCESS_POLICY',
    value: 'FILE',
    default: '',
    help: "What each access key may do: a policy in AWS's language whose principals are `arn:aws:iam::ACCOUNT:user/ACCESS-KEY-ID`. What it does not allow is denied. Without it, every known key may do everything.",
  },
  accessKeys: {
    env: 'BUSBAR_ACCESS_KEYS',
    default: '',
    help: 'The same without a file: `ID:SECRET` or `ID:SECRET:ACCOUNT`, separated by commas. It has no flag, since others can see command lines.',
  },
  secretKey: {
    env: 'BUSBAR_SECRET_KEY',
    default: '',
    help: 'Key that seals the secrets of connections where they are kept: 32 bytes in base64 or hex. Without it, `secret.key` in the data folder, made with the first start. It has no flag, since others can see command lines.',
  },
  privateTargets: {
    flag: 'private-targets',
    env: 'BUSBAR_PRIVATE_TARGETS',
    value: 'RANGES',
    default: '',
    help: 'Loopback and private addresses that HTTP and NATS targets, API destinations and authorization endpoints may lead to: `all`, `none`, or ranges as in `10.0.0.0/8,fd00::/8`. Left out, all while Busbar listens on loopback, else none. Link-local addresses and the metadata services of clouds are never reached.',
  },
  fileTargets: {
    flag: 'file-targets',
    env: 'BUSBAR_FILE_TARGETS',
    value: 'FOLDERS',
    default: '',
    help: 'Folders below which `file:///….jsonl` targets may be written, separated by commas. Without it there are no such targets.',
  },
  execTargets: {
    flag: 'exec-targets',
    env: 'BUSBAR_EXEC_TARGETS',
    value: 'COMMANDS',
    default: '',
    help: 'Commands that `exec:` targets may run, or folders of such, separated by commas. Who may put targets runs them as the user that Busbar runs as, with arguments of their own choice: an interpreter among them allows everything. Without it there are no such targets.',
  },
  relaxed: {
    flag: 'relaxed',
    env: 'BUSBAR_RELAXED',
    default: 'false',
    help: "Lift AWS's quotas (buses, rules, targets, sizes …), as tests may want it.",
  },
  quotas: {
    flag: 'quotas',
    env: 'BUSBAR_QUOTAS',
    value: 'LIST',
    default: '',
    help: `Quotas other than AWS's own, as in \`rulesPerEventBus=1000,targetsPerRule=10\`. There are: ${Object.entries(
      defaultQuotas,
    )
      .map(([name, value]) => `\`${name}\` (${value})`)
      .join(', ')}.`,
  },
  clock: {
    flag: 'clock',
    env: 'BUSBAR_CLOCK',
    value: 'KIND',
    default: 'system',
    help: "`system`, or `hand` for tests: a clock that stands still until `/_busbar/clock` moves it. `hand` begins at the machine's time, `hand@2026-01-02T03:04:05Z` at that one.",
  },
  timelineHours: {
    flag: 'timeline-hours',
    env: 'BUSBAR_TIMELINE_HOURS',
    value: 'HOURS',
    default: String(defaultLimits.timelineHours),
    help: 'How long it is remembered, in memory, what became of each event.',
  },
  timelineMegabytes: {
    flag: 'timeline-megabytes',
    env: 'BUSBAR_TIMELINE_MEGABYTES',
    value: 'NUMBER',
    default: String(defaultLimits.timelineBytes / MEGABYTE),
    help: 'Memory for that, in MiB; the oldest is forgotten first. 0 remembers nothing, and then there is no tail.',
  },
  timelineRecords: {
    flag: 'timeline-records',
    env: 'BUSBAR_TIMELINE_RECORDS',
    value: 'NUMBER',
    default: String(defaultLimits.timelineRecords),
    help: 'Most records of that: an event is one, each attempt to deliver it two.',
  },
  tailReaders: {
    flag: 'tail-readers',
    env: 'BUSBAR_TAIL_READERS',
    value: 'NUMBER',
    default: String(defaultLimits.tailReaders),
    help: 'Most readers of live events at the same time.',
  },
  log: {
    flag: 'log',
    env: 'BUSBAR_LOG',
    value: 'LEVEL',
    default: 'info',
    help: 'How much to say on standard error: info, warn, error or off.',
  },
} as const satisfies Readonly<Record<string, Setting>>;

const LOG_LEVELS = ['info', 'warn', 'error', 'off'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

/** A key pair of the configuration. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly account?: string | undefined;
}

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

/** A setting that can't be used; the message says which, why, and what would do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;
type SettingName = keyof typeof settings;

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

function readQuotas(text: string, relaxed: boolean): Quotas {
  const base = relaxed ? relaxedQuotas : defaultQuotas;
  const settled = text.split(',').flatMap((part) => {
    if (part.trim() === '') return [];
    const [name = '', value = ''] = part.split('=').map((side) => side.trim());
    if (!Object.hasOwn(defaultQuotas, name)) {
      throw new ConfigError(
        `There is no quota "${name}". There are: ${Object.keys(defaultQuotas).join(', ')}.`,
      );
    }
    if (!/^\d{1,15}$/.test(value)) {
      throw new ConfigError(`The quota ${name} must be a whole number, but is "${value}".`);
    }
    return [[name, Number(value)] as const];
  });
  return { ...base, ...Object.fromEntries(settled) };
}

function oneOf<T extends string>(name: SettingName, text: string, values: readonly T[]): T {
  const value = values.find((candidate) => candidate === text);
  if (value === undefined) throw wrong(name, text, `one of ${values.join(', ')}`);
  return value;
}

function matching(name: SettingName, text: string, form: RegExp, wanted: string): string {
  if (!form.test(text)) throw wrong(name, text, wanted);
  return text;
}

function readClock(text: string): number | undefined {
  if (text === 'system') return undefined;
  if (text === 'hand') return new SystemClock().now();
  const [, start = ''] = /^hand@(\d{4}-\d\d-\d\dT\d\d:\d\d.*)$/.exec(text) ?? [];
  const time = Date.parse(start);
  if (Number.isNaN(time)) {
    throw wrong('clock', text, 'system, hand, or hand@ and a time such as hand@2026-01-02T03:04:05Z');
  }
  return time;
}

function readStore(text: string): string | undefined {
  if (text === '') return undefined;
  if (/^(nats|tls):\/\//.test(text)) return text;
  // What was given stays out of the message: it may hold a password.
  throw new ConfigError(
    `--store (or ${settings.store.env}) must be a URL as in nats://127.0.0.1:4222/busbar.`,
  );
}

function wholeNumber(name: SettingName, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw wrong(name, text, 'a whole number');
  return Number(text);
}

function portNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw wrong('port', text, 'a number from 0 to 65535');
  return Number(text);
}

function requireLoopback(host: string): void {
  if (isLoopback(host)) return;
  throw new ConfigError(
    `Busbar does not listen on ${host} without knowing who may call: name a credentials file with --credentials (or BUSBAR_CREDENTIALS), or listen on a loopback address (127.0.0.1, ::1).`,
  );
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Who can reach Busbar from elsewhere must not reach through it what only this machine can. */
function readPrivateTargets(text: string, host: string): 'all' | readonly string[] {
  if (text === '') return isLoopback(host) ? 'all' : [];
  if (text === 'all') return 'all';
  if (text === 'none') return [];
  const ranges = text.split(',').map((range) => range.trim());
  if (!ranges.every(isRange))
    throw wrong('privateTargets', text, 'all, none, or ranges as in 10.0.0.0/8,fd00::/8');
  return ranges;
}

function isRange(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : undefined;
  if (bits === undefined || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
}

function readPaths(text: string): readonly string[] {
  return text.split(',').flatMap((path) => (path.trim() === '' ? [] : [resolve(path.trim())]));
}

const ACCESS_KEY = /^([^:,\s]+):([^:,\s]+)(?::(\d{12}))?$/;

function readAccessKeys(text: string): readonly AccessKey[] | undefined {
  if (text.trim() === '') return undefined;
  return text.split(',').map((part) => {
    const [, accessKeyId, secretAccessKey, account] = ACCESS_KEY.exec(part.trim()) ?? [];
    if (accessKeyId === undefined || secretAccessKey === undefined) {
      // The text is not repeated: it may hold a secret.
      throw new ConfigError(
        'BUSBAR_ACCESS_KEYS must be ID:SECRET or ID:SECRET:ACCOUNT (twelve digits), separated by commas.',
      );
    }
    return { accessKeyId, secretAccessKey, account };
  });
}

function wrong(name: SettingName, text: string, wanted: string): ConfigError {
  const { flag, env }: Setting = settings[name];
  return new ConfigError(
    `${flag === undefined ? env : `--${flag} (or ${env})`} must be ${wanted}, but is "${text}".`,
  );
}

function readSecretKey(text: string): Uint8Array | undefined {
  if (text === '') return undefined;
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  if (/^[\w+/-]{43}=?$/.test(text)) return Buffer.from(text, 'base64');
  // What was given stays out of the message: it may be a key with a slip in it.
  throw new ConfigError(
    `${settings.secretKey.env} must be 32 bytes in base64 or hex, as \`openssl rand -base64 32\` makes them.`,
  );
}
