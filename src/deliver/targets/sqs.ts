import {
  GetQueueUrlCommand,
  type MessageAttributeValue,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { parseArn } from '../../domain/arn.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { outcomeOfAwsError } from './aws-outcome.ts';
import { delivered, type Outcome, type TargetKind } from './target-kind.ts';

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

/**
 * Amazon SQS, standard and FIFO queues: the input is the message's body.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
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

  async function send({ queueArn, body, groupId, attributes = {}, signal }: QueueMessage): Promise<Outcome> {
    try {
      const command = new SendMessageCommand({
        QueueUrl: await queueUrlOf(queueArn, signal),
        MessageBody: body,
        ...(groupId === undefined ? {} : { MessageGroupId: groupId }),
        MessageAttributes: stringAttributes(attributes),
      });
      await clients.for(queueArn).send(command, { abortSignal: signal });
      return delivered;
    } catch (error) {
      // A queue may have been deleted and made again: its URL is asked for anew.
      queueUrls.delete(queueArn);
      return outcomeOfAwsError(error, { service: 'Amazon SQS', signal, now: settings.clock.now() });
    }
  }

  return {
    send,
    invoke: ({ target, input, signal }) =>
      send({ queueArn: target.arn, body: input, groupId: target.sqsParameters?.messageGroupId, signal }),
    close: () => clients.close(),
  };
}

function stringAttributes(
  attributes: Readonly<Record<string, string>>,
): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
  );
}
