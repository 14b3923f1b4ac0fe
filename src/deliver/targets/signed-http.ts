import { SQSClient } from '@aws-sdk/client-sqs';
import type { HttpAnswer } from '../http-exchange.ts';
import type { AwsClientConfig } from './aws-clients.ts';

/** A request to an endpoint of AWS that has no client of its own. */
export interface SignableRequest {
  readonly method: string;
  /** Its host on AWS: `abc.execute-api.eu-central-1.amazonaws.com`. */
  readonly host: string;
  /** Escaped, with its slash. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** HTTP with SigV4, for one service and region. */
export class SignedHttp {
  readonly #service: string;
  readonly #config: AwsClientConfig;
  readonly #signing: SQSClient;

  /** `service` as signatures name it. */
  constructor(service: string, config: AwsClientConfig) {
    this.#service = service;
    this.#config = config;
    // A client that comes with Busbar: it knows where credentials come from, and signs for whatever service.
    this.#signing = new SQSClient(config);
  }

  /**
   * Sends the request, to the endpoint that the configuration has in AWS's place where it has one; its Host is the
   * one on AWS all the same. Rejects when there are no credentials, and when no answer came.
   */
  async send(
    { host, path, ...request }: SignableRequest,
    options: { readonly abortSignal: AbortSignal },
  ): Promise<HttpAnswer> {
    const { region, endpoint, requestHandler } = this.#config;
    const { protocol, hostname, port, pathname } = new URL(endpoint ?? `https://${host}`);
    const signer = await this.#signing.config.signer({
      name: 'sigv4',
      signingName: this.#service,
      signingRegion: region,
      properties: {},
    });
    const signed = await signer.sign({
      ...request,
      protocol,
      hostname: host,
      path: `${pathname.replace(/\/$/, '')}${path}`,
      query: { ...request.query },
      headers: { ...request.headers, host },
    });
    const { response } = await requestHandler.handle(
      {
        ...request,
        protocol,
        hostname,
        port: port === '' ? undefined : Number(port),
        path: signed.path,
        headers: signed.headers,
      },
      options,
    );
    return {
      status: response.statusCode,
      retryAfter: response.headers['retry-after'],
      text: Buffer.from(response.body).toString('utf8'),
    };
  }
}

/** The end of the names of AWS's hosts in a region. */
export function domainOf(partition: string): string {
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}
