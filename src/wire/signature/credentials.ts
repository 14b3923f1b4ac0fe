import { readFileSync, statSync } from 'node:fs';
import type { Clock } from '../../domain/clock.ts';
import type { Log } from '../../domain/log.ts';
import { isAccount } from '../caller.ts';
import type { Credential } from './verify-signature.ts';

/** Where key pairs are looked up. */
export interface CredentialSource {
  find(accessKeyId: string): Credential | undefined;
}

/** Key pairs that stay as they are. */
export class CredentialList implements CredentialSource {
  readonly #byId: ReadonlyMap<string, Credential>;

  constructor(credentials: readonly Credential[]) {
    this.#byId = new Map(credentials.map((credential) => [credential.accessKeyId, credential]));
  }

  find(accessKeyId: string): Credential | undefined {
    return this.#byId.get(accessKeyId);
  }
}

// A file is looked at for changes no more often than this.
const LOOK_EVERY_MS = 1000;

/**
 * Key pairs of a file in the form of ~/.aws/credentials, read again when it changes. A file that can't be
 * read any more leaves the last key pairs standing, and says so in the log.
 */
export class CredentialFile implements CredentialSource {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #log: Log;
  #list: CredentialList;
  #version: string;
  #lookedAt: number;

  /** Throws, with the path and the reason, when the file can't be read or holds no key pair. */
  constructor(path: string, clock: Clock, log: Log) {
    this.#path = path;
    this.#clock = clock;
    this.#log = log;
    this.#version = versionOf(path);
    this.#list = new CredentialList(readCredentials(path));
    this.#lookedAt = clock.now();
  }

  find(accessKeyId: string): Credential | undefined {
    if (this.#clock.now() >= this.#lookedAt + LOOK_EVERY_MS) this.#look();
    return this.#list.find(accessKeyId);
  }

  #look(): void {
    this.#lookedAt = this.#clock.now();
    try {
      const version = versionOf(this.#path);
      if (version === this.#version) return;
      this.#list = new CredentialList(readCredentials(this.#path));
      this.#version = version;
      this.#log.info('The credentials file has changed and was read again.');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#log.error(`The credentials file could not be read again, its last content stands: ${reason}`);
    }
  }
}

function versionOf(path: string): string {
  const { mtimeNs, ctimeNs, size, ino } = statSync(path, { bigint: true });
  return `${mtimeNs} ${ctimeNs} ${size} ${ino}`;
}

function readCredentials(path: string): readonly Credential[] {
  const credentials = parseCredentials(readFileSync(path, 'utf8'));
  if (credentials.length === 0) {
    throw new Error(
      `${path} holds no key pair: a profile needs aws_access_key_id and aws_secret_access_key, as in ~/.aws/credentials.`,
    );
  }
  return credentials;
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html */
function parseCredentials(text: string): readonly Credential[] {
  const profiles: Map<string, string>[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*[#;]/.test(line)) continue;
    if (/^\s*\[.*\]\s*$/.test(line)) profiles.push(new Map());
    const setting = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (setting !== null) profiles.at(-1)?.set((setting[1] ?? '').toLowerCase(), setting[2] ?? '');
  }
  return profiles.flatMap((profile) => {
    const accessKeyId = profile.get('aws_access_key_id');
    const secretAccessKey = profile.get('aws_secret_access_key');
    if (!accessKeyId || !secretAccessKey) return [];
    const sessionToken = profile.get('aws_session_token') || undefined;
    const account = profile.get('aws_account_id') || undefined;
    if (account !== undefined && !isAccount(account)) {
      throw new Error(`The aws_account_id of ${accessKeyId} must be twelve digits, but is "${account}".`);
    }
    return [{ accessKeyId, secretAccessKey, sessionToken, account }];
  });
}
