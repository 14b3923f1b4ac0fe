import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type AwsConfig, profileSetting } from './aws-config.ts';
import type { CommandIo } from './command-io.ts';
import type { Endpoint } from './endpoint.ts';
import { generalError } from './errors.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Connection } from './http-exchange.ts';
import { pythonInt } from './python-text.ts';

const TIMEOUT_SECONDS = '60';
const MODES = ['legacy', 'standard', 'adaptive'];

/** How to reach the endpoint: timeouts, certificates, proxy. Throws (exit 255) for a bundle that isn't there. */
export function connectionSettings(
  options: GlobalOptions,
  config: AwsConfig,
  { io, endpoint }: { readonly io: CommandIo; readonly endpoint: Endpoint },
): Connection {
  return {
    connectTimeoutMs: Number(pythonInt(options.connectTimeout ?? TIMEOUT_SECONDS)) * 1000,
    readTimeoutMs: Number(pythonInt(options.readTimeout ?? TIMEOUT_SECONDS)) * 1000,
    verifySsl: options.verifySsl,
    caBundle: endpoint.url.protocol === 'https:' ? caBundle(options, config, io) : undefined,
    proxyEnv: endpoint.isLocalBusbar ? {} : io.env,
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
