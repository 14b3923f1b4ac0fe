import type { Chapter, MemberTexts } from './operation-text.ts';
import {
  DESCRIPTION,
  DESCRIPTION_CHANGED,
  KMS_KEY,
  KMS_KEY_CHANGED,
  LIMIT,
  NAME_PREFIX,
  NEXT_TOKEN,
} from './shared-texts.ts';

const PRIVATE_NETWORK =
  'The way to endpoints in a private network. Busbar keeps and shows it, and reaches private addresses by its own configuration.';

// Creating wants all of them, updating what is to be changed: what they mean is the same.
const AUTHORIZATION: MemberTexts = {
  BasicAuthParameters: 'User and password, for BASIC only, which needs them.',
  OAuthParameters: 'For OAUTH_CLIENT_CREDENTIALS only, which needs them.',
  ApiKeyAuthParameters: 'For API_KEY only, which needs them.',
  InvocationHttpParameters:
    'What is added to each request to an API destination; it wins over the HttpParameters of targets. Left out by create-connection, nothing.',
  ConnectivityParameters: PRIVATE_NETWORK.replace('endpoints', 'an authorization endpoint'),
};
const BASIC: MemberTexts = { Username: 'The user.', Password: 'The password; no answer shows it.' };
const API_KEY: MemberTexts = {
  ApiKeyName: 'The header that bears the key, as in X-Api-Key.',
  ApiKeyValue: 'The key; no answer shows it.',
};
const O_AUTH: MemberTexts = {
  ClientParameters: 'Who asks for tokens.',
  AuthorizationEndpoint: 'The URL that tokens come from: https://..., or http://... on this machine.',
  HttpMethod: 'How they are asked for. With GET the parameters are in the query, else in a form.',
  OAuthHttpParameters: 'What is added to requests for tokens, such as a scope. Left out, nothing.',
};
const O_AUTH_CLIENT: MemberTexts = {
  ClientID: 'The id of the client.',
  ClientSecret: 'Its secret; no answer shows it.',
};
const HTTP_PARAMETER: MemberTexts = {
  Key: 'Its name.',
  Value: 'What it says. Left out when updating, it stays as it is.',
  IsValueSecret: 'Whether answers leave its value out. Left out, they show it.',
};

/** Connections, and how they authorize requests. */
export const connections: Chapter = {
  title: 'Connections',
  operations: {
    'create-connection': {
      about:
        'Creates a connection: how requests to API destinations are authorized, and what is added to each of them. One connection may serve many API destinations. Its secrets are kept sealed and never shown. With OAuth it is AUTHORIZING until a token has come. It fails when there is a connection of that name, and when the parameters are not those of its AuthorizationType.',
      examples: [
        [
          'an API key in a header',
          `create-connection --name stock --authorization-type API_KEY --auth-parameters '{
    "ApiKeyAuthParameters": {
      "ApiKeyName": "X-Api-Key",
      "ApiKeyValue": "s3cret"
    }
  }'`,
        ],
        [
          'user and password',
          `create-connection --name billing --authorization-type BASIC --auth-parameters 'BasicAuthParameters={Username=ann,Password=s3cret}'`,
        ],
      ],
      options: {
        Name: 'Its name: letters, digits, dots, dashes and underscores.',
        Description: DESCRIPTION,
        AuthorizationType:
          'How requests are authorized: by user and password (BASIC), by a key in a header (API_KEY), or by tokens that a client id and secret get (OAUTH_CLIENT_CREDENTIALS).',
        AuthParameters: 'The secrets that the type wants, and what is added to each request.',
        InvocationConnectivityParameters: `${PRIVATE_NETWORK} Left out, endpoints are public.`,
        KmsKeyIdentifier: KMS_KEY,
      },
    },
    'describe-connection': {
      about:
        'Shows a connection without its secrets: its ARN, how it authorizes, what it adds to requests, and its state. A DEAUTHORIZED one says why in StateReason. It fails when there is no such connection.',
      examples: [
        ['all of it', 'describe-connection --name crm'],
        [
          'its ARN, which create-api-destination wants',
          'describe-connection --name crm --query ConnectionArn --output text',
        ],
      ],
      options: { Name: 'The name of the connection.' },
    },
    'list-connections': {
      about: 'Lists connections in the order of their names, with their states: all, by name or by state.',
      examples: [
        ['all of them, as a table', 'list-connections --output table'],
        ['those that their endpoint refused', 'list-connections --connection-state DEAUTHORIZED'],
      ],
      options: {
        NamePrefix: NAME_PREFIX,
        ConnectionState: 'Only those in this state. Left out, in any.',
        NextToken: NEXT_TOKEN,
        Limit: LIMIT,
      },
    },
    'update-connection': {
      about:
        'Changes a connection; what is left out stays as it is, single parameters too. New parameters authorize it anew, and what API destinations are owed goes on with them. It fails when there is no such connection, when nothing is to be changed, and when the parameters are not those of the AuthorizationType.',
      examples: [
        [
          'another password',
          `update-connection --name crm --auth-parameters 'BasicAuthParameters={Password=n3wer}'`,
        ],
        [
          'a header for all requests',
          `update-connection --name crm --auth-parameters '{
    "InvocationHttpParameters": {
      "HeaderParameters": [{"Key": "X-From", "Value": "shop"}]
    }
  }'`,
        ],
      ],
      options: {
        Name: 'The name of the connection.',
        Description: DESCRIPTION_CHANGED,
        AuthorizationType: 'Another type, which needs all of its parameters. Left out, it stays as it is.',
        AuthParameters: 'What changes of the secrets, and of what is added to requests. Left out, all stays.',
        InvocationConnectivityParameters: `${PRIVATE_NETWORK} Left out, it stays as it is; an empty ARN ends it.`,
        KmsKeyIdentifier: KMS_KEY_CHANGED,
      },
    },
    'deauthorize-connection': {
      about:
        'Removes the secrets of a connection and leaves the rest of it. API destinations that use it become INACTIVE, and what they are owed ends with NO_PERMISSIONS, until update-connection gives it new secrets. It fails when there is no such connection.',
      examples: [
        ['take its secrets away', 'deauthorize-connection --name crm'],
        ['see what is left', 'describe-connection --name crm --query ConnectionState --output text'],
      ],
      options: { Name: 'The name of the connection.' },
    },
    'delete-connection': {
      about:
        'Deletes a connection with its secrets. API destinations that use it become INACTIVE, and stay so even when a new connection takes its name. It fails when there is no such connection.',
      examples: [
        [
          'who uses it?',
          'list-api-destinations --connection-arn "$(busbar events describe-connection --name crm --query ConnectionArn --output text)"',
        ],
        ['for good', 'delete-connection --name crm'],
      ],
      options: { Name: 'The name of the connection.' },
    },
  },
  structures: {
    CreateConnectionAuthRequestParameters: AUTHORIZATION,
    UpdateConnectionAuthRequestParameters: AUTHORIZATION,
    CreateConnectionBasicAuthRequestParameters: BASIC,
    UpdateConnectionBasicAuthRequestParameters: BASIC,
    CreateConnectionApiKeyAuthRequestParameters: API_KEY,
    UpdateConnectionApiKeyAuthRequestParameters: API_KEY,
    CreateConnectionOAuthRequestParameters: O_AUTH,
    UpdateConnectionOAuthRequestParameters: O_AUTH,
    CreateConnectionOAuthClientRequestParameters: O_AUTH_CLIENT,
    UpdateConnectionOAuthClientRequestParameters: O_AUTH_CLIENT,
    ConnectionHttpParameters: {
      HeaderParameters: 'Headers.',
      QueryStringParameters: 'Parts of the query.',
      BodyParameters:
        'Parts of the body: fields of the form that asks for a token, members of a body that is a JSON object; any other body goes without them.',
    },
    ConnectionHeaderParameter: HTTP_PARAMETER,
    ConnectionQueryStringParameter: HTTP_PARAMETER,
    ConnectionBodyParameter: HTTP_PARAMETER,
    ConnectivityResourceParameters: { ResourceParameters: 'What AWS reaches the network through.' },
    ConnectivityResourceConfigurationArn: {
      ResourceConfigurationArn: 'The ARN of a resource configuration of Amazon VPC Lattice.',
    },
  },
};
