import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { Target } from '../../api-model/types.generated.ts';
import type { ApiDestination } from '../../domain/api-destination.ts';
import type { HttpParameter, HttpParameters } from '../../domain/connection.ts';
import type { HttpRequest } from '../http-exchange.ts';
import type { Open } from '../token-request.ts';
import { dynamicValues } from './dynamic-value.ts';
import { mergedBody } from './merged-body.ts';

/** Everything that a request to an API destination is made of. */
export interface RequestParts {
  readonly destination: ApiDestination;
  /** What the connection adds to each request. */
  readonly connectionParameters: HttpParameters | undefined;
  readonly authorization: Readonly<Record<string, string>>;
  readonly target: Target;
  readonly input: string;
  /** The event, for parameters that are paths into it. */
  readonly envelope: string;
  readonly open: Open;
}

/** The request and what of it nobody may see; or why there can't be one, in a sentence. */
export type BuiltRequest =
  | { readonly request: HttpRequest; readonly secrets: readonly string[] }
  | { readonly fault: string };

// What AWS sends with every request and lets nobody change.
const FIXED_HEADERS = {
  'User-Agent': 'Amazon/EventBridge/ApiDestinations',
  Range: 'bytes=0-1048575',
  'Accept-Encoding': 'gzip,deflate',
  Connection: 'close',
} as const;

// What AWS removes from every request; those that it sets itself come back above.
const REMOVED_HEADERS = new Set(
  (
    'a-im accept-charset accept-datetime accept-encoding cache-control connection content-encoding ' +
    'content-length content-md5 date expect forwarded from host http2-settings if-match if-modified-since ' +
    'if-none-match if-range if-unmodified-since max-forwards origin pragma proxy-authorization range referer ' +
    'te trailer transfer-encoding upgrade user-agent via warning'
  ).split(' '),
);

/**
 * The request that an API destination gets for an event. Of parameters with the same name those of the
 * connection win over the target's, and the authorization over both.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 */
export function apiDestinationRequest(parts: RequestParts): BuiltRequest {
  const { destination, connectionParameters = {}, target, input, envelope, open } = parts;
  const secrets: string[] = [];
  const clear = ({ key, value }: HttpParameter): [string, string] => {
    if (typeof value === 'string') return [key, value];
    const secret = open(value);
    secrets.push(secret);
    return [key, secret];
  };
  const resolve = dynamicValues(envelope);
  const resolved = (parameters: Readonly<Record<string, string>> = {}): [string, string][] =>
    Object.entries(parameters).flatMap(([key, value]): [string, string][] => {
      const found = resolve(value);
      return found === undefined ? [] : [[key, found]];
    });

  const { pathParameterValues = [], queryStringParameters, headerParameters } = target.httpParameters ?? {};
  const url = withPath(
    destination.invocationEndpoint,
    pathParameterValues.map((value) => resolve(value) ?? ''),
  );
  if (url === undefined) return { fault: 'A path parameter would lead to another part of the endpoint.' };
  const connectionQuery = connectionParameters.queryStringParameters?.map(clear) ?? [];
  for (const [key, value] of [...resolved(queryStringParameters), ...connectionQuery]) {
    url.searchParams.set(key, value);
  }
  const headers = allHeaders([
    ...resolved(headerParameters),
    ...(connectionParameters.headerParameters?.map(clear) ?? []),
    ...Object.entries(parts.authorization),
  ]);
  const fault = faultOfHeaders(headers);
  if (fault !== undefined) return { fault };
  const body = mergedBody(input, new Map(connectionParameters.bodyParameters?.map(clear)));
  return { request: { url, method: destination.httpMethod, headers, body }, secrets };
}

/**
 * Puts the values in place of the endpoint's asterisks, in order; an asterisk without a value stays. Undefined
 * when a value would make a part of the path go up: events must not choose another endpoint.
 */
function withPath(endpoint: string, values: readonly string[]): URL | undefined {
  const url = new URL(endpoint);
  let used = 0;
  const path = url.pathname.replace(/\*/g, (asterisk) => {
    const value = values[used++];
    return value === undefined ? asterisk : encodeURIComponent(value.toWellFormed());
  });
  if (path.split('/').some((part) => part === '.' || part === '..')) return undefined;
  url.pathname = path;
  return url;
}

/** Headers by names that know no case; the last of a name wins. */
function allHeaders(given: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  const headers = new Map<string, readonly [string, string]>([
    ['content-type', ['Content-Type', 'application/json; charset=utf-8']],
  ]);
  for (const [name, value] of given) {
    const key = name.toLowerCase();
    if (!REMOVED_HEADERS.has(key)) headers.set(key, [name, value]);
  }
  return { ...Object.fromEntries(headers.values()), ...FIXED_HEADERS };
}

/** Values out of an event may hold what would break a request apart. */
function faultOfHeaders(headers: Readonly<Record<string, string>>): string | undefined {
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      return `The header ${name} would have a name or value that HTTP does not allow.`;
    }
  }
  return undefined;
}
