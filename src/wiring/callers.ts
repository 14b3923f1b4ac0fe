import { readFileSync } from 'node:fs';
import type { Config } from '../config.ts';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/log.ts';
import { parsePolicy } from '../domain/policy/parse-policy.ts';
import { AccessPolicy } from '../wire/access-policy.ts';
import { CredentialFile, CredentialList, type CredentialSource } from '../wire/signature/credentials.ts';

/** Who may call; undefined lets everybody in. */
export function credentialsOf(
  { credentials, accessKeys }: Config,
  clock: Clock,
  log: Log,
): CredentialSource | undefined {
  if (credentials !== undefined) return new CredentialFile(credentials, clock, log);
  return accessKeys === undefined ? undefined : new CredentialList(accessKeys);
}

/** What each caller may do; undefined for everything. Throws when the file can't be used, and says which and why. */
export function accessPolicyOf({ accessPolicy: path }: Config): AccessPolicy | undefined {
  if (path === undefined) return undefined;
  try {
    return new AccessPolicy(parsePolicy(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The access policy ${path} can't be used: ${reason}`, { cause: error });
  }
}
