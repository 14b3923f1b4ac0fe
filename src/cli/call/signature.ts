import type { Credentials } from '../credentials/credentials.ts';
import { hmacSha256, sha256 } from './sha256.ts';

/** A request before it is signed; header names are in lower case. */
export interface UnsignedRequest {
  /** POST when left out. */
  readonly method?: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes, or text that goes out in UTF-8. */
  readonly body: string | Uint8Array;
}

const SERVICE = 'events';
const ALGORITHM = 'AWS4-HMAC-SHA256';

/**
 * The headers of a request with its AWS Signature Version 4 (service `events`), dated `now`. All headers are signed.
 * AWS page: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export function signedHeaders(
  request: UnsignedRequest,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  { region, now }: { readonly region: string; readonly now: Date },
): Readonly<Record<string, string>> {
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const headers: Record<string, string> = { ...request.headers, 'x-amz-date': time };
  if (sessionToken !== undefined) headers['x-amz-security-token'] = sessionToken;
  const names = Object.keys(headers).sort();
  const signed = names.join(';');
  const lines = names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`);
  const canonical = `${request.method ?? 'POST'}\n${canonicalPath(request.url)}\n${canonicalQuery(request.url)}\n${lines.join('')}\n${signed}\n${hashOf(request.body)}`;
  const scope = `${day}/${region}/${SERVICE}/aws4_request`;
  const key = signingKey(secretAccessKey, day, region);
  const signature = hmacSha256(key, Buffer.from(`${ALGORITHM}\n${time}\n${scope}\n${hashOf(canonical)}`));
  headers['authorization'] =
    `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${hexOf(signature)}`;
  return headers;
}

// A command that sends much signs with the same key for a day.
let last: { readonly of: string; readonly key: Uint8Array } | undefined;

function signingKey(secret: string, day: string, region: string): Uint8Array {
  const of = `${day}/${region}/${secret}`;
  if (last?.of === of) return last.key;
  let key: Uint8Array = Buffer.from(`AWS4${secret}`);
  for (const part of [day, region, SERVICE, 'aws4_request']) key = hmacSha256(key, Buffer.from(part));
  last = { of, key };
  return key;
}

// What is escaped in the path already is escaped once more.
function canonicalPath({ pathname }: URL): string {
  return pathname === '/' ? '/' : escaped(pathname).replaceAll('%2F', '/');
}

function canonicalQuery({ search, searchParams }: URL): string {
  if (search === '') return '';
  const pairs = [...searchParams].map(([name, value]) => `${escaped(name)}=${escaped(value)}`);
  return pairs.sort().join('&');
}

function escaped(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hashOf(data: string | Uint8Array): string {
  return hexOf(sha256(typeof data === 'string' ? Buffer.from(data) : data));
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
