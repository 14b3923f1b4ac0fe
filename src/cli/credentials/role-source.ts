import { type AwsConfig, textOf } from '../aws/aws-config.ts';
import type { IniSection } from '../aws/ini.ts';
import type { CommandIo } from '../command-io.ts';
import { type CommandError, generalError } from '../errors.ts';
import { pythonRepr } from '../python-text.ts';
import type { AskedSource } from './asked-source.ts';

const CREDENTIAL_SOURCES = ['Environment', 'Ec2InstanceMetadata', 'EcsContainer'];

// Settings that make a profile a source of credentials by themselves.
const OWN_SOURCES = ['web_identity_token_file', 'sso_account_id', 'login_session', 'credential_process'];

/**
 * The role that the profile wants to be assumed; a profile with a web identity's token is not looked at here. Throws
 * (exit 255) for a role that nobody can assume: without a source of credentials, with two, or with one that leads
 * nowhere or in a circle.
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-role.html
 */
export function roleSource(config: AwsConfig, env: CommandIo['env']): AskedSource | undefined {
  const name = config.profileName;
  const profile = config.profileNamed(name);
  if (profile === undefined || !wantsRole(profile)) return undefined;
  checkSource(name, profile, { config, env, visited: [name] });
  const duration = textOf(profile, 'duration_seconds');
  const role = {
    RoleArn: textOf(profile, 'role_arn') ?? '',
    RoleSessionName: textOf(profile, 'role_session_name'),
    ExternalId: textOf(profile, 'external_id'),
    SerialNumber: textOf(profile, 'mfa_serial'),
    DurationSeconds: duration !== undefined && /^\d+$/.test(duration) ? Number(duration) : undefined,
  };
  return { kind: 'assume-role', profile: name, role };
}

function wantsRole(profile: IniSection): boolean {
  return profile.has('role_arn') && !profile.has('web_identity_token_file');
}

function isStatic(profile: IniSection): boolean {
  return profile.has('aws_access_key_id') || profile.has('aws_secret_access_key');
}

interface Walk {
  readonly config: AwsConfig;
  readonly env: CommandIo['env'];
  readonly visited: readonly string[];
}

// Where the credentials come from that assume the role of a profile, as far as the files tell.
function checkSource(name: string, profile: IniSection, walk: Walk): void {
  const sourceProfile = textOf(profile, 'source_profile');
  const credentialSource = textOf(profile, 'credential_source');
  if (sourceProfile !== undefined && credentialSource !== undefined) {
    throw invalid(`The profile "${name}" contains both source_profile and credential_source.`);
  }
  if (sourceProfile !== undefined) {
    checkSourceProfile(sourceProfile, name, walk);
  } else if (credentialSource !== undefined) {
    checkCredentialSource(credentialSource, name, walk.env);
  } else {
    throw generalError(
      'Partial credentials found in assume-role, missing: source_profile or credential_source',
      'PartialCredentials',
    );
  }
}

function checkCredentialSource(source: string, name: string, env: CommandIo['env']): void {
  if (!CREDENTIAL_SOURCES.includes(source)) {
    throw invalid(`The credential source "${source}" referenced in profile "${name}" is not valid.`);
  }
  if (source === 'Environment' && !env['AWS_ACCESS_KEY_ID']) throw nothingIn(source, name);
}

/** A `credential_source` that has no credentials. */
export function nothingIn(credentialSource: string, profile: string): CommandError {
  return generalError(
    `Error when retrieving credentials from ${credentialSource}: ` +
      `No credentials found in credential_source referenced in profile ${profile}`,
    'CredentialRetrieval',
  );
}

function checkSourceProfile(source: string, name: string, walk: Walk): void {
  const profile = walk.config.profileNamed(source);
  if (profile === undefined) {
    throw invalid(`The source_profile "${source}" referenced in the profile "${name}" does not exist.`);
  }
  // A profile may point to itself for the credentials that it holds.
  if (walk.visited.includes(source) && !(source === name && isStatic(profile))) {
    throw invalid(
      'Infinite loop in credential configuration detected. Attempting to load from profile ' +
        `${source} which has already been visited. Visited profiles: ${pythonRepr([...walk.visited])}`,
    );
  }
  if (isStatic(profile)) return;
  if (wantsRole(profile)) {
    checkSource(source, profile, { ...walk, visited: [...walk.visited, source] });
  } else if (!OWN_SOURCES.some((key) => profile.has(key))) {
    throw invalid(`The source profile "${source}" must have credentials.`);
  }
}

function invalid(message: string): CommandError {
  return generalError(message, 'InvalidConfig');
}
