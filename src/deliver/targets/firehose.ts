import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { createBatchTarget } from './aws-batch.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { outcomeOfErrorName } from './aws-outcome.ts';
import { resourceName } from './resource-name.ts';
import { delivered } from './target-kind.ts';

/**
 * Firehose streams: the input is a record's data, without anything between it and the next one.
 * https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html
 */
export function createFirehoseTarget(settings: AwsSettings) {
  return createBatchTarget(
    {
      name: 'Amazon Data Firehose',
      limits: { entries: 500, bytes: 4 * 1024 * 1024 },
      clients: new AwsClients('FIREHOSE', settings, (config) => new FirehoseClient(config)),
      entryOf: ({ input }) => ({ Data: Buffer.from(input) }),
      async send(client, records, { target, signal }) {
        const DeliveryStreamName = resourceName(target.arn);
        const command = new PutRecordBatchCommand({ DeliveryStreamName, Records: [...records] });
        const { RequestResponses = [] } = await client.send(command, { abortSignal: signal });
        return RequestResponses.map(({ ErrorCode, ErrorMessage = '' }) =>
          ErrorCode ? outcomeOfErrorName(ErrorCode, { message: ErrorMessage, status: 500 }) : delivered,
        );
      },
    },
    settings,
  );
}
