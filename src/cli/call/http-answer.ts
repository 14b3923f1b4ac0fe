/** An answer as it came. */
export interface HttpAnswer {
  readonly status: number;
  /** By name in lower case; of headers that come twice the last one. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Bytes that are no answer of HTTP/1.x. */
export class HttpAnswerError extends Error {}

type Framing =
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunks' }
  | { readonly kind: 'until closed' };

interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly framing: Framing;
}

/**
 * Reads one answer of HTTP/1.1 from the bytes of a connection. What Node's own client loads takes longer than
 * everything else that a short command does.
 */
export class HttpAnswerReader {
  #bytes: Buffer = Buffer.alloc(0);
  #head: Head | undefined;
  readonly #chunks: Buffer[] = [];

  /** Takes what came; answers the answer once it is whole. Throws HttpAnswerError. */
  push(bytes: Uint8Array): HttpAnswer | undefined {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    while (this.#head === undefined) {
      const end = this.#bytes.indexOf('\r\n\r\n');
      if (end < 0) return undefined;
      const head = readHead(this.#bytes.toString('latin1', 0, end));
      this.#bytes = this.#bytes.subarray(end + 4);
      // "Continue" and its kin only come before the answer.
      if (head.status >= 200) this.#head = head;
    }
    return this.#isWhole(this.#head.framing) ? this.#answer(this.#head) : undefined;
  }

  /** The connection's end; answers the answer that ends with it. Throws HttpAnswerError when it is cut short. */
  close(): HttpAnswer {
    if (this.#head?.framing.kind !== 'until closed') throw new HttpAnswerError('the answer is cut short');
    this.#chunks.push(this.#bytes);
    return this.#answer(this.#head);
  }

  #isWhole(framing: Framing): boolean {
    if (framing.kind === 'until closed') return false;
    if (framing.kind === 'chunks') return this.#takeChunks();
    if (this.#bytes.length < framing.bytes) return false;
    this.#chunks.push(this.#bytes.subarray(0, framing.bytes));
    return true;
  }

  // Each chunk is its length in hex, a line break, that many bytes, a line break; an empty one is the last.
  #takeChunks(): boolean {
    for (;;) {
      const end = this.#bytes.indexOf('\r\n');
      if (end < 0) return false;
      const [size = ''] = this.#bytes.toString('latin1', 0, end).split(';');
      if (!/^[0-9a-f]{1,8}[ \t]*$/i.test(size)) throw new HttpAnswerError(`"${size}" is no chunk's length`);
      const length = Number.parseInt(size, 16);
      if (length === 0) return true;
      const start = end + 2;
      if (this.#bytes.length < start + length + 2) return false;
      this.#chunks.push(this.#bytes.subarray(start, start + length));
      this.#bytes = this.#bytes.subarray(start + length + 2);
    }
  }

  #answer({ status, headers }: Head): HttpAnswer {
    return { status, headers, body: Buffer.concat(this.#chunks).toString('utf8') };
  }
}

function readHead(text: string): Head {
  const [first = '', ...lines] = text.split('\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(first)?.[1];
  if (status === undefined) throw new HttpAnswerError('not an answer of HTTP/1.1');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { status: Number(status), headers, framing: framingOf(Number(status), headers) };
}

// RFC 9112, section 6.3.
function framingOf(status: number, headers: Readonly<Record<string, string>>): Framing {
  if (status === 204 || status === 304) return { kind: 'length', bytes: 0 };
  if (/(^|,)\s*chunked$/i.test(headers['transfer-encoding'] ?? '')) return { kind: 'chunks' };
  const length = headers['content-length'];
  if (length === undefined) return { kind: 'until closed' };
  if (!/^\d{1,15}$/.test(length)) throw new HttpAnswerError(`"${length}" is no length of a body`);
  return { kind: 'length', bytes: Number(length) };
}
