import type {
  ConnectionHeaderParameter,
  ConnectionHttpParameters,
  UpdateConnectionAuthRequestParameters,
  UpdateConnectionOAuthRequestParameters,
} from '../api-model/types.generated.ts';
import type { Authorization, HttpParameter, HttpParameters, SealedText } from '../domain/connection.ts';
import type { ServiceError } from '../domain/errors.ts';
import type { ActionContext } from './action.ts';
import { invalidParameter } from './bus-arn-parameter.ts';
import { isHttpsEndpoint } from './https-endpoint.ts';

type Seal = (secret: string) => SealedText;

/** The parameters of a request; those of CreateConnection are the ones of UpdateConnection, complete. */
type GivenParameters = UpdateConnectionAuthRequestParameters;

const MEMBERS = {
  BASIC: 'basicAuthParameters',
  API_KEY: 'apiKeyAuthParameters',
  OAUTH_CLIENT_CREDENTIALS: 'oAuthParameters',
} as const satisfies Record<Authorization['type'], keyof GivenParameters>;

const NEEDED: Readonly<Record<Authorization['type'], string>> = {
  BASIC: 'BasicAuthParameters with Username and Password',
  API_KEY: 'ApiKeyAuthParameters with ApiKeyName and ApiKeyValue',
  OAUTH_CLIENT_CREDENTIALS:
    'OAuthParameters with ClientParameters (ClientID and ClientSecret), AuthorizationEndpoint and HttpMethod',
};

/** Whether a request holds parameters of that authorization type. */
export function hasParametersOf(type: Authorization['type'], given: GivenParameters | undefined): boolean {
  return given?.[MEMBERS[type]] !== undefined;
}

/** Refuses parameters that are not of the authorization type that the same request names. */
export function refuseOtherTypes(type: Authorization['type'], given: GivenParameters | undefined): void {
  for (const member of Object.values(MEMBERS)) {
    if (member === MEMBERS[type] || given?.[member] === undefined) continue;
    const wireName = member.charAt(0).toUpperCase() + member.slice(1);
    throw invalidAuthParameters(`${wireName} must not be given for the authorization type ${type}.`);
  }
}

/**
 * The authorization that a request makes of the one before: what is left out stays, as long as the type does.
 * Throws when something is missing then.
 */
export function authorizationOf(
  type: Authorization['type'],
  given: GivenParameters | undefined,
  { before, seal, refuseEndpoint }: AuthorizationContext,
): Authorization {
  switch (type) {
    case 'BASIC':
      return basic(given, before?.type === type ? before : undefined, seal);
    case 'API_KEY':
      return apiKey(given, before?.type === type ? before : undefined, seal);
    case 'OAUTH_CLIENT_CREDENTIALS':
      return oAuth(given?.oAuthParameters, before?.type === type ? before : undefined, {
        seal,
        refuseEndpoint,
      });
  }
}

/** What an authorization is made with; `before` is the one that is to be changed. */
interface AuthorizationContext extends Pick<ActionContext, 'seal' | 'refuseEndpoint'> {
  readonly before: Authorization | undefined;
}

type AuthorizationOf<Type> = Extract<Authorization, { type: Type }>;

function basic(
  given: GivenParameters | undefined,
  before: AuthorizationOf<'BASIC'> | undefined,
  seal: Seal,
): Authorization {
  const parameters = given?.basicAuthParameters;
  const username = parameters?.username ?? before?.username;
  const password = sealed(parameters?.password, seal) ?? before?.password;
  if (username === undefined || password === undefined) throw incomplete('BASIC');
  return { type: 'BASIC', username, password };
}

function apiKey(
  given: GivenParameters | undefined,
  before: AuthorizationOf<'API_KEY'> | undefined,
  seal: Seal,
): Authorization {
  const parameters = given?.apiKeyAuthParameters;
  const apiKeyName = parameters?.apiKeyName ?? before?.apiKeyName;
  const apiKeyValue = sealed(parameters?.apiKeyValue, seal) ?? before?.apiKeyValue;
  if (apiKeyName === undefined || apiKeyValue === undefined) throw incomplete('API_KEY');
  return { type: 'API_KEY', apiKeyName, apiKeyValue };
}

function oAuth(
  given: UpdateConnectionOAuthRequestParameters | undefined,
  before: AuthorizationOf<'OAUTH_CLIENT_CREDENTIALS'> | undefined,
  { seal, refuseEndpoint }: Pick<ActionContext, 'seal' | 'refuseEndpoint'>,
): Authorization {
  const client = given?.clientParameters;
  const clientId = client?.clientID ?? before?.clientId;
  const clientSecret = sealed(client?.clientSecret, seal) ?? before?.clientSecret;
  const authorizationEndpoint = given?.authorizationEndpoint ?? before?.authorizationEndpoint;
  const httpMethod = given?.httpMethod ?? before?.httpMethod;
  if (clientId === undefined || clientSecret === undefined) throw incomplete('OAUTH_CLIENT_CREDENTIALS');
  if (authorizationEndpoint === undefined || httpMethod === undefined) {
    throw incomplete('OAUTH_CLIENT_CREDENTIALS');
  }
  const reason = isHttpsEndpoint(authorizationEndpoint)
    ? refuseEndpoint(authorizationEndpoint)
    : `Endpoint '${authorizationEndpoint}' is invalid, please provide a valid HTTPS endpoint URL.`;
  if (reason !== undefined) throw invalidParameter('AuthorizationEndpoint', reason);
  return {
    type: 'OAUTH_CLIENT_CREDENTIALS',
    clientId,
    clientSecret,
    authorizationEndpoint,
    httpMethod,
    httpParameters: httpParametersOf(given?.oAuthHttpParameters, { before: before?.httpParameters, seal }),
  };
}

/** HTTP parameters after a request: a list that is given takes the place of the one before, others stay. */
export function httpParametersOf(
  given: ConnectionHttpParameters | undefined,
  { before, seal }: { readonly before: HttpParameters | undefined; readonly seal: Seal },
): HttpParameters | undefined {
  if (given === undefined) return before;
  const list = (kind: keyof HttpParameters & keyof ConnectionHttpParameters) =>
    given[kind]?.map((parameter) => httpParameterOf(parameter, before?.[kind], seal)) ?? before?.[kind];
  return {
    headerParameters: list('headerParameters'),
    queryStringParameters: list('queryStringParameters'),
    bodyParameters: list('bodyParameters'),
  };
}

/**
 * Secret values are not shown, so whoever sends back what was shown leaves them out: then the value of that
 * key stays, and stays secret whatever the request says, lest a request make it visible.
 */
function httpParameterOf(
  { key, value, isValueSecret }: ConnectionHeaderParameter,
  before: readonly HttpParameter[] | undefined,
  seal: Seal,
): HttpParameter {
  if (!key) throw invalidAuthParameters('Each HTTP parameter must have a Key.');
  if (value !== undefined) return { key, value: isValueSecret === true ? seal(value) : value };
  const kept = before?.find((parameter) => parameter.key === key);
  if (kept !== undefined) return kept;
  throw invalidAuthParameters(`The HTTP parameter ${key} must have a Value.`);
}

function sealed(secret: string | undefined, seal: Seal): SealedText | undefined {
  return secret === undefined ? undefined : seal(secret);
}

function incomplete(type: Authorization['type']): ServiceError {
  return invalidAuthParameters(`${NEEDED[type]} must be given for the authorization type ${type}.`);
}

function invalidAuthParameters(reason: string): ServiceError {
  return invalidParameter('AuthParameters', reason);
}
