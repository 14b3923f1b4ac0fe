import { type AwsConfig, profileSetting } from './aws-config.ts';
import type { CommandIo } from './command-io.ts';
import { configurationError, generalError } from './errors.ts';
import type { IniSection } from './ini.ts';
import { parseJson } from './json-text.ts';

/** What a request is signed with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

// Any signature will do for the local Busbar; these are nobody's.
const LOCAL: Credentials = { accessKeyId: 'busbar', secretAccessKey: 'busbar' };

// Sources that a profile can name and that are not read yet.
const NOT_READ = ['role_arn', 'sso_session', 'sso_start_url', 'web_identity_token_file', 'login_session'];

const NOT_READ_VARIABLES = [
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/**
 * The credentials: of a profile named with `--profile`, else of the environment, then of the shared credentials
 * file, the configuration file and its `credential_process`. Without any the local Busbar gets made-up ones.
 * Throws: exit 253 without credentials, 255 for half a pair and for sources that are not read.
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-authentication.html
 */
export async function findCredentials(
  config: AwsConfig,
  io: CommandIo,
  isLocalBusbar: boolean,
): Promise<Credentials> {
  const found =
    (config.profileIsExplicit ? undefined : ofEnvironment(io.env)) ??
    ofSection(config.credentials, 'shared-credentials-file') ??
    (await ofProcess(config)) ??
    ofSection(config.profile, 'config-file');
  if (found !== undefined) return found;
  if (isLocalBusbar) return LOCAL;
  const source = unreadSource(config, io.env);
  if (source !== undefined) {
    throw generalError(
      `Credentials from ${source} are not there yet in busbar: ` +
        'run `aws configure export-credentials --format env` and use what it prints.',
    );
  }
  throw configurationError(
    'NoCredentials',
    'Unable to locate credentials. You can configure credentials by running "aws configure".',
  );
}

// Where the AWS CLI would find credentials that are not looked for here.
function unreadSource(config: AwsConfig, env: CommandIo['env']): string | undefined {
  const key = NOT_READ.find((name) => profileSetting(config, name) !== undefined);
  return key === undefined
    ? NOT_READ_VARIABLES.find((name) => env[name])
    : `${key} (profile ${config.profileName})`;
}

function ofEnvironment(env: CommandIo['env']): Credentials | undefined {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  if (!accessKeyId) return undefined;
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'];
  if (!secretAccessKey) throw partial('env', 'AWS_SECRET_ACCESS_KEY');
  return withToken(accessKeyId, secretAccessKey, env['AWS_SECURITY_TOKEN'] || env['AWS_SESSION_TOKEN']);
}

function ofSection(section: IniSection, provider: string): Credentials | undefined {
  const accessKeyId = textOf(section, 'aws_access_key_id');
  if (accessKeyId === undefined) return undefined;
  const secretAccessKey = textOf(section, 'aws_secret_access_key');
  if (secretAccessKey === undefined) throw partial(provider, 'aws_secret_access_key');
  const token = textOf(section, 'aws_security_token') ?? textOf(section, 'aws_session_token');
  return withToken(accessKeyId, secretAccessKey, token);
}

async function ofProcess(config: AwsConfig): Promise<Credentials | undefined> {
  const command = profileSetting(config, 'credential_process');
  if (command === undefined) return undefined;
  const { execFile } = await import('node:child_process');
  const { promisify } = await import('node:util');
  const [program = '', ...args] = shellWords(command);
  try {
    const { stdout } = await promisify(execFile)(program, args);
    return credentialsOf(stdout);
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    const why = said === '' && error instanceof Error ? error.message : said;
    throw generalError(`Error when retrieving credentials from custom-process: ${why}`);
  }
}

function credentialsOf(text: string): Credentials {
  const answer = parseJson(text);
  const fields = answer instanceof Map ? answer : new Map();
  if (fields.get('Version') !== 1n) {
    throw new Error(
      `Unsupported version '${fields.get('Version')}' for credential process provider, supported versions: 1`,
    );
  }
  const { AccessKeyId: id, SecretAccessKey: secret, SessionToken: token } = Object.fromEntries(fields);
  if (typeof id !== 'string') throw new Error('Missing required key in response: AccessKeyId');
  if (typeof secret !== 'string') throw new Error('Missing required key in response: SecretAccessKey');
  return withToken(id, secret, typeof token === 'string' ? token : undefined);
}

function withToken(accessKeyId: string, secretAccessKey: string, sessionToken?: string): Credentials {
  return sessionToken ? { accessKeyId, secretAccessKey, sessionToken } : { accessKeyId, secretAccessKey };
}

function partial(provider: string, missing: string): Error {
  return generalError(`Partial credentials found in ${provider}, missing: ${missing}`, 'PartialCredentials');
}

function textOf(section: IniSection, key: string): string | undefined {
  const value = section.get(key);
  return typeof value === 'string' ? value : undefined;
}

// Words as a shell splits them, quotes taken off; nothing is expanded.
function shellWords(command: string): readonly string[] {
  const words = command.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? [];
  return words.map((word) =>
    word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g, (_, double, single, escaped) =>
      double === undefined ? (single ?? escaped) : double.replace(/\\(["\\])/g, '$1'),
    ),
  );
}
