import type { Store } from '../store.ts';

/**
 * Opens the store at a URL of NATS, `nats://HOST:PORT/NAME`, with all that it needs made where it is missing. Rejects,
 * with a sentence for the person who starts Busbar, when NATS can't be reached or has no JetStream, when another
 * Busbar has the store open, or when a newer one wrote it.
 *
 * @example
 * import { openJetStreamStore } from 'busbar/store/jetstream';
 *
 * const store = await openJetStreamStore('nats://127.0.0.1:4222');
 */
export async function openJetStreamStore(url: string): Promise<Store> {
  const { JetStreamStore } = await load();
  return JetStreamStore.open(url);
}

// The clients of NATS are no dependencies: who keeps everything in SQLite need not have them.
async function load(): Promise<typeof import('./jetstream-store.ts')> {
  try {
    return await import('./jetstream-store.ts');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!isMissing || !error.message.includes('@nats-io/')) throw error;
    throw new Error(
      'A store in NATS needs its clients: npm install @nats-io/transport-node @nats-io/jetstream @nats-io/kv',
      { cause: error },
    );
  }
}
