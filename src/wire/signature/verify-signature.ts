import { timingSafeEqual } from 'node:crypto';
import { ServiceError } from '../../domain/errors.ts';
import { isRegion } from '../caller.ts';
import { type Authorization, incomplete, readAuthorization, SIGV4 } from './authorization.ts';
import { canonicalRequest, type SignedRequest, sha256 } from './canonical-request.ts';
import { isEcdsaSignature, isHmacSignature } from './signing-key.ts';

/** A key pair that may sign requests. */
export interface Credential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Requests must carry it where it is set. */
  readonly sessionToken?: string | undefined;
  /** Twelve digits; the account of requests signed with it. */
  readonly account?: string | undefined;
}

/** Who a signature proves to have made a request. */
export interface VerifiedCaller {
  readonly credential: Credential;
  /** As signed; SigV4a signs none. */
  readonly region: string | undefined;
}

const SERVICE = 'events';
const TERMINATOR = 'aws4_request';
const SKEW_MS = 5 * 60 * 1000;

/**
 * Finds out who signed a request, and for which region. Throws AWS's refusals: of a request that is not signed, whose key is not
 * known, that is too old or from the future, or whose signature does not match. Presigned requests are not
 * taken: their signature is in the query, and so there is no Authorization header.
 *
 * AWS page: https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html
 */
export function verifySignature(
  request: SignedRequest,
  find: (accessKeyId: string) => Credential | undefined,
  now: number,
): VerifiedCaller {
  const authorization = readAuthorization(single(request, 'authorization'));
  const date = single(request, 'x-amz-date') ?? httpDate(single(request, 'date'));
  if (date === undefined) {
    throw incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  const credential = find(authorization.accessKeyId);
  if (credential === undefined || !hasSessionToken(request, credential)) {
    throw new ServiceError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  }
  checkScope(authorization, date);
  checkTime(date, now);
  checkSignedHeaders(request, authorization);

  const { scope, signature, accessKeyId } = authorization;
  const hash = sha256(canonicalRequest(request, authorization.signedHeaders));
  const stringToSign = [authorization.algorithm, date, scope.join('/'), hash].join('\n');
  const secret = credential.secretAccessKey;
  const matches =
    authorization.algorithm === SIGV4
      ? isHmacSignature(signature, { stringToSign, secret, scope })
      : isEcdsaSignature(signature, { stringToSign, secret, accessKeyId });
  if (!matches) {
    throw invalid(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
  return { credential, region: authorization.algorithm === SIGV4 ? scope[1] : undefined };
}

function hasSessionToken(request: SignedRequest, { sessionToken }: Credential): boolean {
  if (sessionToken === undefined) return true;
  const given = sha256(single(request, 'x-amz-security-token') ?? '');
  return timingSafeEqual(Buffer.from(given), Buffer.from(sha256(sessionToken)));
}

function checkScope({ algorithm, scope }: Authorization, date: string): void {
  const [day = '', ...rest] = scope;
  const terminator = rest.pop();
  const service = rest.pop();
  if (terminator !== TERMINATOR) {
    throw invalid(
      `Credential should be scoped with a valid terminator: '${TERMINATOR}', not '${terminator}'.`,
    );
  }
  if (service !== SERVICE) throw invalid(`Credential should be scoped to correct service: '${SERVICE}'. `);
  const [region] = rest;
  const wellFormed = region === undefined || isRegion(region);
  if (!wellFormed || rest.length !== (algorithm === SIGV4 ? 1 : 0))
    throw invalid('Credential should be scoped to a valid region. ');
  if (day !== date.slice(0, 8)) {
    throw invalid(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${day}' != '${date.slice(0, 8)}', from '${date}'.`,
    );
  }
}

function checkTime(date: string, now: number): void {
  const signedAt = epochMilliseconds(date);
  if (signedAt === undefined) throw incomplete(`Date must be in ISO-8601 'basic format'. Got '${date}'.`);
  if (signedAt < now - SKEW_MS) {
    throw invalid(
      `Signature expired: ${date} is now earlier than ${basic(now - SKEW_MS)} (${basic(now)} - 5 min.)`,
    );
  }
  if (signedAt > now + SKEW_MS) {
    throw invalid(
      `Signature not yet current: ${date} is still later than ${basic(now + SKEW_MS)} (${basic(now)} + 5 min.)`,
    );
  }
}

/** Host and everything that AWS gives a meaning must be under the signature, or anybody could change it. */
function checkSignedHeaders(request: SignedRequest, { signedHeaders }: Authorization): void {
  if (!signedHeaders.includes('host')) {
    throw invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  for (const name of Object.keys(request.headers)) {
    if (name.startsWith('x-amz-') && !signedHeaders.includes(name) && name !== 'x-amz-user-agent') {
      throw invalid(`'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
    }
  }
}

const BASIC_DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

function epochMilliseconds(date: string): number | undefined {
  const parts = BASIC_DATE.exec(date);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** `20260102T030405Z` */
function basic(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString().replace(/[-:]|\.\d+/g, '');
}

function httpDate(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : basic(time);
}

function single(request: SignedRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidSignatureException', message);
}
