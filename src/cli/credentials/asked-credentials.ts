import { type AwsConfig, profileSetting } from '../aws/aws-config.ts';
import { connectionSettings } from '../aws/connection-settings.ts';
import type { CommandIo } from '../command-io.ts';
import { type AskedSource, ssoSource, surroundingSource, webIdentitySource } from './asked-source.ts';
import { cacheFile, readCache, writeCache } from './credential-cache.ts';
import type { Credentials, CredentialUse } from './credentials.ts';
import { roleSource } from './role-source.ts';

// Credentials are asked for at AWS, wherever the bus is: certificates and proxies are those for its services.
const AWS = { url: new URL('https://sts.amazonaws.com'), isLocalBusbar: false };

/** The credentials of a role, a web identity or an SSO session, which come before those in files. */
export async function askBeforeFiles(
  config: AwsConfig,
  io: CommandIo,
  use: CredentialUse,
): Promise<Credentials | undefined> {
  const source = roleSource(config, io.env) ?? webIdentitySource(config, io.env) ?? ssoSource(config);
  return source === undefined ? undefined : ask(source, config, { io, use });
}

/** The credentials of `aws login`, which come after those of the shared credentials file. */
export async function askLogin(
  config: AwsConfig,
  io: CommandIo,
  use: CredentialUse,
): Promise<Credentials | undefined> {
  if (profileSetting(config, 'login_session') === undefined) return undefined;
  return ask({ kind: 'login', profile: config.profileName }, config, { io, use });
}

/** The credentials of the container or the machine, which come last. */
export async function askSurroundings(
  config: AwsConfig,
  io: CommandIo,
  use: CredentialUse,
): Promise<Credentials | undefined> {
  const source = surroundingSource(io.env);
  return source === undefined ? undefined : ask(source, config, { io, use });
}

async function ask(
  source: AskedSource,
  config: AwsConfig,
  { io, use }: { readonly io: CommandIo; readonly use: CredentialUse },
): Promise<Credentials | undefined> {
  const file = cacheFile(source, io.env);
  const kept = file === undefined ? undefined : readCache(file, Date.now());
  if (kept !== undefined) return kept;
  const { askProvider } = await import('./official-provider.ts');
  const { options, region } = use;
  const connection = connectionSettings(options, config, { io, endpoint: AWS });
  const given = await askProvider(source, { config, io, region, connection, debug: options.debug });
  if (file !== undefined && given !== undefined) writeCache(file, given, source);
  return given;
}
