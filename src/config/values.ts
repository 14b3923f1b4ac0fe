import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { SystemClock } from '../domain/clock.ts';
import { defaultQuotas, type Quotas, relaxedQuotas } from '../domain/limits.ts';
import { type Setting, type SettingName, settings } from './settings.ts';

/** A key pair of the configuration. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly account?: string | undefined;
}

/** A setting that can't be used; the message says which, why, and what would do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  // The command line of the published package holds a copy of this class, and the bus that it starts another.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'ConfigError';
  }
}

export function readQuotas(text: string, relaxed: boolean): Quotas {
  const base = relaxed ? relaxedQuotas : defaultQuotas;
  const settled = text.split(',').flatMap((part) => {
    if (part.trim() === '') return [];
    const [name = '', value = ''] = part.split('=').map((side) => side.trim());
    if (!Object.hasOwn(defaultQuotas, name)) {
      throw new ConfigError(
        `There is no quota "${name}". There are: ${Object.keys(defaultQuotas).join(', ')}.`,
      );
    }
    if (!/^\d{1,15}$/.test(value)) {
      throw new ConfigError(`The quota ${name} must be a whole number, but is "${value}".`);
    }
    return [[name, Number(value)] as const];
  });
  return { ...base, ...Object.fromEntries(settled) };
}

export function oneOf<T extends string>(name: SettingName, text: string, values: readonly T[]): T {
  const value = values.find((candidate) => candidate === text);
  if (value === undefined) throw wrong(name, text, `one of ${values.join(', ')}`);
  return value;
}

export function matching(name: SettingName, text: string, form: RegExp, wanted: string): string {
  if (!form.test(text)) throw wrong(name, text, wanted);
  return text;
}

export function readClock(text: string): number | undefined {
  if (text === 'system') return undefined;
  if (text === 'hand') return new SystemClock().now();
  const [, start = ''] = /^hand@(\d{4}-\d\d-\d\dT\d\d:\d\d.*)$/.exec(text) ?? [];
  const time = Date.parse(start);
  if (Number.isNaN(time)) {
    throw wrong('clock', text, 'system, hand, or hand@ and a time such as hand@2026-01-02T03:04:05Z');
  }
  return time;
}

export function readStore(text: string): string | undefined {
  if (text === '') return undefined;
  if (/^(nats|tls):\/\//.test(text)) return text;
  // What was given stays out of the message: it may hold a password.
  throw new ConfigError(
    `--store (or ${settings.store.env}) must be a URL as in nats://127.0.0.1:4222/busbar.`,
  );
}

export function wholeNumber(name: SettingName, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw wrong(name, text, 'a whole number');
  return Number(text);
}

export function portNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw wrong('port', text, 'a number from 0 to 65535');
  return Number(text);
}

export function requireLoopback(host: string): void {
  if (isLoopback(host)) return;
  throw new ConfigError(
    `Busbar does not listen on ${host} without knowing who may call: name a credentials file with --credentials (or BUSBAR_CREDENTIALS), or listen on a loopback address (127.0.0.1, ::1).`,
  );
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Who can reach Busbar from elsewhere must not reach through it what only this machine can. */
export function readPrivateTargets(text: string, host: string): 'all' | readonly string[] {
  if (text === '') return isLoopback(host) ? 'all' : [];
  if (text === 'all') return 'all';
  if (text === 'none') return [];
  const ranges = text.split(',').map((range) => range.trim());
  if (!ranges.every(isRange))
    throw wrong('privateTargets', text, 'all, none, or ranges as in 10.0.0.0/8,fd00::/8');
  return ranges;
}

function isRange(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : undefined;
  if (bits === undefined || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
}

export function readPaths(text: string): readonly string[] {
  return text.split(',').flatMap((path) => (path.trim() === '' ? [] : [resolve(path.trim())]));
}

const ACCESS_KEY = /^([^:,\s]+):([^:,\s]+)(?::(\d{12}))?$/;

export function readAccessKeys(text: string): readonly AccessKey[] | undefined {
  if (text.trim() === '') return undefined;
  return text.split(',').map((part) => {
    const [, accessKeyId, secretAccessKey, account] = ACCESS_KEY.exec(part.trim()) ?? [];
    if (accessKeyId === undefined || secretAccessKey === undefined) {
      // The text is not repeated: it may hold a secret.
      throw new ConfigError(
        'BUSBAR_ACCESS_KEYS must be ID:SECRET or ID:SECRET:ACCOUNT (twelve digits), separated by commas.',
      );
    }
    return { accessKeyId, secretAccessKey, account };
  });
}

function wrong(name: SettingName, text: string, wanted: string): ConfigError {
  const { flag, env }: Setting = settings[name];
  return new ConfigError(
    `${flag === undefined ? env : `--${flag} (or ${env})`} must be ${wanted}, but is "${text}".`,
  );
}

export function readSecretKey(text: string): Uint8Array | undefined {
  if (text === '') return undefined;
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  if (/^[\w+/-]{43}=?$/.test(text)) return Buffer.from(text, 'base64');
  // What was given stays out of the message: it may be a key with a slip in it.
  throw new ConfigError(
    `${settings.secretKey.env} must be 32 bytes in base64 or hex, as \`openssl rand -base64 32\` makes them.`,
  );
}
