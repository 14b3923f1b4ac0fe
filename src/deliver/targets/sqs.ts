import {
  GetQueueUrlCommand,
  type MessageAttributeValue,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { parseArn } from '../../domain/arn.ts';
import { createBatchTarget } from './aws-batch.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { outcomeOfAwsError, outcomeOfErrorName } from './aws-outcome.ts';
import {
  delivered,
  type FailedOutcome,
  type Invocation,
  type Outcome,
  permanent,
  type TargetKind,
} from './target-kind.ts';

/** A message for a queue; a dead-letter message has attributes too. */
export interface QueueMessage {
  readonly queueArn: string;
  readonly body: string;
  readonly groupId?: string | undefined;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export interface SqsTarget extends TargetKind {
  /** Sends one message. Never rejects. */
  send(message: QueueMessage): Promise<Outcome>;
}

// All that a message may consist of.
const NOT_FOR_SQS = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

const BATCH_LIMITS = { entries: 10, bytes: 1024 * 1024 };

/**
 * Amazon SQS, standard and FIFO queues: the input is the message's body. What goes to a FIFO queue goes in the order
 * in which it fell due, one batch after the other.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
 */
export function createSqsTarget(settings: AwsSettings): SqsTarget {
  const clients = new AwsClients(
    'SQS',
    settings,
    (config) => new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
  );
  const queueUrls = new Map<string, string>();

  async function queueUrlOf(queueArn: string, abortSignal: AbortSignal): Promise<string> {
    const known = queueUrls.get(queueArn);
    if (known !== undefined) return known;
    const arn = parseArn(queueArn);
    const asked = await clients
      .for(queueArn)
      .send(new GetQueueUrlCommand({ QueueName: arn?.resource, QueueOwnerAWSAccountId: arn?.account }), {
        abortSignal,
      });
    const url = asked.QueueUrl ?? '';
    queueUrls.set(queueArn, url);
    return url;
  }

  // A queue may have been deleted and made again: its URL is asked for anew after an error.
  async function withQueueUrl<T>(
    { queueArn, signal }: Pick<QueueMessage, 'queueArn' | 'signal'>,
    work: (url: string) => Promise<T>,
  ): Promise<T> {
    try {
      return await work(await queueUrlOf(queueArn, signal));
    } catch (error) {
      queueUrls.delete(queueArn);
      throw error;
    }
  }

  async function sendOne(
    { queueArn, signal, attributes = {} }: Pick<QueueMessage, 'queueArn' | 'signal' | 'attributes'>,
    entry: Entry,
  ): Promise<Outcome> {
    return withQueueUrl({ queueArn, signal }, async (QueueUrl) => {
      const MessageAttributes = stringAttributes(attributes);
      const command = new SendMessageCommand({ QueueUrl, ...entry, MessageAttributes });
      await clients.for(queueArn).send(command, { abortSignal: signal });
      return delivered;
    });
  }

  const batches = createBatchTarget<SQSClient, Entry>(
    {
      name: 'Amazon SQS',
      clients,
      limits: BATCH_LIMITS,
      isOrdered: ({ arn }) => arn.endsWith('.fifo'),
      entryOf: ({ input, target }: Invocation) =>
        entryOf({ body: input, groupId: target.sqsParameters?.messageGroupId }),
      async send(client, entries, { target, signal }) {
        const [only] = entries;
        const queue = { queueArn: target.arn, signal };
        if (only !== undefined && entries.length === 1) return [await sendOne(queue, only)];
        return withQueueUrl(queue, async (QueueUrl) => {
          const Entries = entries.map((entry, index) => ({ Id: String(index), ...entry }));
          const command = new SendMessageBatchCommand({ QueueUrl, Entries });
          const { Successful = [], Failed = [] } = await client.send(command, { abortSignal: signal });
          const outcomes = new Map<string | undefined, Outcome>(Successful.map(({ Id }) => [Id, delivered]));
          for (const { Id, Code = '', Message = '', SenderFault } of Failed) {
            const status = SenderFault ? 400 : 500;
            outcomes.set(Id, outcomeOfErrorName(Code, { message: Message, status }));
          }
          return Entries.map(({ Id }) => outcomes.get(Id));
        });
      },
    },
    settings,
  );

  return {
    ...batches,
    async send(message) {
      const entry = entryOf(message);
      if ('kind' in entry) return entry;
      try {
        return await sendOne(message, entry);
      } catch (error) {
        const { signal } = message;
        return outcomeOfAwsError(error, { service: 'Amazon SQS', signal, now: settings.clock.now() });
      }
    },
  };
}

type Entry = Pick<SendMessageBatchRequestEntry, 'MessageBody' | 'MessageGroupId'>;

function entryOf({ body, groupId }: Pick<QueueMessage, 'body' | 'groupId'>): Entry | FailedOutcome {
  const refused = NOT_FOR_SQS.exec(body)?.[0];
  if (refused !== undefined) {
    const code = refused.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return permanent('SDK_CLIENT_ERROR', `Amazon SQS takes no message with the character U+${code}.`);
  }
  return { MessageBody: body, ...(groupId === undefined ? {} : { MessageGroupId: groupId }) };
}

function stringAttributes(
  attributes: Readonly<Record<string, string>>,
): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
  );
}
