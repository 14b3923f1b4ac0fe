import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import { createBatchTarget } from './aws-batch.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { outcomeOfErrorName } from './aws-outcome.ts';
import { delivered, type Outcome } from './target-kind.ts';

/**
 * Amazon SNS topics: the input is the message.
 * https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html
 */
export function createSnsTarget(settings: AwsSettings) {
  return createBatchTarget(
    {
      name: 'Amazon SNS',
      limits: { entries: 10, bytes: 256 * 1024 },
      clients: new AwsClients('SNS', settings, (config) => new SNSClient(config)),
      entryOf: ({ input }) => ({ Message: input }),
      async send(client, messages, { target, signal }) {
        const entries = messages.map((message, n) => ({ Id: String(n), ...message }));
        const command = new PublishBatchCommand({
          TopicArn: target.arn,
          PublishBatchRequestEntries: entries,
        });
        const { Successful = [], Failed = [] } = await client.send(command, { abortSignal: signal });
        const outcomes = new Map<string | undefined, Outcome>(Successful.map(({ Id }) => [Id, delivered]));
        for (const { Id, Code = '', Message = '', SenderFault } of Failed) {
          outcomes.set(Id, outcomeOfErrorName(Code, { message: Message, status: SenderFault ? 400 : 500 }));
        }
        return entries.map(({ Id }) => outcomes.get(Id));
      },
    },
    settings,
  );
}
