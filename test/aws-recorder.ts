import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { checkAwsSignature, type SignedFor } from './aws-signature.ts';
import { type AwsRequest, type ReadCall, readCall } from './aws-wire.ts';

/** A request that the recorder took for a well-shaped call. */
export interface RecordedCall extends Omit<ReadCall, 'faults'> {
  /** Region of the signature. */
  readonly region: string;
  /** Service of the signature: `states`, `execute-api`. */
  readonly signedService: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How a call is answered; 'hang' never answers it, 'endless' never stops. */
export type AwsAnswer =
  | { readonly output: Readonly<Record<string, unknown>>; readonly status?: number }
  | {
      /** The error by its name in the API. */
      readonly error: string;
      /** 400 where it is left out. */
      readonly status?: number;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  | 'hang'
  | 'reset'
  | 'endless';

export interface AwsRecorder {
  /** Where all AWS services answer; the value of AWS_ENDPOINT_URL. */
  readonly url: string;
  readonly calls: readonly RecordedCall[];
  /** Resolves when `count` calls have come in all; the test's own timeout bounds it. */
  arrived(count: number): Promise<void>;
}

// What targets sign with where an endpoint is set and no credentials are configured.
const SECRET_ACCESS_KEY = 'busbar';

/**
 * A server on a free port that stands for AWS's services. It knows the published shapes of the operations by
 * which targets are invoked (data/aws-shapes.json), and checks of each request its SigV4 signature, its path and
 * headers, and each member of its input. A request that is wrong in any of this is answered with 400 and fails the test at its end;
 * the others are recorded, and answered as `answer` says: an empty success where it is left out.
 *
 * Requests that are signed for a service without operations there (appsync, execute-api) have their signature
 * checked and are recorded as they are.
 *
 *     const aws = await startAwsRecorder(t, (_call, n) => (n === 0 ? { error: 'ThrottlingException' } : { output: {} }));
 *     const bus = await startTestBus(t, { endpoints: { KINESIS: aws.url } });
 *     …
 *     await aws.arrived(2);
 *     assert.equal(aws.calls[1]?.operation, 'PutRecord');
 */
export async function startAwsRecorder(
  t: TestContext,
  answer: (call: RecordedCall, n: number) => AwsAnswer = () => ({ output: {} }),
): Promise<AwsRecorder> {
  const calls: RecordedCall[] = [];
  const faults: string[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { method = '', url = '', headers } = incoming;
    const request = { method, url, headers, body: Buffer.concat(chunks) };
    const { call, found } = read(request);
    if (call === undefined) {
      faults.push(...found);
      respond(response, { error: 'MalformedByItsShape', message: found.join('\n') }, undefined);
    } else {
      calls.push(call);
      respond(response, answer(call, calls.length - 1), call);
    }
    for (const look of waiting) look();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
    assert.deepEqual(faults, [], 'requests that their service would not have understood');
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    arrived: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (calls.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

function read(request: AwsRequest): { call?: RecordedCall; found: readonly string[] } {
  let signed: SignedFor;
  try {
    signed = checkAwsSignature(request, SECRET_ACCESS_KEY);
  } catch (error) {
    return { found: [error instanceof Error ? error.message : String(error)] };
  }
  const { faults, ...call } = readCall(request, signed.service);
  if (faults.length > 0) return { found: faults };
  const { method, url: path, headers } = request;
  const { region, service: signedService } = signed;
  return {
    call: { ...call, region, signedService, method, path, headers, body: request.body.toString() },
    found: [],
  };
}

function respond(response: ServerResponse, answer: AwsAnswer, call: RecordedCall | undefined): void {
  if (answer === 'hang') return;
  if (answer === 'reset') {
    response.socket?.destroy();
    return;
  }
  if (answer === 'endless') {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const more = () => {
      while (!response.destroyed && response.write(' '.repeat(65_536)));
    };
    response.on('drain', more);
    more();
    return;
  }
  if ('body' in answer) {
    response.writeHead(answer.status, answer.headers).end(answer.body);
    return;
  }
  const asXml = call?.service === 'sns';
  const type = { 'Content-Type': asXml ? 'text/xml' : 'application/json' };
  if ('error' in answer) {
    const { error, status = 400, message = `${error}, for the test.`, headers } = answer;
    const body = asXml
      ? `<ErrorResponse><Error><Type>Sender</Type><Code>${error}</Code><Message>${message}</Message></Error></ErrorResponse>`
      : JSON.stringify({ __type: error, message });
    response.writeHead(status, { ...type, 'x-amzn-errortype': error, ...headers }).end(body);
    return;
  }
  const operation = call?.operation;
  const body = asXml
    ? `<${operation}Response><${operation}Result>${xml(answer.output)}</${operation}Result></${operation}Response>`
    : JSON.stringify(answer.output);
  response.writeHead(answer.status ?? 200, type).end(body);
}

function xml(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${xml(item)}</member>`).join('');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, member]) => `<${name}>${xml(member)}</${name}>`)
    .join('');
}
