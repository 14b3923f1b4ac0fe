import { type AwsConfig, profileSetting, textOf } from '../aws/aws-config.ts';
import type { IniSection } from '../aws/ini.ts';
import type { CommandIo } from '../command-io.ts';
import { generalError } from '../errors.ts';

/** The arguments of AssumeRole by the names of STS; what is undefined is not sent. */
export interface AssumedRole {
  readonly RoleArn: string;
  readonly RoleSessionName: string | undefined;
  readonly ExternalId?: string | undefined;
  readonly SerialNumber?: string | undefined;
  readonly DurationSeconds?: number | undefined;
}

/** A session of IAM Identity Center, as a profile describes it. */
export interface SsoRole {
  readonly startUrl: string;
  readonly region: string;
  readonly accountId: string;
  readonly roleName: string;
  /** The name of the `sso-session` section; undefined for the form without one. */
  readonly session: string | undefined;
}

/** A place that has to be asked for credentials, over the network as a rule. */
export type AskedSource =
  | { readonly kind: 'assume-role'; readonly profile: string; readonly role: AssumedRole }
  | {
      readonly kind: 'assume-role-with-web-identity';
      readonly tokenFile: string;
      readonly role: AssumedRole;
    }
  | { readonly kind: 'sso'; readonly profile: string; readonly sso: SsoRole }
  | { readonly kind: 'login'; readonly profile: string }
  | { readonly kind: 'container-role'; readonly where: string }
  | { readonly kind: 'iam-role' };

/**
 * The web identity of the environment, where no profile is named, else of the profile. Throws (exit 255) when there
 * is a token but no role.
 * AWS page: https://docs.aws.amazon.com/sdkref/latest/guide/access-assume-role-web.html
 */
export function webIdentitySource(config: AwsConfig, env: CommandIo['env']): AskedSource | undefined {
  const read = (variable: string, key: string) =>
    (config.profileIsExplicit ? undefined : env[variable]) ?? profileSetting(config, key);
  const tokenFile = read('AWS_WEB_IDENTITY_TOKEN_FILE', 'web_identity_token_file');
  if (!tokenFile) return undefined;
  const roleArn = read('AWS_ROLE_ARN', 'role_arn');
  if (roleArn) {
    const role = { RoleArn: roleArn, RoleSessionName: read('AWS_ROLE_SESSION_NAME', 'role_session_name') };
    return { kind: 'assume-role-with-web-identity', tokenFile, role };
  }
  // The AWS CLI leaves the space out, too.
  throw generalError(
    'The provided profile or the current environment is configured to assume role with web identity but has no ' +
      'role ARN configured. Ensure that the profile has the role_arnconfiguration set or the AWS_ROLE_ARN env var is set.',
    'InvalidConfig',
  );
}

const SSO_OF_PROFILE = ['sso_role_name', 'sso_account_id'];
const SSO_OF_SESSION = ['sso_start_url', 'sso_region'];

/**
 * The session of IAM Identity Center that the profile names, in the form with an `sso-session` section or in the one
 * without. Throws (exit 255) for a section that is not there or says something else than the profile, and for missing
 * settings.
 * AWS page: https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 */
export function ssoSource(config: AwsConfig): AskedSource | undefined {
  const name = config.profileName;
  const profile = config.profileNamed(name) ?? new Map();
  if (!SSO_OF_PROFILE.some((key) => profile.has(key))) return undefined;
  const session = textOf(profile, 'sso_session');
  const settings = session === undefined ? profile : withSession(profile, session, config);
  const missing = [...SSO_OF_PROFILE, ...SSO_OF_SESSION].filter((key) => !settings.has(key));
  if (missing.length > 0) {
    throw generalError(
      `The profile "${name}" is configured to use SSO but is missing required configuration: ${missing.join(', ')}`,
      'InvalidConfig',
    );
  }
  const text = (key: string) => textOf(settings, key) ?? '';
  return {
    kind: 'sso',
    profile: name,
    sso: {
      startUrl: text('sso_start_url'),
      region: text('sso_region'),
      accountId: text('sso_account_id'),
      roleName: text('sso_role_name'),
      session,
    },
  };
}

function withSession(profile: IniSection, name: string, config: AwsConfig): IniSection {
  const session = config.ssoSession(name);
  if (session === undefined) {
    throw generalError(`The specified sso-session does not exist: "${name}"`, 'InvalidConfig');
  }
  for (const [key, value] of session) {
    const other = profile.get(key);
    if (other === undefined || other === value) continue;
    throw generalError(
      `The value for ${key} is inconsistent between profile (${other}) and sso-session (${value}).`,
      'InvalidConfig',
    );
  }
  return new Map([...profile, ...session]);
}

/** The container's or the machine's own role. Undefined where the environment turns the machine's off. */
export function surroundingSource(env: CommandIo['env']): AskedSource | undefined {
  const path = env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'];
  const where = path ? `http://169.254.170.2${path}` : env['AWS_CONTAINER_CREDENTIALS_FULL_URI'];
  if (where) return { kind: 'container-role', where };
  return env['AWS_EC2_METADATA_DISABLED']?.toLowerCase() === 'true' ? undefined : { kind: 'iam-role' };
}
