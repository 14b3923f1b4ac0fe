import type { Credentials } from './credentials.ts';
import { hmacSha256, sha256 } from './sha256.ts';

/** A request before it is signed; header names are in lower case. */
export interface UnsignedRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const SERVICE = 'events';
const ALGORITHM = 'AWS4-HMAC-SHA256';

/**
 * The headers of a POST with its AWS Signature Version 4 (service `events`), dated `now`. All headers are signed.
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
  const canonical = `POST\n${canonicalPath(request.url)}\n${canonicalQuery(request.url)}\n${lines.join('')}\n${signed}\n${hashOf(request.body)}`;
  const scope = `${day}/${region}/${SERVICE}/aws4_request`;
  let key: Uint8Array = Buffer.from(`AWS4${secretAccessKey}`);
  for (const part of [day, region, SERVICE, 'aws4_request']) key = hmacSha256(key, Buffer.from(part));
  const signature = hmacSha256(key, Buffer.from(`${ALGORITHM}\n${time}\n${scope}\n${hashOf(canonical)}`));
  headers['authorization'] =
    `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${hexOf(signature)}`;
  return headers;
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

function hashOf(text: string): string {
  return hexOf(sha256(Buffer.from(text)));
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
