import type { Credentials } from '../credentials/credentials.ts';
import type { UnsignedRequest } from './signature.ts';

const EVERY_REGION = '*';

/**
 * The headers of a request with a signature that holds in every region (SigV4a, service `events`), dated `now`: what
 * global endpoints ask for, since the caller can't know which region answers.
 * AWS page: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export async function globallySignedHeaders(
  { method = 'POST', url, headers, body }: UnsignedRequest,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  now: Date,
): Promise<Readonly<Record<string, string>>> {
  const { SignatureV4a } = await import('@smithy/signature-v4a');
  const credentials = {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
  const signer = new SignatureV4a({
    service: 'events',
    region: EVERY_REGION,
    credentials,
    sha256: Sha256,
    applyChecksum: false,
  });
  const query: Record<string, string[]> = {};
  for (const name of new Set(url.searchParams.keys())) query[name] = url.searchParams.getAll(name);
  const { protocol, hostname, pathname: path } = url;
  const request = { method, protocol, hostname, path, query, headers: { ...headers }, body };
  const signed = await signer.sign(request, { signingDate: now });
  return signed.headers;
}

// A hash as the signer wants it: with a key it is an HMAC.
class Sha256 {
  readonly #hash;

  constructor(key?: string | ArrayBuffer | ArrayBufferView) {
    const crypto = process.getBuiltinModule('node:crypto');
    this.#hash = key === undefined ? crypto.createHash('sha256') : crypto.createHmac('sha256', bytesOf(key));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {}
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
