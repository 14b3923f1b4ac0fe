import { defaultLimits, defaultQuotas } from '../domain/limits.ts';
import { port, region } from './local-address.ts';

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
    ...port,
    value: 'NUMBER',
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
    ...region,
    value: 'NAME',
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

export type SettingName = keyof typeof settings;
