import type { CheckAnswer } from './load-connections.ts';
import type { Entry } from './load-events.ts';

/** An HTTP POST as it goes over the wire. */
export function postRequest(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Buffer {
  const { host, pathname } = new URL(url);
  const all = { Host: host, ...headers, 'Content-Length': String(Buffer.byteLength(body)) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

// Signed in looks only: a signature costs the client, which isn't measured, more than the server.
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=111111111111/20260102/eu-central-1/events/aws4_request, SignedHeaders=host, Signature=0';

/** A request of the EventBridge API. */
export function apiRequest(url: string, operation: string, input: object): Buffer {
  return postRequest(url, JSON.stringify(input), {
    'Content-Type': 'application/x-amz-json-1.1',
    'X-Amz-Target': `AWSEvents.${operation}`,
    Authorization: AUTHORIZATION,
  });
}

/** PutEvents requests of `perRequest` entries each. */
export function putEventsRequests(url: string, entries: readonly Entry[], perRequest: number): Buffer[] {
  const requests: Buffer[] = [];
  for (let at = 0; at + perRequest <= entries.length; at += perRequest) {
    requests.push(apiRequest(url, 'PutEvents', { Entries: entries.slice(at, at + perRequest) }));
  }
  return requests;
}

/** Passes answers with status 200. */
export const isOk: CheckAnswer = ({ head, body }) => {
  if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(`Not a success: ${head}\n${body}`);
};

/** Passes answers of PutEvents that took every entry. */
export const tookAll: CheckAnswer = (answer) => {
  isOk(answer);
  if (!answer.body.includes('"FailedEntryCount":0')) throw new Error(`Entries failed: ${answer.body}`);
};
