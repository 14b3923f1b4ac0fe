import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { AgentOptions } from 'node:https';
import { metadata } from '../../api-model/api-model.ts';
import { loadAwsConfig } from '../aws/aws-config.ts';
import { connectionSettings } from '../aws/connection-settings.ts';
import { type Endpoint, findEndpoint, findRegion } from '../aws/endpoint.ts';
import { connectionError, connectTimeout, proxyOf, readTimeout } from '../call/connection-errors.ts';
import type { Connection } from '../call/http-exchange.ts';
import { faultOf } from '../call/service-error.ts';
import { signedHeaders } from '../call/signature.ts';
import type { CommandIo, TextSink } from '../command-io.ts';
import { findCredentials } from '../credentials/credentials.ts';
import { RenewedCredentials } from '../credentials/renewed-credentials.ts';
import { CommandError, generalError, serviceError } from '../errors.ts';
import { checkGlobalOptions, type GlobalOptions } from '../global-options.ts';
import { KeptConnections } from './kept-connections.ts';

/** An answer of the bus as it came. */
export interface BusAnswer {
  readonly status: number;
  readonly body: string;
}

interface Settings {
  readonly endpoint: Endpoint;
  readonly region: string;
  readonly credentials: RenewedCredentials | undefined;
  readonly connection: Connection;
  /** Where `--debug` writes what is asked. */
  readonly debug: TextSink | undefined;
}

interface Request {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Ends the request, and what is read of its answer. */
  readonly signal?: AbortSignal;
}

/**
 * A connection to a bus for Busbar's own commands: the EventBridge API and Busbar's own one, over connections that
 * stay open. Its methods throw a CommandError: exit 254 for the bus's errors, 255 when no answer comes.
 */
export class BusClient {
  readonly region: string;
  readonly url: URL;
  readonly #settings: Settings;
  readonly #http: typeof import('node:http');
  readonly #agent: Agent;
  // For calls of the API, where nothing stands between the bus and this process.
  readonly #kept: KeptConnections | undefined;

  constructor(settings: Settings) {
    const { endpoint, region, connection } = settings;
    this.#settings = settings;
    this.url = endpoint.url;
    this.region = region;
    this.#http = process.getBuiltinModule(
      endpoint.url.protocol === 'https:' ? 'node:https' : 'node:http',
    ) as typeof import('node:http');
    // Of the two kinds of agents that of https takes more.
    const agentOptions: AgentOptions = {
      keepAlive: true,
      proxyEnv: connection.proxyEnv,
      rejectUnauthorized: connection.verifySsl,
      ...(connection.caBundle === undefined ? {} : { ca: connection.caBundle }),
    };
    this.#agent = new this.#http.Agent(agentOptions);
    const isDirect = this.url.protocol === 'http:' && proxyOf(this.url, connection.proxyEnv) === undefined;
    this.#kept = isDirect ? new KeptConnections(this.url, connection) : undefined;
  }

  /** The bus that the options name, found as `busbar events` finds it. Throws a CommandError. */
  static async connect(options: GlobalOptions, io: CommandIo): Promise<BusClient> {
    checkGlobalOptions(options);
    const config = loadAwsConfig(io, options);
    const endpoint = findEndpoint(options, config, io);
    const region = findRegion(options, config, { env: io.env, endpoint });
    const find = () => findCredentials(config, io, { options, endpoint, region });
    return new BusClient({
      endpoint,
      region,
      credentials: options.signRequest ? new RenewedCredentials(await find(), find) : undefined,
      connection: connectionSettings(options, config, { io, endpoint }),
      debug: options.debug ? io.stderr : undefined,
    });
  }

  /** The answer of an operation of the EventBridge API; `input` is its JSON by the API's names. */
  async call(operation: string, input: string): Promise<BusAnswer> {
    const headers = {
      'content-type': `application/x-amz-json-${metadata.jsonVersion}`,
      'x-amz-target': `${metadata.targetPrefix}.${operation}`,
    };
    const body = Buffer.from(input);
    if (this.#kept === undefined) return this.#exchange({ method: 'POST', url: this.url, headers, body });
    this.#settings.debug?.write(`POST ${this.url.href}\n${input}\n`);
    const signed = await this.#headers({ method: 'POST', url: this.url, headers, body });
    try {
      return await this.#kept.post(signed, body);
    } catch (error) {
      throw error instanceof CommandError ? this.#withAdvice(error) : error;
    }
  }

  /** The same for an operation that is expected to succeed: its answer as plain JSON. */
  async ask<Answer>(operation: string, input: object = {}): Promise<Answer> {
    const answer = await this.call(operation, JSON.stringify(input));
    if (answer.status < 300) return JSON.parse(answer.body || '{}') as Answer;
    const { code, message } = faultOf({ ...answer, headers: {} });
    throw serviceError(code, `${operation} was refused: ${message} (${code})`);
  }

  /** All items of a `List…` operation, however many calls that takes. */
  async list<Item>(operation: string, member: string, input: object = {}): Promise<readonly Item[]> {
    const items: Item[] = [];
    let token: unknown;
    do {
      const page = await this.ask<Readonly<Record<string, unknown>>>(operation, {
        ...input,
        NextToken: token,
      });
      items.push(...((page[member] ?? []) as Item[]));
      token = page['NextToken'];
    } while (token !== undefined && token !== null);
    return items;
  }

  /** The answer of an address of Busbar's own API, as text. */
  async admin(
    method: 'GET' | 'POST',
    path: string,
    { query = {}, body }: { readonly query?: Query; readonly body?: string | undefined } = {},
  ): Promise<string> {
    const url = this.#adminUrl(path, query);
    const answer = await this.#exchange({
      method,
      url,
      headers: {},
      ...(body === undefined ? {} : { body: Buffer.from(body) }),
    });
    if (answer.status < 300) return answer.body;
    throw this.#refusal(answer);
  }

  /** The same as plain JSON. */
  async adminJson<Answer>(
    method: 'GET' | 'POST',
    path: string,
    { query = {}, body }: { readonly query?: Query; readonly body?: object } = {},
  ): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return JSON.parse(await this.admin(method, path, { query, body: text })) as Answer;
  }

  /** An answer that goes on and on: what is read of it is up to the caller, until `signal` ends it. */
  async stream(
    path: string,
    {
      query,
      headers,
      signal,
    }: {
      readonly query: Query;
      readonly headers: Readonly<Record<string, string>>;
      readonly signal: AbortSignal;
    },
  ): Promise<IncomingMessage> {
    const url = this.#adminUrl(path, query);
    const response = await this.#send({ method: 'GET', url, headers, signal });
    if (response.statusCode === 200) return response;
    throw this.#refusal({ status: response.statusCode ?? 0, body: await textOf(response) });
  }

  close(): void {
    this.#agent.destroy();
    this.#kept?.close();
  }

  #adminUrl(path: string, query: Query): URL {
    const url = new URL(path, this.url);
    const pairs = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
    );
    url.search = pairs.join('&');
    return url;
  }

  #refusal({ status, body }: BusAnswer): CommandError {
    const message = messageOf(body) ?? (body.trim() || `HTTP ${status}`);
    const advice = status === 404 && messageOf(body) === undefined ? '\nIs that endpoint a Busbar?' : '';
    return serviceError(`Http${status}`, `${message}${advice}`);
  }

  async #exchange(request: Request): Promise<BusAnswer> {
    const response = await this.#send(request);
    return { status: response.statusCode ?? 0, body: await textOf(response, this.url) };
  }

  async #send(request: Request): Promise<IncomingMessage> {
    const { method, url, body, signal } = request;
    const { connection, debug } = this.#settings;
    debug?.write(`${method} ${url.href}\n${body === undefined ? '' : `${Buffer.from(body).toString()}\n`}`);
    const headers = await this.#headers(request);
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const sent = this.#http.request(url, {
      method,
      agent: this.#agent,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { 'content-length': body.length }),
      },
      ...(signal === undefined ? {} : { signal }),
    });
    limitTime(sent, url, connection, reject);
    sent.on('error', (error) => reject(this.#connectionError(error)));
    sent.on('response', resolve);
    sent.end(body);
    return promise;
  }

  async #headers({
    method,
    url,
    headers,
    body = NO_BODY,
  }: Request): Promise<Readonly<Record<string, string>>> {
    const { credentials, region } = this.#settings;
    const all = { host: url.host, 'user-agent': 'busbar', ...headers };
    if (credentials === undefined) return all;
    const now = new Date();
    const current = await credentials.at(now.getTime());
    return signedHeaders({ method, url, headers: all, body }, current, { region, now });
  }

  #connectionError(error: NodeJS.ErrnoException): CommandError {
    return this.#withAdvice(connectionError(error, this.url, this.#settings.connection.proxyEnv));
  }

  // Nothing listens: the user wants to know what should.
  #withAdvice(told: CommandError): CommandError {
    if (told.code !== 'EndpointConnection' || !this.#settings.endpoint.isLocalBusbar) return told;
    return generalError(
      `${told.message}\nNo Busbar is running there; start one with: busbar start`,
      told.code,
    );
  }
}

const NO_BODY = new Uint8Array();

type Query = Readonly<Record<string, string | undefined>>;

function limitTime(
  sent: ClientRequest,
  url: URL,
  { connectTimeoutMs, readTimeoutMs }: Connection,
  reject: (error: CommandError) => void,
): void {
  sent.on('socket', (socket) => {
    if (socket.connecting && connectTimeoutMs > 0) {
      const timer = setTimeout(() => {
        reject(connectTimeout(url));
        sent.destroy();
      }, connectTimeoutMs);
      const stop = () => clearTimeout(timer);
      socket.once('connect', stop);
      sent.once('close', stop);
    }
  });
  sent.setTimeout(readTimeoutMs, () => {
    reject(readTimeout(url));
    sent.destroy();
  });
}

async function textOf(response: IncomingMessage, url?: URL): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(chunk as Buffer);
  } catch (error) {
    if (url === undefined || !(error instanceof Error)) throw error;
    throw connectionError(error, url, {});
  }
  return Buffer.concat(chunks).toString('utf8');
}

function messageOf(body: string): string | undefined {
  try {
    const { message } = JSON.parse(body) as { readonly message?: unknown };
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
