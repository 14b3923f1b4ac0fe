import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CommandIo } from '../command-io.ts';
import { configurationError, generalError } from '../errors.ts';
import type { GlobalOptions } from '../global-options.ts';
import { expandPath } from '../parameters/parameter-file.ts';
import { IniError, type IniSection, parseIni } from './ini.ts';

/** What the AWS configuration files say for the profile in use. */
export interface AwsConfig {
  readonly profileName: string;
  /** Whether `--profile` named it: then it beats credentials of the environment. */
  readonly profileIsExplicit: boolean;
  /** The profile's section of the configuration file. */
  readonly profile: IniSection;
  /** The profile's section of the credentials file. */
  readonly credentials: IniSection;
  /** The section `[services NAME]` that the profile points to. */
  readonly services: IniSection;
  /** Any profile, the credentials file over the configuration file; undefined for one that is in neither. */
  readonly profileNamed: (name: string) => IniSection | undefined;
  /** The section `[sso-session NAME]`. */
  readonly ssoSession: (name: string) => IniSection | undefined;
  /** Where the two files are, or would be. */
  readonly configPath: string;
  readonly credentialsPath: string;
}

const EMPTY: IniSection = new Map();

/**
 * Reads `~/.aws/config` and `~/.aws/credentials` (or what AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE
 * name); files that are not there are empty. Throws (exit 255) for a broken file and for a profile that is
 * named but not there.
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html
 */
export function loadAwsConfig(io: CommandIo, options: GlobalOptions): AwsConfig {
  const { env } = io;
  const configPath = pathOf(env['AWS_CONFIG_FILE'] ?? '~/.aws/config', io);
  const credentialsPath = pathOf(env['AWS_SHARED_CREDENTIALS_FILE'] ?? '~/.aws/credentials', io);
  const config = readSections(configPath);
  const secrets = readSections(credentialsPath);
  const named = options.profile ?? (env['AWS_PROFILE'] || env['AWS_DEFAULT_PROFILE'] || undefined);
  const profileName = named ?? 'default';
  const profileOf = (name: string) => sectionOf(config, 'profile', name) ?? config.get(defaultOnly(name));
  const profile = profileOf(profileName);
  const credentials = secrets.get(profileName);
  if (named !== undefined && profile === undefined && credentials === undefined) {
    throw generalError(`The config profile (${named}) could not be found`, 'ProfileNotFound');
  }
  const services = profile?.get('services');
  checkTimestampFormat(profile ?? EMPTY);
  return {
    profileName,
    profileIsExplicit: options.profile !== undefined,
    profile: profile ?? EMPTY,
    credentials: credentials ?? EMPTY,
    services: (typeof services === 'string' ? sectionOf(config, 'services', services) : undefined) ?? EMPTY,
    profileNamed: (name) => joined(profileOf(name), secrets.get(name)),
    ssoSession: (name) => sectionOf(config, 'sso-session', name),
    configPath,
    credentialsPath,
  };
}

/** A setting of the profile; the credentials file may hold settings too, and wins. */
export function profileSetting(config: AwsConfig, key: string): string | undefined {
  const value = config.credentials.get(key) ?? config.profile.get(key);
  return typeof value === 'string' ? value : undefined;
}

// The default profile alone may stand without the word "profile".
function defaultOnly(profileName: string): string {
  return profileName === 'default' ? 'default' : '';
}

function joined(one: IniSection | undefined, over: IniSection | undefined): IniSection | undefined {
  return one === undefined || over === undefined ? (one ?? over) : new Map([...one, ...over]);
}

function pathOf(path: string, io: CommandIo): string {
  return resolve(io.cwd, expandPath(path, io.env));
}

function readSections(path: string): ReadonlyMap<string, IniSection> {
  const text = readIfThere(path);
  try {
    return parseIni(text);
  } catch (error) {
    if (error instanceof IniError) throw generalError(`Unable to parse config file: ${path}`, 'ConfigParse');
    throw error;
  }
}

function readIfThere(path: string): string {
  // Mostly it isn't there, and then looking costs less than an error.
  if (!existsSync(path)) return '';
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The text of a setting; undefined for one that is not there, or is a block. */
export function textOf(section: IniSection, key: string): string | undefined {
  const value = section.get(key);
  return typeof value === 'string' ? value : undefined;
}

// [profile name], [profile "na me"], [services name], [sso-session name]
function sectionOf(
  sections: ReadonlyMap<string, IniSection>,
  kind: string,
  name: string,
): IniSection | undefined {
  for (const [header, section] of sections) {
    const match = /^(\S+)\s+(?:"([^"]*)"|'([^']*)'|(\S+))\s*$/.exec(header);
    if (match?.[1] === kind && (match[2] ?? match[3] ?? match[4]) === name) return section;
  }
  return undefined;
}

function checkTimestampFormat(profile: IniSection): void {
  const format = profile.get('cli_timestamp_format');
  if (format === undefined || format === 'wire' || format === 'iso8601') return;
  throw configurationError(
    'InvalidConfig',
    `Unknown cli_timestamp_format value: ${format}, valid values are "wire" or "iso8601"`,
  );
}
