import type { Chapter } from './operation-text.ts';
import { DESCRIPTION, DESCRIPTION_CHANGED, LIMIT, NAME_PREFIX, NEXT_TOKEN } from './shared-texts.ts';

const ENDPOINT =
  'The URL that is called: https://..., or http://... on this machine. Each "*" in it is filled in by the PathParameterValues of a target.';
const RATE =
  'How many times a second it is called at most, up to 300; what is beyond waits, without that being an attempt.';

/** API destinations. */
export const apiDestinations: Chapter = {
  title: 'API destinations',
  operations: {
    'create-api-destination': {
      about:
        'Creates an API destination: an HTTP endpoint that rules can have as a target, called with a connection, at no more than so many times a second. put-targets takes its ARN, with a RoleArn beside it. It fails when there is one of that name, when there is no such connection, and when the endpoint is no URL that may be called. A URL that needs no authorization can be a target by itself.',
      examples: [
        [
          'with the connection crm',
          'create-api-destination --name leads --http-method POST --invocation-endpoint https://example.com/leads --connection-arn "$(busbar events describe-connection --name crm --query ConnectionArn --output text)"',
        ],
        [
          'a path that each target fills in, ten times a second',
          `create-api-destination --name customers --http-method PUT --invocation-endpoint 'https://example.com/customers/*' --invocation-rate-limit-per-second 10 --connection-arn "$(busbar events describe-connection --name crm --query ConnectionArn --output text)"`,
        ],
      ],
      options: {
        Name: 'Its name: letters, digits, dots, dashes and underscores.',
        Description: DESCRIPTION,
        ConnectionArn: 'The ARN of the connection that authorizes requests, as describe-connection shows it.',
        InvocationEndpoint: ENDPOINT,
        HttpMethod: 'The method of the requests.',
        InvocationRateLimitPerSecond: `${RATE} Left out, it is 300.`,
      },
    },
    'describe-api-destination': {
      about:
        'Shows an API destination: its ARN, endpoint, method, rate, connection, and whether it is ACTIVE. An INACTIVE one has lost its connection, or that has lost its secrets. It fails when there is no such API destination.',
      examples: [
        ['all of it', 'describe-api-destination --name crm'],
        [
          'its ARN, which put-targets wants',
          'describe-api-destination --name crm --query ApiDestinationArn --output text',
        ],
      ],
      options: { Name: 'The name of the API destination.' },
    },
    'list-api-destinations': {
      about:
        'Lists API destinations in the order of their names: all, by name, or those of a connection. Only one of the two filters may be there.',
      examples: [
        ['all of them, as a table', 'list-api-destinations --output table'],
        [
          'their names and where they lead',
          "list-api-destinations --query 'ApiDestinations[].[Name,InvocationEndpoint]' --output text",
        ],
      ],
      options: {
        NamePrefix: NAME_PREFIX,
        ConnectionArn: 'Only those that use the connection with this ARN. Left out, all of them.',
        NextToken: NEXT_TOKEN,
        Limit: LIMIT,
      },
    },
    'update-api-destination': {
      about:
        'Changes an API destination; what is left out stays as it is, and so does its ARN. It fails when there is no such API destination or connection, and when the endpoint is no URL that may be called.',
      examples: [
        ['another rate', 'update-api-destination --name crm --invocation-rate-limit-per-second 5'],
        [
          'another endpoint',
          'update-api-destination --name crm --invocation-endpoint https://example.com/v2',
        ],
      ],
      options: {
        Name: 'The name of the API destination.',
        Description: DESCRIPTION_CHANGED,
        ConnectionArn: 'The ARN of another connection. Left out, it stays as it is.',
        InvocationEndpoint: `${ENDPOINT} Left out, it stays as it is.`,
        HttpMethod: 'Another method. Left out, it stays as it is.',
        InvocationRateLimitPerSecond: `${RATE} Left out, it stays as it is. What waits already keeps its turn.`,
      },
    },
    'delete-api-destination': {
      about:
        'Deletes an API destination. What targets are still owed there ends with NO_RESOURCE. It fails when there is no such API destination.',
      examples: [
        [
          'which rules have it as a target?',
          'list-rule-names-by-target --target-arn "$(busbar events describe-api-destination --name crm --query ApiDestinationArn --output text)"',
        ],
        ['for good', 'delete-api-destination --name crm'],
      ],
      options: { Name: 'The name of the API destination.' },
    },
  },
};
