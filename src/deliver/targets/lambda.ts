import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { createAwsCallTarget } from './aws-call.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import type { TargetKind } from './target-kind.ts';

/**
 * Lambda functions, their versions and aliases: invoked asynchronously with the input as payload. What becomes
 * of the function's run is Lambda's to retry.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function createLambdaTarget(settings: AwsSettings): TargetKind {
  return createAwsCallTarget(
    {
      service: 'AWS Lambda',
      clients: new AwsClients('LAMBDA', settings, (config) => new LambdaClient(config)),
      send(client, { target, input }, options) {
        const Payload = Buffer.from(input);
        const command = new InvokeCommand({
          FunctionName: target.arn,
          InvocationType: 'Event',
          Payload,
        });
        return client.send(command, options);
      },
    },
    settings,
  );
}
