import type { IncomingMessage } from 'node:http';
import { type Egress, EgressRefusal } from './egress.ts';

// An import would read all that these modules export, and load a WebSocket client with it: a tenth of a second.
const { Agent: HttpAgent, request: httpRequest } = process.getBuiltinModule('node:http');
const { Agent: HttpsAgent, request: httpsRequest } = process.getBuiltinModule('node:https');

// What an endpoint answers is read so that its connection can be used again, up to this much.
const ANSWER_BYTES = 64 * 1024;

/** A request as it goes over the wire. */
export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came back; the text is cut where it is very long, and empty where it is compressed. */
export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/** Sends requests over connections of its own. Redirects are not followed. */
export interface HttpExchange {
  /** Rejects when no answer came, be it that the signal was aborted; with an EgressRefusal when none was asked for. */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
  close(): void;
}

/**
 * Connections are kept for further requests, unless a request says `Connection: close`. They lead only to where
 * `egress` lets them: that is settled for the address that is connected to, at the moment it is.
 */
export function createHttpExchange(egress: Egress): HttpExchange {
  // No bound on sockets: the dispatcher bounds what is under way, and a request that waited here would wait out
  // its own timeout.
  const options = { keepAlive: true, lookup: egress.lookup };
  const agents = { http: new HttpAgent(options), https: new HttpsAgent(options) };
  return {
    send({ url, method, headers, body }, signal) {
      // An address is connected to without being looked up.
      const refusal = egress.refusalOfUrl(url);
      if (refusal !== undefined) return Promise.reject(new EgressRefusal(refusal));
      const secure = url.protocol === 'https:';
      const begin = secure ? httpsRequest : httpRequest;
      const agent = secure ? agents.https : agents.http;
      const allHeaders = { ...headers, 'Content-Length': Buffer.byteLength(body) };
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(new Error('Aborted before it began.'));
        const request = begin(url, { method, agent, headers: allHeaders }, (response) => {
          readAnswer(response, resolve, reject);
        });
        // Listened to here, for node:http would do it at every stage of the request anew.
        const abort = () => request.destroy(new Error('Aborted.'));
        signal.addEventListener('abort', abort, { once: true });
        request.on('close', () => signal.removeEventListener('abort', abort));
        request.on('error', reject);
        // Nobody asked for it, and node:http tells of it in no other way: there is neither an answer nor an error.
        request.on('upgrade', (_response, socket) => {
          socket.destroy();
          reject(new Error('The endpoint switched protocols.'));
        });
        request.end(body);
      });
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

function readAnswer(
  response: IncomingMessage,
  resolve: (answer: HttpAnswer) => void,
  reject: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const finish = () => resolve(answerOf(response, Buffer.concat(chunks)));
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= ANSWER_BYTES) chunks.push(chunk);
    else {
      // The status has said what matters; the rest is not waited for, nor is the connection used again.
      finish();
      response.destroy();
    }
  });
  response.on('end', finish);
  response.on('error', reject);
  response.on('close', () => {
    if (!response.complete) reject(new Error('The connection broke off in the middle of the answer.'));
  });
}

function answerOf(response: IncomingMessage, body: Buffer): HttpAnswer {
  const encoded = (response.headers['content-encoding'] ?? 'identity') !== 'identity';
  return {
    status: response.statusCode ?? 0,
    retryAfter: response.headers['retry-after'],
    text: encoded ? '' : body.toString('utf8'),
  };
}
