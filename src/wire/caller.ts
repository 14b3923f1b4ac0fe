import type { Scope } from '../domain/scope.ts';

const ACCOUNT = /^\d{12}$/;
const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;
const CREDENTIAL = 'Credential=';

/** Whether a text has the form of a region's name. */
export function isRegion(text: string): boolean {
  return REGION.test(text);
}

/** Whether a text has the form of an account's id. */
export function isAccount(text: string): boolean {
  return ACCOUNT.test(text);
}

/**
 * The account and region that a request claims to be for, by its Authorization header: the region of the
 * credential scope, and an access key of twelve digits as the account. What the header doesn't tell,
 * `defaults` tell. Nothing is verified here, so it serves only where everybody may call.
 *
 * AWS page: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function claimedScope(authorization: string | undefined, defaults: Scope): Scope {
  const at = authorization?.indexOf(CREDENTIAL) ?? -1;
  if (authorization === undefined || at === -1) return defaults;
  // Credential=KEY/DATE/REGION/SERVICE/aws4_request; SigV4a names no region there.
  const [credential = ''] = authorization.slice(at + CREDENTIAL.length).split(/[,\s]/, 1);
  const [accessKey = '', ...scope] = credential.split('/');
  const region = scope.length === 4 ? scope[1] : undefined;
  return {
    account: isAccount(accessKey) ? accessKey : defaults.account,
    region: region !== undefined && isRegion(region) ? region : defaults.region,
  };
}
