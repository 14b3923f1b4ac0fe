import { parseArn } from '../../domain/arn.ts';
import { type AwsHttp, createAwsHttp } from './aws-http.ts';
import type { TargetSettings } from './target-kind.ts';

/** What kinds of targets that are AWS's services are made with. */
export type AwsSettings = Pick<TargetSettings, 'clock' | 'endpointOf' | 'hasCredentials'>;

/** What an SDK client is made with. */
export interface AwsClientConfig {
  readonly region: string;
  /** The dispatcher retries, on its own clock and with its own patience. */
  readonly maxAttempts: 1;
  readonly requestHandler: AwsHttp;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

// A compatible server on this machine needs credentials that look like some, and checks none.
const PLACEHOLDER_CREDENTIALS = { accessKeyId: 'busbar', secretAccessKey: 'busbar' };

// AWS has fewer regions than this; ARNs may name any.
const MAXIMUM_CLIENTS = 64;

/** The clients of one AWS service: one for each region that targets are in, made when it is first needed. */
export class AwsClients<Client> {
  readonly #service: string;
  readonly #settings: AwsSettings;
  readonly #make: (config: AwsClientConfig) => Client;
  readonly #http = createAwsHttp();
  readonly #byRegion = new Map<string, Client>();

  /** `service` as it ends the names of variables with endpoints: SNS, CLOUDWATCH_LOGS. */
  constructor(service: string, settings: AwsSettings, make: (config: AwsClientConfig) => Client) {
    this.#service = service;
    this.#settings = settings;
    this.#make = make;
  }

  /** The client for the region of an ARN. */
  for(arn: string): Client {
    const region = parseArn(arn)?.region ?? '';
    const client = this.#byRegion.get(region) ?? this.#make(this.#config(region));
    // The one that was used last stands last; the connections are everybody's, so that one let go of leaves nothing.
    this.#byRegion.delete(region);
    this.#byRegion.set(region, client);
    const [oldest] = this.#byRegion.keys();
    if (this.#byRegion.size > MAXIMUM_CLIENTS && oldest !== undefined) this.#byRegion.delete(oldest);
    return client;
  }

  /** Lets go of the connections. */
  close(): void {
    this.#http.close();
  }

  #config(region: string): AwsClientConfig {
    const { endpointOf, hasCredentials } = this.#settings;
    const endpoint = endpointOf(this.#service);
    return {
      region,
      maxAttempts: 1,
      requestHandler: this.#http,
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(endpoint === undefined || hasCredentials ? {} : { credentials: PLACEHOLDER_CREDENTIALS }),
    };
  }
}
