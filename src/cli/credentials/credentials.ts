import { type AwsConfig, profileSetting, textOf } from '../aws/aws-config.ts';
import type { Endpoint } from '../aws/endpoint.ts';
import type { IniSection } from '../aws/ini.ts';
import type { CommandIo } from '../command-io.ts';
import { configurationError, generalError } from '../errors.ts';
import type { GlobalOptions } from '../global-options.ts';
import { parseJson } from '../parameters/json-text.ts';

/** What a request is signed with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When they end, in epoch milliseconds; left out for those that last. */
  readonly expiresAtMs?: number;
}

/** Where credentials are wanted for. */
export interface CredentialUse {
  readonly options: GlobalOptions;
  readonly endpoint: Endpoint;
  readonly region: string;
}

// Any signature will do for the local Busbar; these are nobody's.
const LOCAL: Credentials = { accessKeyId: 'busbar', secretAccessKey: 'busbar' };

/**
 * The credentials, from the first of: the environment (unless `--profile` names a profile), a role, a web identity or
 * an SSO session that the profile names, the shared credentials file, a login session, `credential_process`, the
 * configuration file, the container, the machine. The local Busbar is no reason to ask anybody: without credentials
 * at hand it gets made-up ones.
 * Throws: exit 253 without credentials, 254 when a service refuses to give them, 255 for half a pair and for
 * everything else that goes wrong on the way.
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-authentication.html
 */
export async function findCredentials(
  config: AwsConfig,
  io: CommandIo,
  use: CredentialUse,
): Promise<Credentials> {
  const fromEnvironment = config.profileIsExplicit ? undefined : ofEnvironment(io.env);
  if (fromEnvironment !== undefined) return fromEnvironment;
  const asked = use.endpoint.isLocalBusbar ? undefined : await import('./asked-credentials.ts');
  const found =
    (await asked?.askBeforeFiles(config, io, use)) ??
    ofSection(config.credentials, 'shared-credentials-file') ??
    (await asked?.askLogin(config, io, use)) ??
    (await ofProcess(config)) ??
    ofSection(config.profile, 'config-file');
  if (found !== undefined) return found;
  if (use.endpoint.isLocalBusbar) return LOCAL;
  const fromSurroundings = await asked?.askSurroundings(config, io, use);
  if (fromSurroundings !== undefined) return fromSurroundings;
  throw configurationError(
    'NoCredentials',
    'Unable to locate credentials. You can configure credentials by running "aws configure".',
  );
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
      `Unsupported version '${fields.get('Version') ?? '<Version key not provided>'}' for credential process provider, supported versions: 1`,
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

// Words as a shell splits them, quotes taken off; nothing is expanded.
function shellWords(command: string): readonly string[] {
  const words = command.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? [];
  return words.map((word) =>
    word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g, (_, double, single, escaped) =>
      double === undefined ? (single ?? escaped) : double.replace(/\\(["\\])/g, '$1'),
    ),
  );
}
