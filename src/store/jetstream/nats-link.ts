import {
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
} from '@nats-io/jetstream';
import {
  type ConnectionOptions,
  connect,
  delay,
  type NatsConnection,
  TimeoutError,
} from '@nats-io/transport-node';
import { StoreFailure } from '../store.ts';
import { type StorePlace, shownUrl } from './store-url.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const RECONNECT_WAIT_MS = 250;
// How long a server may be silent before the connection counts as lost.
const PING_INTERVAL_MS = 5_000;
const PINGS_WITHOUT_ANSWER = 2;

/** How long a request may take. */
export const REQUEST_TIMEOUT_MS = 3_000;

// How often a call is made, with a pause between: a server that starts again refuses everything for a moment. One
// that is silent costs a timeout each time, which counts more. It is some ten seconds either way.
const PATIENCE = 20;
const PATIENCE_FOR_SILENCE = 7;
const PAUSE_MS = 500;

/** NATS can't be reached, or answers nothing in time: the call may be made again. */
export class StoreUnavailable extends StoreFailure {
  override readonly name = 'StoreUnavailable';

  constructor(message: string, options?: ErrorOptions) {
    super('unreachable', message, options);
  }
}

/** A connection that is kept: it comes back by itself for as long as it is not closed. */
export class NatsLink {
  readonly place: StorePlace;
  readonly connection: NatsConnection;
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
  readonly #waiting = new Set<(error: Error) => void>();
  #isConnected = true;
  #whenConnected: (() => void)[] = [];

  /** Rejects with a sentence for the person who starts Busbar. */
  static async open(place: StorePlace): Promise<NatsLink> {
    let connection: NatsConnection;
    try {
      connection = await connect(connectionOptions(place));
    } catch (error) {
      throw new Error(`Can't connect to NATS at ${shownUrl(place)}: ${reasonOf(error)}.`, { cause: error });
    }
    try {
      return new NatsLink(
        place,
        connection,
        await jetstreamManager(connection, { timeout: REQUEST_TIMEOUT_MS }),
      );
    } catch (error) {
      await connection.close();
      throw new Error(
        `NATS at ${shownUrl(place)} offers no JetStream: ${reasonOf(error)}. Start it with -js, or enable jetstream in its configuration.`,
        { cause: error },
      );
    }
  }

  private constructor(place: StorePlace, connection: NatsConnection, manager: JetStreamManager) {
    this.place = place;
    this.connection = connection;
    this.manager = manager;
    this.client = jetstream(connection, { timeout: REQUEST_TIMEOUT_MS });
    void this.#follow();
  }

  /**
   * What the answer to a call is, or StoreUnavailable as soon as the connection is lost: then none will come. What is
   * sent while there is no connection is not sent later.
   */
  answer<T>(call: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      call.then(resolve, reject).finally(() => this.#waiting.delete(reject));
      if (!this.#isConnected) reject(this.unavailable(new Error('there is no connection')));
    });
  }

  /**
   * Makes a call again and again, for some seconds, until NATS answers it. A call that does harm when it is made twice
   * must not be made so. Rejects with StoreUnavailable, or with what NATS says is wrong with the call.
   */
  async persist<T>(call: () => Promise<T>): Promise<T> {
    for (let patience = PATIENCE; ; ) {
      try {
        return await this.answer(call());
      } catch (error) {
        if (isFinal(error)) throw error;
        patience -= error instanceof TimeoutError ? PATIENCE_FOR_SILENCE : 1;
        if (patience <= 0 || this.connection.isClosed()) throw this.unavailable(error);
        await Promise.race([delay(PAUSE_MS), this.#connected()]);
      }
    }
  }

  /** An error of NATS as one of the store. */
  unavailable(error: unknown): StoreUnavailable {
    if (error instanceof StoreUnavailable) return error;
    return new StoreUnavailable(`NATS at ${shownUrl(this.place)} did not answer: ${reasonOf(error)}.`, {
      cause: error,
    });
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  async #follow(): Promise<void> {
    for await (const { type } of this.connection.status()) {
      if (type === 'disconnect' || type === 'close') this.#giveUp('the connection was lost');
      if (type === 'reconnect') this.#goOn();
    }
    this.#giveUp('the connection is closed');
  }

  #giveUp(reason: string): void {
    this.#isConnected = false;
    for (const reject of this.#waiting) reject(this.unavailable(new Error(reason)));
    this.#waiting.clear();
  }

  #goOn(): void {
    this.#isConnected = true;
    for (const resolve of this.#whenConnected.splice(0)) resolve();
  }

  /** Resolves when the connection comes back; a pause, when it is there. */
  #connected(): Promise<void> {
    return new Promise((resolve) => this.#whenConnected.push(resolve));
  }
}

function connectionOptions({ servers, user, password, token, tls }: StorePlace): ConnectionOptions {
  return {
    servers: [...servers],
    name: 'busbar',
    timeout: CONNECT_TIMEOUT_MS,
    maxReconnectAttempts: -1,
    reconnectTimeWait: RECONNECT_WAIT_MS,
    pingInterval: PING_INTERVAL_MS,
    maxPingOut: PINGS_WITHOUT_ANSWER,
    // Two stack traces for each request otherwise: a quarter of all the time.
    noAsyncTraces: true,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { pass: password }),
    ...(token === undefined ? {} : { token }),
    ...(tls ? { tls: {} } : {}),
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === '' ? error.name : error.message;
}

/** Whether NATS says what is wrong with a call, rather than that it can't answer at the moment. */
export function isFinal(error: unknown): error is JetStreamApiError {
  return error instanceof JetStreamApiError && error.status < 500;
}
