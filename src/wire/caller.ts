import type { Scope } from '../domain/scope.ts';

// Credential=KEY/DATE/REGION/SERVICE/aws4_request; SigV4a names no region there.
const CREDENTIAL = /Credential=([^/,\s]+)\/([^,\s]+)/;
const ACCOUNT = /^\d{12}$/;
const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;

/**
 * The account and region that a request is for, from its Authorization header: the region of the credential
 * scope, and an access key of twelve digits as the account. What the header doesn't tell, `defaults` tell.
 * Nothing is verified here.
 *
 * AWS page: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function callerScope(authorization: string | undefined, defaults: Scope): Scope {
  const credential = authorization === undefined ? null : CREDENTIAL.exec(authorization);
  if (credential === null) return defaults;
  const [, accessKey = '', rest = ''] = credential;
  const scope = rest.split('/');
  const region = scope.length === 4 ? scope[1] : undefined;
  return {
    account: ACCOUNT.test(accessKey) ? accessKey : defaults.account,
    region: region !== undefined && REGION.test(region) ? region : defaults.region,
  };
}
