import { readAuthorization, SIGV4 } from '../src/wire/signature/authorization.ts';
import { canonicalRequest, type SignedRequest, sha256 } from '../src/wire/signature/canonical-request.ts';
import { isHmacSignature } from '../src/wire/signature/signing-key.ts';

/** Whom a request says it is from and for, once its signature was checked. */
export interface SignedFor {
  readonly accessKeyId: string;
  readonly region: string;
  /** The service's name in signatures. */
  readonly service: string;
}

/** Checks the SigV4 signature of a request for whatever AWS service. Throws, saying what is wrong with it. */
export function checkAwsSignature(request: SignedRequest, secretAccessKey: string): SignedFor {
  const { headers } = request;
  const { algorithm, accessKeyId, scope, signedHeaders, signature } = readAuthorization(
    String(headers['authorization'] ?? ''),
  );
  const [day, region = '', service = '', terminator] = scope;
  const date = String(headers['x-amz-date'] ?? '');
  if (algorithm !== SIGV4) throw new Error(`signed with ${algorithm}`);
  if (terminator !== 'aws4_request' || day !== date.slice(0, 8)) {
    throw new Error(`the scope ${scope.join('/')} is not of ${date}`);
  }
  const unsigned = Object.keys(headers).find(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !signedHeaders.includes(name),
  );
  if (unsigned !== undefined) throw new Error(`the header ${unsigned} is not signed`);
  const claimed = headers['x-amz-content-sha256'];
  if (claimed !== undefined && claimed !== sha256(request.body))
    throw new Error('the hash of the body is wrong');
  const hash = sha256(canonicalRequest(request, signedHeaders));
  const stringToSign = [algorithm, date, scope.join('/'), hash].join('\n');
  if (!isHmacSignature(signature, { stringToSign, secret: secretAccessKey, scope })) {
    throw new Error('the signature does not match');
  }
  return { accessKeyId, region, service };
}
