import type { IncomingMessage } from 'node:http';
import { ServiceError } from '../domain/errors.ts';
import type { Limits } from '../domain/limits.ts';

/** The client went away before its request was whole: there is nobody to answer. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

/** Reads request bodies within limits: for one body, and for all that are held at the same time. */
export class RequestBodies {
  readonly #limits: Limits;
  #requests = 0;
  #bytes = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /**
   * Reads the body and hands it to `use`; it counts as held until `use` is done. Rejects with ServiceError
   * when a limit is passed, and with BrokenOff.
   */
  async read(request: IncomingMessage, use: (body: Buffer) => Promise<void>): Promise<void> {
    if (this.#requests >= this.#limits.concurrentRequests) {
      request.resume();
      throw throttled();
    }
    this.#requests++;
    const held = { bytes: 0 };
    try {
      await use(await this.#receive(request, held));
    } finally {
      this.#requests--;
      this.#bytes -= held.bytes;
    }
  }

  #receive(request: IncomingMessage, held: { bytes: number }): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      const refuse = (error: ServiceError) => {
        // What is left is read and dropped: a client that can't finish sending would not read the answer.
        request.removeAllListeners('data').resume();
        reject(error);
      };
      request.on('data', (chunk: Buffer) => {
        held.bytes += chunk.length;
        this.#bytes += chunk.length;
        if (held.bytes > this.#limits.requestBodyBytes) refuse(tooLarge(this.#limits.requestBodyBytes));
        else if (this.#bytes > this.#limits.bufferedRequestBytes) refuse(throttled());
        else chunks.push(chunk);
      });
      request.on('end', () => {
        const [only] = chunks;
        resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
      });
      request.on('close', () => {
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
