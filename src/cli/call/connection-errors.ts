import type { CommandIo } from '../command-io.ts';
import { type CommandError, generalError } from '../errors.ts';

const NO_CONNECTION =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM)$/;
const NOT_TRUSTED = /CERT|SIGNATURE|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO/;

/** What the user is told when a connection fails: refused, not trusted, closed, or a proxy that is not there. */
export function connectionError(error: NodeJS.ErrnoException, url: URL, env: CommandIo['env']): CommandError {
  const code = error.code ?? '';
  const proxy = proxyOf(url, env);
  if (proxy !== undefined && (code.startsWith('ERR_PROXY') || sameAddress(error, proxy))) {
    return generalError(`Failed to connect to proxy URL: "${shown(proxy)}"`, 'ProxyConnection');
  }
  if (NO_CONNECTION.test(code)) {
    return generalError(`Could not connect to the endpoint URL: "${url.href}"`, 'EndpointConnection');
  }
  if (NOT_TRUSTED.test(code)) {
    return generalError(`SSL validation failed for ${url.href} ${error.message}`, 'SSLError');
  }
  return closed(url);
}

/** A connection that ended before there was an answer. */
export function closed(url: URL): CommandError {
  return generalError(
    `Connection was closed before we received a valid response from endpoint URL: "${url.href}".`,
    'ConnectionClosed',
  );
}

/** No connection in time. */
export function connectTimeout(url: URL): CommandError {
  return generalError(`Connect timeout on endpoint URL: "${url.href}"`, 'ConnectTimeout');
}

/** A silence that is too long. */
export function readTimeout(url: URL): CommandError {
  return generalError(`Read timeout on endpoint URL: "${url.href}"`, 'ReadTimeout');
}

/** The proxy that the environment names for a URL; one that it is excepted from counts too. */
export function proxyOf(url: URL, env: CommandIo['env']): URL | undefined {
  const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const text = env[name] || env[name.toUpperCase()];
  return text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
}

// Without the name and the password that may stand in it.
function shown(proxy: URL): string {
  const secret = (part: string) => (part === '' ? '' : '***');
  const password = secret(proxy.password);
  const user = secret(proxy.username) + (password && `:${password}`);
  return `${proxy.protocol}//${user && `${user}@`}${proxy.host}${proxy.pathname === '/' ? '' : proxy.pathname}`;
}

function sameAddress(error: NodeJS.ErrnoException, proxy: URL): boolean {
  if (!NO_CONNECTION.test(error.code ?? '')) return false;
  // A name that can't be looked up comes without a port.
  if ('hostname' in error) return error.hostname === proxy.hostname;
  return 'port' in error && String(error.port) === proxy.port;
}
