import { ServiceError } from '../../domain/errors.ts';

export const SIGV4 = 'AWS4-HMAC-SHA256';
export const SIGV4A = 'AWS4-ECDSA-P256-SHA256';

/** What an Authorization header says. */
export interface Authorization {
  readonly algorithm: typeof SIGV4 | typeof SIGV4A;
  readonly accessKeyId: string;
  /** The credential scope behind the access key: date, region (SigV4 only), service, terminator. */
  readonly scope: readonly string[];
  /** Names of the headers that were signed, lower case, in the order given. */
  readonly signedHeaders: readonly string[];
  /** Hexadecimal. */
  readonly signature: string;
}

const PARAMETERS = ['Credential', 'Signature', 'SignedHeaders'];

/**
 * Takes an Authorization header apart. Throws MissingAuthenticationTokenException when there is none, and
 * IncompleteSignatureException when it lacks something.
 *
 * AWS page: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function readAuthorization(header: string | undefined): Authorization {
  if (header === undefined || header.trim() === '') {
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const [algorithm = '', ...rest] = header.trim().split(/\s+/);
  if (algorithm !== SIGV4 && algorithm !== SIGV4A) {
    throw incomplete(`Unsupported AWS 'algorithm': '${algorithm}'.`);
  }
  const given = new Map<string, string>();
  for (const part of rest.join(' ').split(',')) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(0, equals)).trim();
    // Whoever reads the header must read the same in it: of two credentials one would go unverified.
    if (given.has(name)) throw incomplete(`Authorization header has '${name}' parameter more than once.`);
    if (equals > 0) given.set(name, part.slice(equals + 1).trim());
  }
  const missing = PARAMETERS.filter((name) => !given.get(name));
  if (missing.length > 0) {
    throw incomplete(
      `${missing.map((name) => `Authorization header requires '${name}' parameter.`).join(' ')} Authorization=${algorithm}`,
    );
  }
  const [accessKeyId = '', ...scope] = (given.get('Credential') ?? '').split('/');
  return {
    algorithm,
    accessKeyId,
    scope,
    signedHeaders: (given.get('SignedHeaders') ?? '').toLowerCase().split(';'),
    signature: given.get('Signature') ?? '',
  };
}

/** AWS's refusal of a request whose signature lacks a part. */
export function incomplete(message: string): ServiceError {
  return new ServiceError('IncompleteSignatureException', message);
}
