import { parseArn } from '../../domain/arn.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { createAwsCallTarget } from './aws-call.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { outcomeOfGateway } from './gateway-outcome.ts';
import { isMembers } from './input-members.ts';
import { domainOf, SignedHttp } from './signed-http.ts';
import { type Outcome, permanent, type TargetKind } from './target-kind.ts';

const EXCERPT_CHARACTERS = 200;

/**
 * AWS AppSync: the GraphQL operation of AppSyncParameters is executed by the API that is the target, with the input as
 * its variables. The API must let IAM authorize.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/target-appsync.html
 */
export function createAppSyncTarget(settings: AwsSettings): TargetKind {
  return createAwsCallTarget(
    {
      service: 'AWS AppSync',
      clients: new AwsClients('APPSYNC', settings, (config) => new SignedHttp('appsync', config)),
      async send(client, { target, input }, options) {
        const { partition = '', region = '', resource = '' } = parseArn(target.arn) ?? {};
        const query = JSON.stringify(target.appSyncParameters?.graphQLOperation ?? '');
        const id = resource.slice(resource.lastIndexOf('/') + 1);
        const answer = await client.send(
          {
            method: 'POST',
            host: `${id}.appsync-api.${region}.${domainOf(partition)}`,
            path: '/graphql',
            query: {},
            headers: { 'content-type': 'application/json; charset=utf-8' },
            // Numbers stay as they were written.
            body: `{"query":${query},"variables":${input}}`,
          },
          options,
        );
        return outcomeOf(answer, settings.clock.now());
      },
    },
    settings,
  );
}

/** GraphQL tells of its errors in an answer of 200. What was executed in part is not executed again. */
function outcomeOf(answer: HttpAnswer, now: number): Outcome {
  const outcome = outcomeOfGateway(answer, now);
  if (outcome.kind !== 'delivered') return outcome;
  const { data, errors } = resultOf(answer.text);
  if (!Array.isArray(errors) || errors.length === 0 || hasSome(data)) return outcome;
  const unauthorized = errors.some((error) => isMembers(error) && error['errorType'] === 'Unauthorized');
  const message = `The operation failed: ${answer.text.slice(0, EXCERPT_CHARACTERS)}`;
  const failure = permanent(unauthorized ? 'NO_PERMISSIONS' : 'SDK_CLIENT_ERROR', message);
  return { ...failure, answer: outcome.answer };
}

function resultOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isMembers(value) ? value : {};
  } catch {
    return {};
  }
}

function hasSome(data: unknown): boolean {
  return isMembers(data) && Object.values(data).some((value) => value !== null);
}
