import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { Configuration } from '../bus/configuration.ts';
import { keyOfFolder, SecretBox } from '../bus/secret-box.ts';
import { type Config, ConfigError } from '../config.ts';
import { secretOf } from '../domain/connection.ts';
import { makeFolder, syncFolder } from '../store/make-folder.ts';
import { MemoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';

/** Which store a configuration asks for. */
export function storeKind({ store, data }: Config): 'memory' | 'sqlite' | 'jetstream' {
  if (store !== undefined) return 'jetstream';
  return data === undefined ? 'memory' : 'sqlite';
}

/** Opens the store that a configuration asks for. Rejects, with what to do, when it can't be opened. */
export async function openStore({ store, data }: Config): Promise<Store> {
  // Loaded only when used: a bus in memory needs no database driver, and few have the clients of NATS.
  if (store !== undefined) {
    const { openJetStreamStore } = await import('../store/jetstream/index.ts');
    return openJetStreamStore(store);
  }
  if (data === undefined) return new MemoryStore();
  const { openSqliteStore } = await import('../store/sqlite/sqlite-store.ts');
  try {
    return await openSqliteStore(data);
  } catch (error) {
    throw asUnusableFolder(error, data);
  }
}

/**
 * What seals and opens secrets. Throws when one that is kept can't be opened: that is found out now rather than
 * with the first delivery that needs it.
 */
export function openSecretBox(config: Config, configuration: Configuration): SecretBox {
  const secrets = new SecretBox(config.secretKey ?? ownKey(config));
  for (const [, { authorization }] of configuration.connections.all()) {
    if (authorization !== undefined) secrets.open(secretOf(authorization));
  }
  return secrets;
}

function ownKey({ data }: Config): Uint8Array {
  if (data === undefined) return randomBytes(32);
  try {
    makeFolder(resolve(data));
    return keyOfFolder(data, syncFolder);
  } catch (error) {
    throw asUnusableFolder(error, data);
  }
}

/** The error, as one of the setting where it is the file system that refuses. */
function asUnusableFolder(error: unknown, folder: string): unknown {
  if (!(error instanceof Error && 'syscall' in error)) return error;
  const message = `--data (or BUSBAR_DATA) must be a folder in which files can be made, but is "${folder}": ${error.message}.`;
  return new ConfigError(message, { cause: error });
}
