import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { type Message, MessageReader } from './load-messages.ts';

interface Waiting {
  readonly resolve: (answer: Message) => void;
  readonly reject: (error: Error) => void;
}

/** One kept-alive connection, which carries one request at a time. */
class Connection {
  readonly #socket: Socket;
  #waiting: Waiting | undefined;
  #failure: Error | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    const reader = new MessageReader();
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      for (const answer of reader.read(chunk)) this.#waiting?.resolve(answer);
    });
    const fail = (error: Error) => {
      this.#failure ??= error;
      this.#waiting?.reject(error);
    };
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('The server closed the connection.')));
  }

  send(request: Buffer): Promise<Message> {
    // A server may close a connection that is idle: nobody would tell of it any more.
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }
}

/** Hands out connections that carry nothing at the moment, first come, first served. */
class FreeConnections {
  readonly #free: Connection[];
  readonly #waiting: ((connection: Connection) => void)[] = [];

  constructor(all: readonly Connection[]) {
    this.#free = [...all];
  }

  async take(): Promise<Connection> {
    return this.#free.pop() ?? new Promise((resolve) => this.#waiting.push(resolve));
  }

  giveBack(connection: Connection): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(connection);
    else next(connection);
  }
}

/** Throws unless the answer is a success. */
export type CheckAnswer = (answer: Message) => void;

/** How long requests took, and all of them together. */
export interface Driven {
  /** Milliseconds, one for each request. */
  readonly latencies: readonly number[];
  readonly seconds: number;
}

/** Connections that load a server, kept open from one use to the next. */
export class Connections {
  readonly #all: readonly Connection[];
  readonly #check: CheckAnswer;

  private constructor(all: readonly Connection[], check: CheckAnswer) {
    this.#all = all;
    this.#check = check;
  }

  static async open(url: string, count: number, check: CheckAnswer): Promise<Connections> {
    const { hostname, port } = new URL(url);
    const opening = Array.from({ length: count }, async () => {
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      return new Connection(socket);
    });
    return new Connections(await Promise.all(opening), check);
  }

  /** Sends one request after the other on every connection until `next` has no more. */
  async saturate(next: () => Buffer | undefined): Promise<Driven> {
    const latencies: number[] = [];
    const start = performance.now();
    await Promise.all(
      this.#all.map(async (connection) => {
        for (let request = next(); request !== undefined; request = next()) {
          const sentAt = performance.now();
          this.#check(await connection.send(request));
          latencies.push(performance.now() - sentAt);
        }
      }),
    );
    return { latencies, seconds: (performance.now() - start) / 1000 };
  }

  /**
   * Sends `count` requests at a fixed rate, however long the answers take: a slow server can't slow the
   * clients down and look better for it. `make` is called at the moment at which a client would send; a
   * request that finds no free connection waits for one.
   */
  async pace(options: {
    readonly count: number;
    readonly perSecond: number;
    readonly make: (n: number) => Buffer;
  }): Promise<void> {
    const { count, perSecond, make } = options;
    const free = new FreeConnections(this.#all);
    const underWay: Promise<void>[] = [];
    let failure: unknown;
    const fail = (error: unknown) => {
      failure ??= error;
    };
    const send = async (request: Buffer) => {
      const connection = await free.take();
      this.#check(await connection.send(request));
      free.giveBack(connection);
    };
    const start = performance.now();
    while (underWay.length < count && failure === undefined) {
      const due = Math.floor(((performance.now() - start) * perSecond) / 1000) + 1;
      while (underWay.length < Math.min(count, due)) {
        underWay.push(send(make(underWay.length)).catch(fail));
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    if (failure === undefined) await Promise.all(underWay);
    if (failure !== undefined) throw failure;
  }

  close(): void {
    for (const connection of this.#all) connection.close();
  }
}

/** Makes `next` for `saturate`: requests in turn, for so many milliseconds. */
export function forMilliseconds(duration: number, requests: readonly Buffer[]): () => Buffer | undefined {
  let sent = 0;
  let until: number | undefined;
  return () => {
    until ??= performance.now() + duration;
    return performance.now() < until ? requests[sent++ % requests.length] : undefined;
  };
}
