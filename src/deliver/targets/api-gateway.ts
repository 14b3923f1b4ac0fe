import type { HttpParameters } from '../../api-model/types.generated.ts';
import { parseArn } from '../../domain/arn.ts';
import { createAwsCallTarget } from './aws-call.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { dynamicValues } from './dynamic-value.ts';
import { outcomeOfGateway } from './gateway-outcome.ts';
import { faultOfHeaders, mergedHeaders } from './http-headers.ts';
import { filledPath } from './http-path.ts';
import { UnusableInputError } from './input-members.ts';
import { domainOf, type SignableRequest, SignedHttp } from './signed-http.ts';
import type { TargetKind } from './target-kind.ts';

const USER_AGENT = 'Amazon/EventBridge/ApiGateway';

/**
 * API Gateway, REST and HTTP APIs: the method, stage and path of the ARN are called with the target's HttpParameters,
 * signed; the input is the body. Answers mean what they mean for API destinations.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-gateway-target.html
 */
export function createApiGatewayTarget(settings: AwsSettings): TargetKind {
  return createAwsCallTarget(
    {
      service: 'Amazon API Gateway',
      clients: new AwsClients('EXECUTE_API', settings, (config) => new SignedHttp('execute-api', config)),
      async send(client, { target, input, delivery }, options) {
        const { envelope } = delivery.event;
        const request = requestTo(target.arn, target.httpParameters ?? {}, { input, envelope });
        const answer = await client.send(request, options);
        return outcomeOfGateway(answer, settings.clock.now());
      },
    },
    settings,
  );
}

function requestTo(
  arn: string,
  { pathParameterValues = [], headerParameters, queryStringParameters }: HttpParameters,
  { input, envelope }: { readonly input: string; readonly envelope: string },
): SignableRequest {
  const { partition = '', region = '', resource = '' } = parseArn(arn) ?? {};
  const [id = '', stage = '', method = '', ...path] = resource.split('/');
  const resolve = dynamicValues(envelope);
  const resolved = (parameters: Readonly<Record<string, string>> = {}): [string, string][] =>
    Object.entries(parameters).flatMap(([key, value]): [string, string][] => {
      const found = resolve(value);
      return found === undefined ? [] : [[key, found]];
    });
  // The default stage of an HTTP API has no place in paths.
  const whole = stage === '$default' ? `/${path.join('/')}` : `/${[stage, ...path].join('/')}`;
  const filled = filledPath(
    whole,
    pathParameterValues.map((value) => resolve(value) ?? ''),
  );
  if (filled === undefined)
    throw new UnusableInputError('A path parameter would lead to another part of the API.');
  const headers = { ...mergedHeaders(resolved(headerParameters)), 'User-Agent': USER_AGENT };
  const fault = faultOfHeaders(headers);
  if (fault !== undefined) throw new UnusableInputError(fault);
  return {
    method: method === '*' ? 'POST' : method,
    host: `${id}.execute-api.${region}.${domainOf(partition)}`,
    path: filled,
    query: Object.fromEntries(
      resolved(queryStringParameters).map(([key, value]) => [key, value.toWellFormed()]),
    ),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: method === 'GET' || method === 'HEAD' ? '' : input,
  };
}
