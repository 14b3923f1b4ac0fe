import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CommandIo } from '../command-io.ts';
import { parseJson } from '../parameters/json-text.ts';
import { expandPath } from '../parameters/parameter-file.ts';
import type { AskedSource } from './asked-source.ts';
import type { Credentials } from './credentials.ts';

// What is nearer to its end than that is asked for anew.
const LEAST_MS = 15 * 60 * 1000;

/**
 * The file in which the AWS CLI keeps the credentials of a source between commands, and so does Busbar. Undefined for
 * sources of which nothing is kept.
 */
export function cacheFile(source: AskedSource, env: CommandIo['env']): string | undefined {
  const described = description(source);
  if (described === undefined) return undefined;
  const name = process.getBuiltinModule('node:crypto').createHash('sha1').update(described).digest('hex');
  return expandPath(`~/.aws/cli/cache/${name}.json`, env);
}

/** The credentials of such a file; undefined when there are none that are good for another quarter of an hour. */
export function readCache(file: string, now: number): Credentials | undefined {
  try {
    const content = parseJson(readFileSync(file, 'utf8'));
    const kept = content instanceof Map ? content.get('Credentials') : undefined;
    if (!(kept instanceof Map)) return undefined;
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Object.fromEntries(kept);
    const expiresAtMs = Date.parse(String(Expiration).replace(/UTC$/, 'Z'));
    if (!(expiresAtMs - now >= LEAST_MS)) return undefined;
    if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') return undefined;
    if (typeof SessionToken !== 'string') return undefined;
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiresAtMs,
    };
  } catch {
    return undefined;
  }
}

/** Keeps credentials for the next command. Where that can't be done the next one asks again. */
export function writeCache(file: string, credentials: Credentials, source: AskedSource): void {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAtMs } = credentials;
  if (expiresAtMs === undefined) return;
  const content = {
    // `aws sso logout` looks for it.
    ...(source.kind === 'sso' ? { ProviderType: 'sso' } : {}),
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: new Date(expiresAtMs).toISOString().replace(/\.\d+/, ''),
    },
  };
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const unfinished = `${file}.${process.pid}.tmp`;
    writeFileSync(unfinished, JSON.stringify(content), { mode: 0o600 });
    renameSync(unfinished, file);
  } catch {
    // A home that can't be written to.
  }
}

// The text whose hash names the file: the AWS CLI's, to the space.
function description(source: AskedSource): string | undefined {
  if (source.kind === 'assume-role' || source.kind === 'assume-role-with-web-identity') {
    return pythonJson({ ...source.role }, ', ', ': ');
  }
  if (source.kind !== 'sso') return undefined;
  const { accountId, roleName, session, startUrl } = source.sso;
  const which = session === undefined ? { startUrl } : { sessionName: session };
  return pythonJson({ accountId, roleName, ...which }, ',', ':');
}

function pythonJson(
  members: Readonly<Record<string, string | number | undefined>>,
  comma: string,
  colon: string,
): string {
  const written = Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => `"${key}"${colon}${asciiJson(value)}`);
  return `{${written.join(comma)}}`;
}

function asciiJson(value: string | number | undefined): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
