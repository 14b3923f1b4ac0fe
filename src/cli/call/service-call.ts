import { metadata, type Operation } from '../../api-model/api-model.ts';
import type { Endpoint } from '../aws/endpoint.ts';
import type { TextSink } from '../command-io.ts';
import type { Credentials } from '../credentials/credentials.ts';
import { CommandError, generalError, serviceError } from '../errors.ts';
import type { ParameterValue } from '../parameters/parameter-value.ts';
import type { HttpAnswer } from './http-answer.ts';
import { type Connection, exchange } from './http-exchange.ts';
import { type Fault, faultOf, isRetried, jsonObject } from './service-error.ts';
import { signedHeaders } from './signature.ts';

/** All that a call needs besides what it asks for. */
export interface CallSettings {
  readonly endpoint: Endpoint;
  readonly region: string;
  /** Undefined sends the request without a signature. */
  readonly credentials: Credentials | undefined;
  /** Whether the signature has to hold in every region, as global endpoints want it. */
  readonly isGlobal: boolean;
  readonly connection: Connection;
  readonly maxAttempts: number;
  /** Between 0 and 1: how much of a pause's length is waited. */
  readonly random: () => number;
  /** Where `--debug` writes the exchange. */
  readonly debug: TextSink | undefined;
}

/**
 * Calls an operation with a JSON body and answers its JSON object. Throttling, 5xx and lost connections are
 * tried again, after a random part of 1, 2, 4 … at most 20 seconds.
 * Throws a CommandError: exit 254 when the service answers with an error, 255 when no answer comes.
 */
export async function callService(
  operation: Operation,
  body: string,
  settings: CallSettings,
): Promise<ReadonlyMap<string, ParameterValue>> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryOnce(operation, body, settings);
    if ('answer' in outcome) return outcome.answer;
    // Whatever the last attempt ends with, the AWS CLI says that it was the last.
    const isLast = attempt >= settings.maxAttempts;
    if (isLast) throw failure(outcome, operation, ` (reached max retries: ${attempt - 1})`);
    if (!outcome.isRetried) throw failure(outcome, operation, '');
    await pause(settings.random() * Math.min(2 ** (attempt - 1), 20) * 1000);
  }
}

type Outcome = { readonly answer: ReadonlyMap<string, ParameterValue> } | Failure;

/** Why an attempt failed: a fault that the service reports, or no answer at all. */
interface Failure {
  readonly reason: Fault | CommandError;
  readonly isRetried: boolean;
}

async function tryOnce(operation: Operation, body: string, settings: CallSettings): Promise<Outcome> {
  const { url } = settings.endpoint;
  const headers = await headersOf(operation, body, settings);
  settings.debug?.write(`POST ${url.href}\n${headerLines(headers)}\n${body}\n`);
  let answer: HttpAnswer;
  try {
    answer = await exchange(url, { headers, body }, settings.connection);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    settings.debug?.write(`${error.message}\n`);
    return { reason: withAdvice(error, settings), isRetried: true };
  }
  settings.debug?.write(`HTTP ${answer.status}\n${answer.body}\n`);
  if (answer.status < 300) return { answer: readAnswer(answer.body) };
  const fault = faultOf(answer);
  return { reason: fault, isRetried: isRetried(answer.status, fault) };
}

function readAnswer(body: string): ReadonlyMap<string, ParameterValue> {
  const object = jsonObject(body);
  if (object !== undefined) return object;
  throw generalError(
    `Unable to parse response, invalid response received. Further retries may succeed:\n${body}`,
  );
}

async function headersOf(
  operation: Operation,
  body: string,
  { endpoint, region, credentials, isGlobal }: CallSettings,
): Promise<Readonly<Record<string, string>>> {
  const headers = {
    host: endpoint.url.host,
    'content-type': `application/x-amz-json-${metadata.jsonVersion}`,
    'x-amz-target': `${metadata.targetPrefix}.${operation.name}`,
    'user-agent': 'busbar',
  };
  if (credentials === undefined) return headers;
  const request = { url: endpoint.url, headers, body };
  const now = new Date();
  if (!isGlobal) return signedHeaders(request, credentials, { region, now });
  const { globallySignedHeaders } = await import('./global-signature.ts');
  return globallySignedHeaders(request, credentials, now);
}

// Nothing listens: the user wants to know what should.
function withAdvice(error: CommandError, { endpoint }: CallSettings): CommandError {
  if (error.code !== 'EndpointConnection' || !endpoint.isLocalBusbar) return error;
  return generalError(
    `${error.message}\nNo Busbar is running there; start one with: busbar start`,
    error.code,
  );
}

function failure({ reason }: Failure, operation: Operation, tried: string): CommandError {
  if (reason instanceof CommandError) return reason;
  const { code, message } = reason;
  return serviceError(
    code,
    `An error occurred (${code}) when calling the ${operation.name} operation${tried}: ${message}`,
  );
}

function headerLines(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${name === 'x-amz-security-token' ? '…' : value}`)
    .join('\n');
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
