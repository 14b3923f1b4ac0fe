import type { IncomingMessage, ServerResponse } from 'node:http';
import { ServiceError } from '../domain/errors.ts';
import type { Limits } from '../domain/limits.ts';

/** The client went away before its request was whole: there is nobody to answer. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

/** What a request holds from its arrival until its answer has gone out. */
interface Held {
  bytes: number;
}

/**
 * Reads request bodies within limits: for one body, and for all bodies and answers that are held at the same time.
 * An answer is held until its client has taken it.
 */
export class RequestBodies {
  readonly #limits: Limits;
  /** Those whose bodies are still coming, the oldest first. */
  readonly #unfinished = new Set<IncomingMessage>();
  #requests = 0;
  #bytes = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /**
   * Reads the body and hands it to `use`, which answers how many bytes it has sent. Rejects with ServiceError when
   * a limit is passed, and with BrokenOff.
   */
  async read(
    request: IncomingMessage,
    response: ServerResponse,
    use: (body: Buffer) => Promise<number>,
  ): Promise<void> {
    this.#enter(request);
    const held: Held = { bytes: 0 };
    response.once('close', () => {
      this.#requests--;
      this.#bytes -= held.bytes;
    });
    const body = await this.#receive(request, held);
    const bytes = await use(body);
    // From here on only the answer counts.
    if (!response.closed) this.#hold(held, bytes - held.bytes);
  }

  #enter(request: IncomingMessage): void {
    if (this.#requests >= this.#limits.concurrentRequests) {
      // Who has begun a request and does not end it must not keep out those who would.
      const [oldest] = this.#unfinished;
      if (oldest === undefined) {
        request.resume();
        throw throttled();
      }
      this.#unfinished.delete(oldest);
      oldest.destroy();
    }
    this.#requests++;
  }

  #hold(held: Held, bytes: number): void {
    held.bytes += bytes;
    this.#bytes += bytes;
  }

  #receive(request: IncomingMessage, held: Held): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      this.#unfinished.add(request);
      const refuse = (error: ServiceError) => {
        // What is left is read and dropped: a client that can't finish sending would not read the answer.
        request.removeAllListeners('data').resume();
        this.#unfinished.delete(request);
        reject(error);
      };
      request.on('data', (chunk: Buffer) => {
        this.#hold(held, chunk.length);
        if (held.bytes > this.#limits.requestBodyBytes) refuse(tooLarge(this.#limits.requestBodyBytes));
        else if (this.#bytes > this.#limits.bufferedBytes) refuse(throttled());
        else chunks.push(chunk);
      });
      request.on('end', () => {
        this.#unfinished.delete(request);
        const [only] = chunks;
        resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
      });
      request.on('close', () => {
        this.#unfinished.delete(request);
        // Every request ends so; an error is made only where one is needed, for its stack trace costs much.
        if (!request.complete) reject(new BrokenOff());
      });
      request.on('error', () => reject(new BrokenOff()));
    });
  }
}

function tooLarge(bytes: number): ServiceError {
  return new ServiceError(
    'RequestEntityTooLargeException',
    `The request body is larger than ${bytes} bytes.`,
  );
}

function throttled(): ServiceError {
  return new ServiceError('ThrottlingException', 'Rate exceeded');
}
