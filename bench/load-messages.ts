/** An HTTP message: the lines up to the empty one, and what follows them. */
export interface Message {
  readonly head: string;
  readonly body: Buffer;
}

const END_OF_HEAD = '\r\n\r\n';
const CONTENT_LENGTH = /\r\ncontent-length: *(\d+)/i;

/**
 * Cuts what a kept-alive connection carries into messages: as little work as a load generator can do, so that
 * the server under load stays the slower one. Every message needs a Content-Length.
 */
export class MessageReader {
  #pending: Buffer = Buffer.alloc(0);

  /** The messages that the next chunk completes. Throws when one has no Content-Length. */
  read(chunk: Buffer): Message[] {
    const messages: Message[] = [];
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    for (let message = this.#take(); message !== undefined; message = this.#take()) messages.push(message);
    return messages;
  }

  #take(): Message | undefined {
    const headEnd = this.#pending.indexOf(END_OF_HEAD);
    if (headEnd < 0) return undefined;
    const head = this.#pending.toString('latin1', 0, headEnd);
    const length = CONTENT_LENGTH.exec(head)?.[1];
    if (length === undefined) throw new Error(`An HTTP message without Content-Length:\n${head}`);
    const start = headEnd + END_OF_HEAD.length;
    const end = start + Number(length);
    if (this.#pending.length < end) return undefined;
    const body = this.#pending.subarray(start, end);
    this.#pending = this.#pending.subarray(end);
    return { head, body };
  }
}
