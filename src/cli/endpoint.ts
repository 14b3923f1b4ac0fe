import { settings } from '../config.ts';
import { type AwsConfig, profileSetting } from './aws-config.ts';
import type { CommandIo } from './command-io.ts';
import { configurationError, generalError, notThereYet } from './errors.ts';
import type { GlobalOptions } from './global-options.ts';
import type { ParameterValue } from './parameter-value.ts';

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
    (endpoint.isLocalBusbar ? env[settings.region.env] || settings.region.default : undefined);
  if (region === undefined) {
    throw configurationError(
      'NoRegion',
      'You must specify a region. You can also configure your region by running "aws configure".',
    );
  }
  if (/^(?![0-9]+$)(?!-)[a-zA-Z0-9-]{0,63}(?<!-)$/.test(region)) return region;
  throw generalError(`Provided region_name '${region}' doesn't match a supported format.`, 'InvalidRegion');
}

/**
 * Looks at the id of a global endpoint before anything else is validated. Throws: exit 255 for what is no host
 * label; exit 252 when the request would have to be signed for all regions at once (SigV4a). The local Busbar
 * takes any signature.
 */
export function checkEndpointId(
  id: ParameterValue | undefined,
  endpoint: Endpoint,
  signRequest: boolean,
): void {
  if (typeof id !== 'string') return;
  if (!id.split('.').every((label) => /^(?!-)[a-zA-Z0-9-]{1,63}(?<!-)$/.test(label))) {
    throw generalError('Invalid endpoint configuration: EndpointId must be a valid host label.');
  }
  if (signRequest && !endpoint.isLocalBusbar) {
    throw notThereYet('--endpoint-id', 'global endpoints need a signature for all regions (SigV4a)');
  }
}

function localBusbar(env: CommandIo['env']): string {
  const port = Number(env[settings.port.env] ?? 0) || settings.port.default;
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

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

function isSamePlace(one: URL, other: URL): boolean {
  const sameHost =
    one.hostname === other.hostname || (LOOPBACK.test(one.hostname) && LOOPBACK.test(other.hostname));
  return sameHost && one.protocol === other.protocol && one.port === other.port;
}
