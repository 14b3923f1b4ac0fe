import { type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, headers } from '@nats-io/transport-node';

/** A store's stream as somebody sees it who looks from outside. */
export interface OutsideView {
  readonly manager: JetStreamManager;
  /** How many messages the log of a store has. */
  readonly messages: (name?: string) => Promise<number>;
  /** Writes a message into the log, with these headers. */
  readonly publish: (fields: Readonly<Record<string, string>>, body?: string) => Promise<number>;
}

/** Looks at a server from outside for the time of `look`. */
export async function fromOutside<T>(url: string, look: (view: OutsideView) => Promise<T>): Promise<T> {
  const connection = await connect({ servers: url });
  try {
    const manager = await jetstreamManager(connection);
    const client = jetstream(connection);
    return await look({
      manager,
      messages: async (name = 'busbar') => (await manager.streams.info(`${name}_log`)).state.messages,
      publish: async (fields, body = '') => {
        const all = headers();
        for (const [name, value] of Object.entries(fields)) all.set(name, value);
        return (await client.publish('busbar.log', body, { headers: all })).seq;
      },
    });
  } finally {
    await connection.close();
  }
}
