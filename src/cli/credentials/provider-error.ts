import { type AwsConfig, profileSetting, textOf } from '../aws/aws-config.ts';
import { CommandError, generalError, serviceError } from '../errors.ts';
import { systemError } from '../parameters/parameter-file.ts';
import type { AskedSource, SsoRole } from './asked-source.ts';
import type { ExchangeHandler } from './exchange-handler.ts';
import { nothingIn } from './role-source.ts';

/** An error as the SDK's clients throw it when a service answers with one. */
interface Refusal extends Error {
  readonly $fault: string;
  readonly $metadata?: { readonly attempts?: number };
  /** The code as it came; the name may be that of a class. */
  readonly Code?: string;
}

/** What the user is told of an error of the official provider: the AWS CLI's text and exit code for it. */
export function providerError(
  error: unknown,
  source: AskedSource,
  { handler, config }: { readonly handler: ExchangeHandler; readonly config: AwsConfig },
): CommandError {
  if (error instanceof CommandError) return error;
  if (handler.failure !== undefined) return handler.failure;
  if (!(error instanceof Error)) return retrievalError(source, String(error));
  if (isRefusal(error)) return refused(error, handler.operation);
  if (source.kind === 'sso') return ssoError(error.message, source.sso);
  if (source.kind === 'login') return loginError(error.message, config);
  if (source.kind === 'assume-role-with-web-identity' && 'errno' in error) {
    return generalError(systemError(error, source.tokenFile));
  }
  if (source.kind === 'assume-role') {
    const profile = config.profileNamed(source.profile) ?? new Map();
    const credentialSource = textOf(profile, 'credential_source');
    if (credentialSource !== undefined) return nothingIn(credentialSource, source.profile);
  }
  if (source.kind === 'container-role') {
    return retrievalError(source, `Error retrieving metadata: no credentials came from ${source.where}`);
  }
  return retrievalError(source, error.message);
}

function isRefusal(error: Error): error is Refusal {
  return '$fault' in error;
}

function refused({ Code, name, message, $metadata }: Refusal, operation: string): CommandError {
  const code = Code ?? name;
  const retries = ($metadata?.attempts ?? 1) - 1;
  const tried = retries > 0 ? ` (reached max retries: ${retries})` : '';
  return serviceError(
    code,
    `An error occurred (${code}) when calling the ${operation} operation${tried}: ${message}`,
  );
}

// The provider makes one text of what the service answered.
function ssoError(message: string, { session, startUrl }: SsoRole): CommandError {
  if (/not found or is invalid|profile is invalid/.test(message)) {
    return generalError(
      `Error loading SSO Token: Token for ${session ?? startUrl} does not exist`,
      'SSOTokenLoad',
    );
  }
  if (/expired|^UnauthorizedException/.test(message)) {
    return generalError(
      'The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO ' +
        'session run aws sso login with the corresponding profile.',
      'UnauthorizedSSOToken',
    );
  }
  const [, code, text] = /^(\w+): (.*)$/s.exec(message) ?? [];
  if (code === undefined) return generalError(`Error when retrieving credentials from sso: ${message}`);
  return serviceError(
    code,
    `An error occurred (${code}) when calling the GetRoleCredentials operation: ${text}`,
  );
}

function loginError(message: string, config: AwsConfig): CommandError {
  if (/^Failed to load (a )?token/.test(message)) {
    return generalError(
      'Error loading login session token: Unable to load a existing login session for session ' +
        `${profileSetting(config, 'login_session')}. Please reauthenticate with 'aws login'.`,
      'LoginTokenLoad',
    );
  }
  if (/session has expired|change in your password/.test(message)) {
    return generalError(
      "Your session has expired or credentials have changed. Please reauthenticate using 'aws login'.",
      'LoginRefreshRequired',
    );
  }
  return generalError(`Error when retrieving credentials from login: ${message}`, 'CredentialRetrieval');
}

function retrievalError({ kind }: AskedSource, message: string): CommandError {
  return generalError(`Error when retrieving credentials from ${kind}: ${message}`, 'CredentialRetrieval');
}
