import type { AwsConfig } from '../aws/aws-config.ts';
import { configuredEndpoint } from '../aws/endpoint.ts';
import type { Connection } from '../call/http-exchange.ts';
import type { CommandIo } from '../command-io.ts';
import { generalError } from '../errors.ts';
import type { AskedSource } from './asked-source.ts';
import type { Credentials } from './credentials.ts';
import { ExchangeHandler } from './exchange-handler.ts';
import { providerError } from './provider-error.ts';

/** What asking for credentials needs besides where. */
export interface AskSettings {
  readonly config: AwsConfig;
  readonly io: CommandIo;
  readonly region: string;
  readonly connection: Connection;
  /** Whether the provider's own messages go to standard error. */
  readonly debug: boolean;
}

const CONTAINER = { timeout: 1000, maxRetries: 2 };

/**
 * Asks a source for credentials by the official provider of the AWS SDK, which reads the environment of this process.
 * Undefined when the machine has no role. Throws a CommandError in the AWS CLI's words: exit 254 when a service
 * refuses, 255 for everything else.
 */
export async function askProvider(
  source: AskedSource,
  settings: AskSettings,
): Promise<Credentials | undefined> {
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  const { io, region, connection, debug } = settings;
  const handler = new ExchangeHandler(connection);
  const client = { requestHandler: handler, ...endpointOf(source, settings) };
  const provide = defaultProvider({
    ...initOf(source, settings),
    clientConfig: client,
    parentClientConfig: { ...client, region },
    logger: loggerTo(debug ? io.stderr : undefined),
  });
  try {
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = await provide({
      callerClientConfig: { region: async () => region },
    });
    return {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      ...(expiration === undefined ? {} : { expiresAtMs: expiration.getTime() }),
    };
  } catch (error) {
    // Most machines are none of AWS's.
    if (source.kind === 'iam-role') return undefined;
    throw providerError(error, source, { handler, config: settings.config });
  }
}

// The provider has an order of its own, which is not the AWS CLI's: it is told so much that it has no choice.
function initOf(source: AskedSource, { config, io }: AskSettings) {
  const files = { filepath: config.credentialsPath, configFilepath: config.configPath };
  const { devNull } = process.getBuiltinModule('node:os');
  const noFiles = { filepath: devNull, configFilepath: devNull, profile: config.profileName };
  // An empty name keeps it from the environment's.
  const noToken = { webIdentityTokenFile: '' };
  switch (source.kind) {
    case 'assume-role':
      return { ...files, ...noToken, profile: source.profile, mfaCodeProvider: mfaCodeFrom(io) };
    case 'login':
      return { ...files, ...noToken, profile: source.profile };
    case 'sso':
      return {
        ...files,
        profile: source.profile,
        ssoStartUrl: source.sso.startUrl,
        ssoRegion: source.sso.region,
        ssoAccountId: source.sso.accountId,
        ssoRoleName: source.sso.roleName,
        ...(source.sso.session === undefined ? {} : { ssoSession: source.sso.session }),
      };
    case 'assume-role-with-web-identity': {
      const { RoleArn: roleArn, RoleSessionName: roleSessionName } = source.role;
      const name = roleSessionName === undefined ? {} : { roleSessionName };
      return { ...noFiles, webIdentityTokenFile: source.tokenFile, roleArn, ...name };
    }
    case 'container-role':
      return { ...noFiles, ...noToken, ...CONTAINER };
    case 'iam-role':
      return { ...noFiles, ...noToken, ...machineLimits(io.env) };
  }
}

function machineLimits(env: CommandIo['env']) {
  return {
    timeout: (Number(env['AWS_METADATA_SERVICE_TIMEOUT']) || 1) * 1000,
    maxRetries: (Number(env['AWS_METADATA_SERVICE_NUM_ATTEMPTS']) || 1) - 1,
  };
}

// The endpoint that the profile in use names; those of the environment the SDK finds by itself.
function endpointOf({ kind }: AskedSource, { config, io }: AskSettings) {
  const service = kind === 'sso' ? 'sso' : 'sts';
  const endpoint = configuredEndpoint(service, config, io.env);
  return endpoint === undefined || kind === 'login' ? {} : { endpoint };
}

function mfaCodeFrom(io: CommandIo): (serial: string) => Promise<string> {
  return async (serial) => {
    const code = await io.askSecret?.(`Enter MFA code for ${serial}: `);
    if (code !== undefined) return code;
    throw generalError(
      `The role wants a code of the MFA device ${serial}, and there is no terminal to ask for it on.`,
      'MfaRequired',
    );
  };
}

// Without one its warnings would go to standard output.
function loggerTo(sink: CommandIo['stderr'] | undefined) {
  const write = (...parts: readonly unknown[]) => {
    sink?.write(`${parts.map(String).join(' ')}\n`);
  };
  return { trace: () => undefined, debug: write, info: write, warn: write, error: write };
}
