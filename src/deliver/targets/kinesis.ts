import { KinesisClient, PutRecordsCommand, type PutRecordsRequestEntry } from '@aws-sdk/client-kinesis';
import { createBatchTarget } from './aws-batch.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { outcomeOfErrorName } from './aws-outcome.ts';
import { dynamicValues } from './dynamic-value.ts';
import { resourceName } from './resource-name.ts';
import { delivered, type FailedOutcome, type Invocation, permanent } from './target-kind.ts';

const PARTITION_KEY_CHARACTERS = 256;

/**
 * Kinesis data streams: the input is a record's data. Its partition key is what PartitionKeyPath leads to in the
 * event; where that is nothing, or there is no such path, the event's id.
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
 */
export function createKinesisTarget(settings: AwsSettings) {
  return createBatchTarget(
    {
      name: 'Amazon Kinesis',
      limits: { entries: 500, bytes: 5 * 1024 * 1024, bytesPerEntry: PARTITION_KEY_CHARACTERS },
      clients: new AwsClients('KINESIS', settings, (config) => new KinesisClient(config)),
      entryOf: recordOf,
      async send(client, records, { target, signal }) {
        const StreamName = resourceName(target.arn);
        const command = new PutRecordsCommand({ StreamARN: target.arn, StreamName, Records: [...records] });
        const { Records = [] } = await client.send(command, { abortSignal: signal });
        return Records.map(({ ErrorCode, ErrorMessage = '' }) =>
          ErrorCode ? outcomeOfErrorName(ErrorCode, { message: ErrorMessage, status: 500 }) : delivered,
        );
      },
    },
    settings,
  );
}

function recordOf({ target, input, delivery }: Invocation): PutRecordsRequestEntry | FailedOutcome {
  const { id, envelope } = delivery.event;
  const path = target.kinesisParameters?.partitionKeyPath;
  const found = path === undefined ? undefined : dynamicValues(envelope)(path);
  const PartitionKey = found || id;
  // Cut to what fits it could be another record's key.
  if (PartitionKey.length > PARTITION_KEY_CHARACTERS) {
    return permanent(
      'INVALID_PARAMETER',
      `The partition key at ${path} is longer than ${PARTITION_KEY_CHARACTERS} characters.`,
    );
  }
  return { Data: Buffer.from(input), PartitionKey };
}
