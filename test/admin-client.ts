import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from './sha256-hash.ts';

/** How a request to Busbar's own API is made. */
export interface AdminCall {
  readonly method?: 'GET' | 'POST' | 'PUT';
  /** JSON, or text as it is. */
  readonly body?: unknown;
  /** Signs the request with this key. */
  readonly key?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The account that an unsigned request claims. */
  readonly account?: string;
  /** And the Region. */
  readonly region?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const REGION = 'eu-central-1';
const DEFAULT_ACCOUNT = '111111111111';

/** Sends a request to Busbar's own API, for the account of the test bus's calls. */
export async function askAdmin(url: string, path: string, call: AdminCall = {}): Promise<Response> {
  const {
    method = 'GET',
    body,
    key,
    account = DEFAULT_ACCOUNT,
    region = REGION,
    headers = {},
    signal,
  } = call;
  const text = body === undefined || typeof body === 'string' ? (body ?? '') : JSON.stringify(body);
  const target = new URL(path, url);
  const all =
    key === undefined
      ? {
          Authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260102/${region}/events/aws4_request, SignedHeaders=host, Signature=0`,
          ...headers,
        }
      : await signedHeaders(target, { method, text, headers, key });
  return fetch(target, {
    method,
    headers: all,
    ...(method === 'GET' ? {} : { body: text }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** The JSON of an answer; throws, with what was said instead, unless it has the status. */
export async function adminJson(
  url: string,
  path: string,
  call: AdminCall & { readonly status?: number } = {},
): Promise<Record<string, unknown>> {
  const response = await askAdmin(url, path, call);
  const text = await response.text();
  if (response.status !== (call.status ?? 200)) throw new Error(`${response.status}: ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}

async function signedHeaders(
  url: URL,
  {
    method,
    text,
    headers,
    key,
  }: {
    readonly method: string;
    readonly text: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly key: { readonly accessKeyId: string; readonly secretAccessKey: string };
  },
): Promise<Record<string, string>> {
  const signer = new SignatureV4({ service: 'events', region: REGION, credentials: key, sha256: Sha256 });
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { ...headers, host: url.host },
    body: text,
  });
  const { host: _sentAnyway, ...rest } = signed.headers;
  return rest;
}
