import { isIP } from 'node:net';
import { connect, type NatsConnection, PermissionViolationError } from '@nats-io/transport-node';
import { type Egress, EgressRefusal } from '../egress.ts';

/** A connection to one server, and what that server did not let it publish. */
export interface Publisher {
  readonly connection: NatsConnection;
  /** Resolves when the server has taken what was published; rejects when the connection ends before that. */
  readonly flush: () => Promise<void>;
  /** Whether a message to this subject was refused since the last question; one question a message. */
  readonly wasRefused: (subject: string) => boolean;
}

export interface NatsConnectionsOptions {
  readonly egress: Egress;
  /** Connections kept at once; the one that was idle longest makes room. */
  readonly max: number;
  /** For a connection to be made, in real time. */
  readonly timeoutMs: number;
}

interface Place {
  readonly hostname: string;
  readonly port: number;
}

/** One connection for each server that is published to, kept while the server keeps it. */
export class NatsConnections {
  readonly #options: NatsConnectionsOptions;
  /** Those used last come last. */
  readonly #kept = new Map<string, Promise<Publisher>>();

  constructor(options: NatsConnectionsOptions) {
    this.#options = options;
  }

  /** Rejects when there is no connection to be had, with an EgressRefusal when there must not be. */
  publisher(place: Place): Promise<Publisher> {
    const key = keyOf(place);
    const kept = this.#kept.get(key);
    const publisher = kept ?? this.#open(place, key);
    this.#kept.delete(key);
    this.#kept.set(key, publisher);
    if (kept === undefined) this.#makeRoom();
    return publisher;
  }

  /** Closes the connection to a server that does not answer; the next message opens another. */
  drop(place: Place): void {
    const key = keyOf(place);
    const publisher = this.#kept.get(key);
    this.#kept.delete(key);
    if (publisher !== undefined) close(publisher);
  }

  close(): void {
    for (const publisher of this.#kept.values()) close(publisher);
    this.#kept.clear();
  }

  #open(place: Place, key: string): Promise<Publisher> {
    const opening = connectTo(place, this.#options);
    const forget = () => {
      if (this.#kept.get(key) === opening) this.#kept.delete(key);
    };
    opening.then(({ connection }) => connection.closed().then(forget), forget);
    return opening;
  }

  #makeRoom(): void {
    const [oldest] = this.#kept.entries();
    if (this.#kept.size <= this.#options.max || oldest === undefined) return;
    const [key, publisher] = oldest;
    this.#kept.delete(key);
    // What is under way on it still gets its answer.
    publisher.then(({ connection }) => connection.drain()).catch(() => undefined);
  }
}

async function connectTo(
  { hostname, port }: Place,
  { egress, timeoutMs }: NatsConnectionsOptions,
): Promise<Publisher> {
  const addresses = await addressesOf(hostname, egress);
  const connection = await connect({
    name: 'Busbar',
    servers: addresses.map((address) =>
      isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`,
    ),
    // What was looked at is what is connected to, whatever the server says of others.
    resolve: false,
    ignoreClusterUpdates: true,
    noRandomize: true,
    // The dispatcher tries again, from the store; here a message would wait in memory.
    reconnect: false,
    timeout: timeoutMs,
  });
  const refused = new Map<string, number>();
  void countRefusals(connection, refused);
  return {
    connection,
    flush: flushOf(connection),
    wasRefused(subject) {
      const count = refused.get(subject) ?? 0;
      if (count > 1) refused.set(subject, count - 1);
      else refused.delete(subject);
      return count > 0;
    },
  };
}

/** The addresses of a name that may be reached. Rejects with an EgressRefusal when there are none. */
function addressesOf(hostname: string, egress: Egress): Promise<readonly string[]> {
  if (isIP(hostname) !== 0) {
    const refusal = egress.refusalOfAddress(hostname);
    return refusal === undefined ? Promise.resolve([hostname]) : Promise.reject(new EgressRefusal(refusal));
  }
  return new Promise((resolve, reject) => {
    egress.lookup(hostname, { all: true }, (error, addresses) => {
      if (error !== null) reject(error);
      else resolve(typeof addresses === 'string' ? [addresses] : addresses.map(({ address }) => address));
    });
  });
}

/** A flush of its own: nats.js leaves one waiting for ever when the connection ends. */
function flushOf(connection: NatsConnection): () => Promise<void> {
  const waiting = new Set<(reason: Error) => void>();
  void connection.closed().then((error) => {
    for (const reject of waiting) reject(error ?? new Error('The connection was closed.'));
  });
  return () =>
    new Promise((resolve, reject) => {
      waiting.add(reject);
      connection
        .flush()
        .then(resolve, reject)
        .finally(() => waiting.delete(reject));
    });
}

async function countRefusals(connection: NatsConnection, refused: Map<string, number>): Promise<void> {
  for await (const status of connection.status()) {
    if (status.type !== 'error' || !(status.error instanceof PermissionViolationError)) continue;
    const { operation, subject } = status.error;
    if (operation === 'publish') refused.set(subject, (refused.get(subject) ?? 0) + 1);
  }
}

function close(publisher: Promise<Publisher>): void {
  publisher.then(({ connection }) => connection.close()).catch(() => undefined);
}

function keyOf({ hostname, port }: Place): string {
  return `${hostname}:${port}`;
}
