import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SignatureV4 } from '@smithy/signature-v4';
import { SignatureV4a } from '@smithy/signature-v4a';
import { Sha256 } from '../../../test/sha256-hash.ts';
import type { SignedRequest } from './canonical-request.ts';
import { type Credential, verifySignature } from './verify-signature.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const credential: Credential = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret/+x',
  account: '111111111111',
};

interface Signing {
  readonly body?: string;
  readonly url?: string;
  readonly at?: number;
  readonly key?: Partial<Credential>;
  readonly service?: string;
  readonly region?: string;
  readonly asymmetric?: boolean;
}

/** A request as the official signer leaves it. */
async function signed(options: Signing = {}): Promise<SignedRequest> {
  const {
    body = '{"Entries":[]}',
    url = '/',
    at = NOW,
    key,
    service = 'events',
    region = 'eu-central-1',
  } = options;
  const [path = '/', query] = url.split('?', 2);
  const Signer = options.asymmetric === true ? SignatureV4a : SignatureV4;
  const { sessionToken, ...keys } = { ...credential, ...key };
  const signer = new Signer({
    service,
    region: options.asymmetric === true ? '*' : region,
    credentials: { ...keys, ...(sessionToken === undefined ? {} : { sessionToken }) },
    sha256: Sha256,
  });
  const { headers } = await signer.sign(
    {
      method: 'POST',
      protocol: 'http:',
      hostname: '127.0.0.1',
      path,
      query: query === undefined ? {} : Object.fromEntries(new URLSearchParams(query)),
      headers: { host: '127.0.0.1:4010', 'x-amz-target': 'AWSEvents.PutEvents', 'content-type': 'a  b' },
      body,
    },
    { signingDate: new Date(at) },
  );
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { method: 'POST', url, headers: Object.fromEntries(lower), body: Buffer.from(body) };
}

const find = (id: string) => (id === credential.accessKeyId ? credential : undefined);

function refusal(request: SignedRequest, known = find): string {
  try {
    verifySignature(request, known, NOW);
  } catch (error) {
    return error instanceof Error && 'code' in error ? `${error.code}: ${error.message}` : String(error);
  }
  return 'accepted';
}

function changed(request: SignedRequest, headers: Record<string, string | undefined>): SignedRequest {
  return { ...request, headers: { ...request.headers, ...headers } };
}

test('what the official signer signed is accepted, and says whose it is', async () => {
  for (const options of [{}, { body: '' }, { body: '{"é":"😀"}' }, { url: '/?b=2&a=1%20x' }]) {
    assert.deepEqual(verifySignature(await signed(options), find, NOW), {
      credential,
      region: 'eu-central-1',
    });
  }
});

test('so is what the official SigV4a signer signed, whose scope names no region', async () => {
  const request = await signed({ asymmetric: true });
  assert.match(
    String(request.headers.authorization),
    /^AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE\/20260102\/events\/aws4_request/,
  );
  assert.equal(refusal(request), 'accepted');
  assert.match(
    refusal({ ...request, body: Buffer.from('{}') }),
    /^InvalidSignatureException: The request signature/,
  );
  const other = (id: string) => ({ ...credential, accessKeyId: id, secretAccessKey: 'other' });
  assert.match(refusal(request, other), /^InvalidSignatureException/);
});

test('a request that is not signed is refused, and so is one that is presigned', async () => {
  const request = await signed();
  const missing = 'MissingAuthenticationTokenException: Missing Authentication Token';
  assert.equal(refusal(changed(request, { authorization: undefined })), missing);
  assert.equal(
    refusal(changed({ ...request, url: '/?X-Amz-Signature=00' }, { authorization: undefined })),
    missing,
  );
});

test('whatever is changed after signing breaks the signature', async () => {
  const request = await signed();
  const broken =
    'InvalidSignatureException: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
  assert.equal(refusal({ ...request, body: Buffer.from('{"Entries":[1]}') }), broken);
  assert.equal(refusal({ ...request, method: 'GET' }), broken);
  assert.equal(refusal({ ...request, url: '/other' }), broken);
  assert.equal(refusal({ ...request, url: '/?a=1' }), broken);
  assert.equal(refusal(changed(request, { 'x-amz-target': 'AWSEvents.DeleteRule' })), broken);
  assert.equal(refusal(changed(request, { host: 'elsewhere' })), broken);
  assert.equal(
    refusal(request, (id) => ({ ...credential, accessKeyId: id, secretAccessKey: 'wrong' })),
    broken,
  );
  const authorization = String(request.headers.authorization);
  assert.equal(refusal(changed(request, { authorization: authorization.replace(/..$/, 'zz') })), broken);
  assert.equal(refusal(changed(request, { authorization: authorization.slice(0, -2) })), broken);
});

test('a header of AWS that nobody signed is refused', async () => {
  const request = await signed();
  assert.match(refusal(changed(request, { 'x-amz-extra': '1' })), /'x-amz-extra' must be a 'SignedHeader'/);
});

test('an unknown key is refused, whoever signed', async () => {
  const message = 'UnrecognizedClientException: The security token included in the request is invalid.';
  assert.equal(refusal(await signed({ key: { accessKeyId: 'NOBODY' } })), message);
  assert.equal(
    refusal(await signed(), () => undefined),
    message,
  );
});

test('a session token must be the one that belongs to the key', async () => {
  const session = (id: string) => ({ ...credential, accessKeyId: id, sessionToken: 'token' });
  assert.equal(refusal(await signed({ key: { sessionToken: 'token' } }), session), 'accepted');
  const message = /^UnrecognizedClientException/;
  assert.match(refusal(await signed({ key: { sessionToken: 'other' } }), session), message);
  assert.match(refusal(await signed(), session), message);
});

test('five minutes of difference between the clocks are forgiven, no more', async () => {
  const MINUTE_MS = 60_000;
  for (const minutes of [-5, 5]) {
    assert.equal(refusal(await signed({ at: NOW + minutes * MINUTE_MS })), 'accepted');
  }
  assert.equal(
    refusal(await signed({ at: NOW - 5 * MINUTE_MS - 1000 })),
    'InvalidSignatureException: Signature expired: 20260102T025904Z is now earlier than 20260102T025905Z (20260102T030405Z - 5 min.)',
  );
  assert.equal(
    refusal(await signed({ at: NOW + 5 * MINUTE_MS + 1000 })),
    'InvalidSignatureException: Signature not yet current: 20260102T030906Z is still later than 20260102T030905Z (20260102T030405Z + 5 min.)',
  );
});

test('the scope must be that of this service', async () => {
  assert.match(refusal(await signed({ service: 'sqs' })), /scoped to correct service: 'events'/);
  const request = await signed();
  const authorization = String(request.headers.authorization);
  const scoped = (from: string, to: string) =>
    refusal(changed(request, { authorization: authorization.replace(from, to) }));
  assert.match(
    scoped('aws4_request', 'aws5_request'),
    /valid terminator: 'aws4_request', not 'aws5_request'/,
  );
  assert.match(scoped('/eu-central-1', ''), /scoped to a valid region/);
  assert.match(
    scoped('20260102', '20260101'),
    /^InvalidSignatureException: Date in Credential scope does not match/,
  );
});

test('an Authorization header that lacks something is refused with what it lacks', async () => {
  const request = await signed();
  const refused = (authorization: string) => refusal(changed(request, { authorization }));
  assert.match(
    refused('Bearer token'),
    /^IncompleteSignatureException: Unsupported AWS 'algorithm': 'Bearer'/,
  );
  assert.match(
    refused('AWS4-HMAC-SHA256'),
    /requires 'Credential' parameter\. .*'Signature' parameter\. .*'SignedHeaders' parameter\./,
  );
  assert.match(
    refused('AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host'),
    /requires 'Signature' parameter\. Authorization=/,
  );
  assert.match(
    refusal(changed(request, { 'x-amz-date': undefined })),
    /^IncompleteSignatureException: .*'X-Amz-Date'/,
  );
  assert.match(refusal(changed(request, { 'x-amz-date': 'yesterday' })), /Exception: /);
});

test('a header that names two credentials is refused: nobody may be checked as one and act as the other', async () => {
  const request = await signed();
  const authorization = String(request.headers.authorization);
  const twice = authorization.replace(
    'Credential=',
    'Credential=222222222222/20260102/us-east-1/events/aws4_request, Credential=',
  );
  assert.match(
    refusal(changed(request, { authorization: twice })),
    /^IncompleteSignatureException: .*more than once/,
  );
});

test('a region that is none is refused, however well it is signed', async () => {
  assert.match(refusal(await signed({ region: 'us-east-1:orders' })), /scoped to a valid region/);
});
