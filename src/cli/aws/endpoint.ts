import * as local from '../../config/local-address.ts';
import type { CommandIo } from '../command-io.ts';
import { configurationError, generalError } from '../errors.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { ParameterValue } from '../parameters/parameter-value.ts';
import { type AwsConfig, profileSetting } from './aws-config.ts';

/** Where a request goes. */
export interface Endpoint {
  readonly url: URL;
  /** Whether it is the Busbar of this machine: that one needs neither a region nor credentials. */
  readonly isLocalBusbar: boolean;
}

/**
 * The endpoint: `--endpoint-url`, then AWS_ENDPOINT_URL_EVENTBRIDGE, AWS_ENDPOINT_URL, the profile's services
 * section and `endpoint_url`, AWS_ENDPOINT_URL_EVENTS (which the AWS CLI does not read), and at last, where the
 * AWS CLI would call AWS, the Busbar of this machine. Throws (exit 255) for what is no URL.
 * AWS page: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function findEndpoint(options: GlobalOptions, config: AwsConfig, io: CommandIo): Endpoint {
  const local = localBusbar(io.env);
  const configured =
    options.endpointUrl ??
    configuredEndpoint('eventbridge', config, io.env) ??
    (isIgnored(config, io.env) ? undefined : io.env['AWS_ENDPOINT_URL_EVENTS'] || undefined);
  const url = parsed(configured ?? local);
  return { url, isLocalBusbar: isSamePlace(url, parsed(local)) };
}

/**
 * The region: `--region`, AWS_REGION, AWS_DEFAULT_REGION, then the profile's; for the local Busbar its default.
 * Throws: exit 253 without any, 255 for a name that can't be one.
 */
export function findRegion(
  options: GlobalOptions,
  config: AwsConfig,
  { env, endpoint }: { readonly env: CommandIo['env']; readonly endpoint: Endpoint },
): string {
  const region =
    options.region ||
    env['AWS_REGION'] ||
    env['AWS_DEFAULT_REGION'] ||
    profileSetting(config, 'region') ||
    (endpoint.isLocalBusbar ? env[local.region.env] || local.region.default : undefined);
  if (region === undefined) {
    throw configurationError(
      'NoRegion',
      'You must specify a region. You can also configure your region by running "aws configure".',
    );
  }
  if (/^(?![0-9]+$)(?!-)[a-zA-Z0-9-]{0,63}(?<!-)$/.test(region)) return region;
  throw generalError(`Provided region_name '${region}' doesn't match a supported format.`, 'InvalidRegion');
}

// What AWS's own addresses for a region end with, those with IPv6 too.
const OF_AWS =
  /^events\.[a-z]{2,}(?:-[a-z]+)+-\d\.(amazonaws\.com(?:\.cn)?|api\.aws|api\.amazonwebservices\.com\.cn)$/;

/**
 * Where a request for a global endpoint goes: to the endpoint's own host where it would go to AWS, else where it would
 * go without. Undefined for a request that names none. Throws (exit 255) for what is no host label.
 * AWS page: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html
 */
export function globalEndpoint(id: ParameterValue | undefined, endpoint: Endpoint): Endpoint | undefined {
  if (typeof id !== 'string') return undefined;
  if (!id.split('.').every((label) => /^(?!-)[a-zA-Z0-9-]{1,63}(?<!-)$/.test(label))) {
    throw generalError('Invalid endpoint configuration: EndpointId must be a valid host label.');
  }
  const domain = OF_AWS.exec(endpoint.url.hostname)?.[1];
  if (domain === undefined) return endpoint;
  return { ...endpoint, url: new URL(`https://${id}.endpoint.events.${domain}`) };
}

function localBusbar(env: CommandIo['env']): string {
  const port = Number(env[local.port.env] ?? 0) || local.port.default;
  return env['BUSBAR_ENDPOINT_URL'] || `http://127.0.0.1:${port}`;
}

/**
 * The endpoint that the environment or the profile names for a service, by its name in the configuration file
 * (`sts`, `eventbridge`). Undefined without one, and where such settings are to be ignored.
 */
export function configuredEndpoint(
  service: string,
  config: AwsConfig,
  env: CommandIo['env'],
): string | undefined {
  if (isIgnored(config, env)) return undefined;
  const section = config.services.get(service);
  const ofService = section instanceof Map ? section.get('endpoint_url') : undefined;
  return (
    env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ||
    env['AWS_ENDPOINT_URL'] ||
    ofService ||
    profileSetting(config, 'endpoint_url') ||
    undefined
  );
}

function isIgnored(config: AwsConfig, env: CommandIo['env']): boolean {
  const ignored =
    env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ?? profileSetting(config, 'ignore_configured_endpoint_urls');
  return ignored?.toLowerCase() === 'true';
}

const HOST_NAME = /^((?!-)[A-Z\d-]{1,63}(?<!-)\.)*((?!-)[A-Z\d-]{1,63}(?<!-))\.?$|^\[[\dA-F:.]+\]$/i;

function parsed(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && HOST_NAME.test(url.hostname)) return url;
  throw generalError(`Invalid endpoint: ${text}`, 'InvalidEndpoint');
}

function isSamePlace(one: URL, other: URL): boolean {
  const sameHost = one.hostname === other.hostname || (isOnThisMachine(one) && isOnThisMachine(other));
  return sameHost && one.protocol === other.protocol && one.port === other.port;
}

/** Whether an address is one of this machine alone: localhost, 127.0.0.0/8 or ::1. */
export function isOnThisMachine({ hostname }: URL): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
