import type { Target } from '../../api-model/types.generated.ts';
import type { ApiDestination } from '../../domain/api-destination.ts';
import type { HttpParameter, HttpParameters } from '../../domain/connection.ts';
import type { HttpRequest } from '../http-exchange.ts';
import type { Open } from '../token-request.ts';
import { dynamicValues } from './dynamic-value.ts';
import { faultOfHeaders, mergedHeaders } from './http-headers.ts';
import { filledPath } from './http-path.ts';
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
  const url = new URL(destination.invocationEndpoint);
  const path = filledPath(
    url.pathname,
    pathParameterValues.map((value) => resolve(value) ?? ''),
  );
  if (path === undefined) return { fault: 'A path parameter would lead to another part of the endpoint.' };
  url.pathname = path;
  const connectionQuery = connectionParameters.queryStringParameters?.map(clear) ?? [];
  for (const [key, value] of [...resolved(queryStringParameters), ...connectionQuery]) {
    url.searchParams.set(key, value);
  }
  const merged = mergedHeaders([
    ...resolved(headerParameters),
    ...(connectionParameters.headerParameters?.map(clear) ?? []),
    ...Object.entries(parts.authorization),
  ]);
  const headers = { ...merged, ...FIXED_HEADERS };
  const fault = faultOfHeaders(headers);
  if (fault !== undefined) return { fault };
  const body = mergedBody(input, new Map(connectionParameters.bodyParameters?.map(clear)));
  return { request: { url, method: destination.httpMethod, headers, body }, secrets };
}
