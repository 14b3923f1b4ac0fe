import type { Authorization, HttpParameter, SealedText } from '../domain/connection.ts';
import type { HttpAnswer, HttpRequest } from './http-exchange.ts';

export type OAuthAuthorization = Extract<Authorization, { type: 'OAUTH_CLIENT_CREDENTIALS' }>;

/** Opens a secret of this installation. Throws when it can't. */
export type Open = (sealed: SealedText) => string;

/** A request for a token, and what of it nobody may see. */
export interface TokenRequest {
  readonly request: HttpRequest;
  readonly secrets: readonly string[];
}

const FORM = 'application/x-www-form-urlencoded';

/**
 * The request for a token by client credentials: the parameters go as a form, or as JSON where a header of the
 * connection says so; with GET they go into the query. The connection's own parameters win.
 * https://datatracker.ietf.org/doc/html/rfc6749#section-4.4
 */
export function tokenRequest(authorization: OAuthAuthorization, open: Open): TokenRequest {
  const { clientId, httpMethod, httpParameters = {} } = authorization;
  const clientSecret = open(authorization.clientSecret);
  const secrets = [clientSecret];
  const clear = ({ key, value }: HttpParameter): [string, string] => {
    if (typeof value === 'string') return [key, value];
    const secret = open(value);
    secrets.push(secret);
    return [key, secret];
  };
  const headers = new Headers(httpParameters.headerParameters?.map(clear));
  const parameters = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  for (const [key, value] of httpParameters.bodyParameters?.map(clear) ?? []) parameters.set(key, value);

  const url = new URL(authorization.authorizationEndpoint);
  const inQuery = httpMethod === 'GET' ? [...parameters] : [];
  const queryParameters = httpParameters.queryStringParameters?.map(clear) ?? [];
  for (const [key, value] of [...inQuery, ...queryParameters]) url.searchParams.set(key, value);

  headers.set('User-Agent', 'Amazon/EventBridge/ApiDestinations');
  if (!headers.has('Accept')) headers.set('Accept', 'application/json');
  if (httpMethod !== 'GET' && !headers.has('Content-Type')) headers.set('Content-Type', FORM);
  const asJson = headers.get('Content-Type')?.startsWith('application/json') === true;
  const body = asJson ? JSON.stringify(Object.fromEntries(parameters)) : parameters.toString();
  return {
    request: {
      url,
      method: httpMethod,
      headers: Object.fromEntries(headers),
      body: httpMethod === 'GET' ? '' : body,
    },
    secrets,
  };
}

/** A token that was granted. */
export interface Token {
  /** The Authorization header that carries it. */
  readonly header: string;
  /** Epoch milliseconds; undefined when nobody said. */
  readonly expiresAt: number | undefined;
}

/** The token in an answer; undefined when there is none that a header could carry. */
export function tokenOf({ status, text }: HttpAnswer, now: number): Token | undefined {
  if (status < 200 || status >= 300) return undefined;
  const granted = objectOf(text);
  const { access_token: accessToken, token_type: type, expires_in: expiresIn } = granted;
  if (typeof accessToken !== 'string' || !/^[\x21-\x7e]+$/.test(accessToken)) return undefined;
  const seconds = expiresIn === undefined || expiresIn === null ? Number.NaN : Number(expiresIn);
  // Servers write the type in any case, and endpoints are picky about it.
  const scheme =
    typeof type !== 'string' || /^bearer$/i.test(type) || !/^[\w-]+$/.test(type) ? 'Bearer' : type;
  return {
    header: `${scheme} ${accessToken}`,
    expiresAt: Number.isFinite(seconds) ? now + seconds * 1000 : undefined,
  };
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
