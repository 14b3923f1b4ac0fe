import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import {
  delivered,
  type Invocation,
  type Outcome,
  permanent,
  retryable,
  type TargetKind,
} from './target-kind.ts';

// What an endpoint answers is read so that its connection can be used again, up to this much.
const ANSWER_BYTES = 64 * 1024;
const EXCERPT_CHARACTERS = 200;
const SOCKETS_PER_HOST = 64;

// What AWS retries for API destinations, beside all of 5xx; other answers will not change by asking again.
const RETRIED_STATUS = new Set([401, 407, 409, 429]);

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly excerpt: string;
}

/**
 * Busbar's own kind of target: an HTTP endpoint, given as the target's ARN. The input is POSTed as JSON; any
 * 2xx answer takes it over. Redirects are not followed.
 *
 * The answers that are retried are those of API destinations:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 */
export function createHttpTarget(): TargetKind {
  const options = { keepAlive: true, maxSockets: SOCKETS_PER_HOST };
  const agents = { 'http:': new HttpAgent(options), 'https:': new HttpsAgent(options) };
  return {
    async invoke(invocation) {
      const url = new URL(invocation.target.arn);
      try {
        const secure = url.protocol === 'https:';
        return outcomeOf(await post(url, invocation, secure ? agents['https:'] : agents['http:']));
      } catch (error) {
        return failureOf(error, invocation.signal, url);
      }
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

function post(url: URL, invocation: Invocation, agent: HttpAgent): Promise<Answer> {
  const { input, eventId, attempt, signal } = invocation;
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const headers = {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(input),
      'User-Agent': 'Busbar',
      // At-least-once means twice now and then: the receiver can tell by the event's id.
      'Busbar-Event-Id': eventId,
      'Busbar-Attempt': String(attempt),
    };
    const request = send(url, { method: 'POST', agent, headers, signal }, (response) => {
      readAnswer(response).then(resolve, reject);
    });
    request.on('error', reject);
    request.end(input);
  });
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // The status has said what matters; leaving the loop closes the connection.
    if (bytes > ANSWER_BYTES) break;
    chunks.push(chunk);
  }
  return {
    status: response.statusCode ?? 0,
    retryAfter: response.headers['retry-after'],
    excerpt: Buffer.concat(chunks).toString('utf8').slice(0, EXCERPT_CHARACTERS),
  };
}

function outcomeOf({ status, retryAfter, excerpt }: Answer): Outcome {
  if (status >= 200 && status < 300) return delivered;
  const message =
    excerpt === '' ? `The endpoint answered ${status}.` : `The endpoint answered ${status}: ${excerpt}`;
  if (!RETRIED_STATUS.has(status) && status < 500) return permanent('SDK_CLIENT_ERROR', message);
  return retryable(status === 429 ? 'THROTTLING' : 'SERVER_ERROR', message, secondsOf(retryAfter));
}

/** Retry-After in seconds; its other form, a date, would need the target's clock to agree with ours. */
function secondsOf(retryAfter: string | undefined): number | undefined {
  return retryAfter !== undefined && /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1000 : undefined;
}

function failureOf(error: unknown, signal: AbortSignal, url: URL): Outcome {
  if (signal.aborted) return retryable('TIMEOUT', `${url.host} did not answer in time.`);
  const message = error instanceof Error ? error.message : String(error);
  return retryable('CONNECTION_FAILURE', `${url.host}: ${message}`);
}
