import type { IncomingMessage } from 'node:http';

// An import would read all that these modules export, and load a WebSocket client with it: a tenth of a second.
const { Agent: HttpAgent, request: httpRequest } = process.getBuiltinModule('node:http');
const { Agent: HttpsAgent, request: httpsRequest } = process.getBuiltinModule('node:https');

/** What of an SDK's request goes over the wire. */
interface SdkRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** Carries the requests of SDK clients; a type, for the SDKs take no interface here. */
export type AwsHttp = {
  readonly metadata: { readonly handlerProtocol: string };
  handle(
    request: SdkRequest,
    options?: { readonly abortSignal?: AbortSignal },
  ): Promise<{ response: SdkResponse }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
  /** Called by a client that is let go of; others may use the connections still. */
  destroy(): void;
  close(): void;
};

// The longest answer to a batch is a good deal shorter.
const ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * HTTP/1.1 for SDK clients, where their own handlers would queue requests behind fifty sockets, read an answer
 * for as long as it goes on, and speak HTTP/2 to some services only, which few compatible servers do.
 */
export function createAwsHttp(): AwsHttp {
  const agents = {
    http: new HttpAgent({ keepAlive: true }),
    https: new HttpsAgent({ keepAlive: true }),
  };
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: ({ protocol, hostname, port, method, path, query, headers, body }, { abortSignal } = {}) =>
      new Promise((resolve, reject) => {
        if (abortSignal?.aborted) return reject(new Error('Aborted before it began.'));
        const secure = protocol === 'https:';
        const host = hostname.replace(/^\[|\]$/g, '');
        const request = (secure ? httpsRequest : httpRequest)({
          host,
          port,
          method,
          path: path + queryText(query),
          headers,
          agent: secure ? agents.https : agents.http,
        });
        const abort = () => request.destroy(new Error('Aborted.'));
        abortSignal?.addEventListener('abort', abort, { once: true });
        request.on('close', () => abortSignal?.removeEventListener('abort', abort));
        request.on('response', (response) => readResponse(response, resolve, reject));
        request.on('error', reject);
        request.on('upgrade', (_response, socket) => {
          socket.destroy();
          reject(new Error('The service switched protocols.'));
        });
        request.end(body);
      }),
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function readResponse(
  response: IncomingMessage,
  resolve: (answer: { response: SdkResponse }) => void,
  reject: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes <= ANSWER_BYTES) return;
    reject(new Error(`The answer is longer than ${ANSWER_BYTES} bytes.`));
    response.destroy();
  });
  response.on('end', () => {
    const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
    const body = Buffer.concat(chunks);
    resolve({
      response: { statusCode: response.statusCode ?? 0, headers: Object.fromEntries(headers), body },
    });
  });
  response.on('error', reject);
  response.on('close', () => {
    if (!response.complete) reject(new Error('The connection broke off in the middle of the answer.'));
  });
}

function queryText(query: SdkRequest['query'] = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value ?? ''].flat().map((each) => `${escaped(name)}=${escaped(each)}`),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** As the signature has it: all but the unreserved characters. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
