import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { outcomeOfAwsError } from './aws-outcome.ts';
import { delivered, type TargetKind } from './target-kind.ts';

/**
 * Lambda functions, their versions and aliases: invoked asynchronously with the input as payload. What becomes
 * of the function's run is Lambda's to retry.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function createLambdaTarget(settings: AwsSettings): TargetKind {
  const clients = new AwsClients('LAMBDA', settings, (config) => new LambdaClient(config));
  return {
    async invoke({ target, input, signal }) {
      const command = new InvokeCommand({
        FunctionName: target.arn,
        InvocationType: 'Event',
        Payload: Buffer.from(input),
      });
      try {
        await clients.for(target.arn).send(command, { abortSignal: signal });
        return delivered;
      } catch (error) {
        return outcomeOfAwsError(error, { service: 'AWS Lambda', signal, now: settings.clock.now() });
      }
    },
    close: () => clients.close(),
  };
}
