import type { TestContext } from 'node:test';
import { readConfig } from '../src/config.ts';
import type { Log } from '../src/domain/log.ts';
import { type RunningBus, type Surroundings, startBusbar } from '../src/main.ts';

/** What a call over HTTP came back with. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; without members when it was empty. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface TestBus extends RunningBus {
  /** Sends one AWS JSON request, signed for that account and region in looks only. */
  call(operation: string, body: unknown, caller?: { account?: string; region?: string }): Promise<Answer>;
}

export interface TestBusOptions extends Surroundings {
  /** Folder of the database; left out, the bus lives in memory. */
  readonly data?: string;
  /** Endpoints of AWS services, by the SDKs' names for them. */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** Further flags of `busbar start`. */
  readonly flags?: readonly string[];
}

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Starts a bus on a free port for one test, and stops it with the test. */
export async function startTestBus(t: TestContext, options: TestBusOptions = {}): Promise<TestBus> {
  const { data, endpoints = {}, flags = [], ...surroundings } = options;
  const place = data === undefined ? '--memory' : `--data=${data}`;
  const config = readConfig(['--port=0', place, ...flags], {});
  const bus = await startBusbar(
    { ...config, endpointOf: (service) => endpoints[service] },
    { log: silent, ...surroundings },
  );
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= bus.close();
    return closing;
  };
  t.after(close);
  return { ...bus, close, call: (operation, body, caller) => call(bus.url, operation, body, caller) };
}

async function call(
  url: string,
  operation: string,
  body: unknown,
  { account = '111111111111', region = 'eu-central-1' } = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `AWSEvents.${operation}`,
      Authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260102/${region}/events/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: text === '' ? {} : JSON.parse(text),
  };
}
