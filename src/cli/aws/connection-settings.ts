import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Connection } from '../call/http-exchange.ts';
import type { CommandIo } from '../command-io.ts';
import { generalError } from '../errors.ts';
import type { GlobalOptions } from '../global-options.ts';
import { pythonInt } from '../python-text.ts';
import { type AwsConfig, profileSetting } from './aws-config.ts';
import type { Endpoint } from './endpoint.ts';

const TIMEOUT_SECONDS = '60';
// Timers of Node hold no more: 24 days.
const MAX_TIMEOUT_MS = 2_147_483_647;
const MODES = ['legacy', 'standard', 'adaptive'];

/**
 * How to reach the endpoint: timeouts, certificates, proxy. Throws (exit 255) for a timeout below 0 and for a bundle
 * that isn't there.
 */
export function connectionSettings(
  options: GlobalOptions,
  config: AwsConfig,
  { io, endpoint }: { readonly io: CommandIo; readonly endpoint: Endpoint },
): Connection {
  return {
    connectTimeoutMs: timeoutMs('connect', options.connectTimeout),
    readTimeoutMs: timeoutMs('read', options.readTimeout),
    verifySsl: options.verifySsl,
    caBundle: endpoint.url.protocol === 'https:' ? caBundle(options, config, io) : undefined,
    proxyEnv: endpoint.isLocalBusbar ? {} : withProxySchemes(io.env),
  };
}

/**
 * How often a call is made at most: AWS_MAX_ATTEMPTS, the profile's `max_attempts`, else 3 (5 in the legacy
 * retry mode). Throws (exit 255) for what is no number from 1, and for an unknown mode.
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-retries.html
 */
export function maxAttempts(config: AwsConfig, env: CommandIo['env']): number {
  const mode = env['AWS_RETRY_MODE'] ?? profileSetting(config, 'retry_mode') ?? 'standard';
  if (!MODES.includes(mode)) {
    throw generalError(
      `Invalid value provided to "mode": "${mode}" must be one of: 'legacy', 'standard', 'adaptive'`,
    );
  }
  const attempts = env['AWS_MAX_ATTEMPTS'] ?? profileSetting(config, 'max_attempts');
  if (attempts === undefined) return mode === 'legacy' ? 5 : 3;
  const number = Number(pythonInt(attempts));
  if (number >= 1) return number;
  throw generalError(
    `Value provided to "max_attempts": ${number} must be an integer greater than or equal to 1.`,
  );
}

// 0 is no timeout at all.
function timeoutMs(kind: string, text: string | undefined): number {
  const seconds = pythonInt(text ?? TIMEOUT_SECONDS);
  if (seconds >= 0n) return Math.min(Number(seconds) * 1000, MAX_TIMEOUT_MS);
  throw generalError(
    `Attempted to set ${kind} timeout to ${seconds}, but the timeout cannot be set to a value less than or equal to 0.`,
  );
}

const PROXY_VARIABLES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'];

// `proxy:3128` is a proxy that is spoken to by HTTP.
function withProxySchemes(env: CommandIo['env']): CommandIo['env'] {
  const schemes = PROXY_VARIABLES.flatMap((name) => {
    const proxy = env[name];
    if (!proxy || /^https?:/.test(proxy)) return [];
    return [[name, proxy.startsWith('//') ? `http:${proxy}` : `http://${proxy}`]];
  });
  return schemes.length === 0 ? env : { ...env, ...Object.fromEntries(schemes) };
}

function caBundle(options: GlobalOptions, config: AwsConfig, io: CommandIo): string | undefined {
  const path =
    options.caBundle ||
    io.env['AWS_CA_BUNDLE'] ||
    profileSetting(config, 'ca_bundle') ||
    io.env['REQUESTS_CA_BUNDLE'];
  if (!path || !options.verifySsl) return undefined;
  try {
    return readFileSync(resolve(io.cwd, path), 'utf8');
  } catch {
    throw generalError(`Could not find a suitable TLS CA certificate bundle, invalid path: ${path}`);
  }
}
