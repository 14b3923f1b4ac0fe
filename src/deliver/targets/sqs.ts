import {
  GetQueueUrlCommand,
  type MessageAttributeValue,
  SendMessageCommand,
  SQSClient,
  SQSServiceException,
} from '@aws-sdk/client-sqs';
import { parseArn } from '../../domain/arn.ts';
import {
  delivered,
  type Outcome,
  permanent,
  retryable,
  type TargetKind,
  type TargetSettings,
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

// A compatible server on this machine needs credentials that look like some, and checks none.
const PLACEHOLDER_CREDENTIALS = { accessKeyId: 'busbar', secretAccessKey: 'busbar' };

const MISSING_QUEUE = new Set(['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue']);
const DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'InvalidClientTokenId',
  'KmsAccessDenied',
  'KmsDisabled',
  'KmsNotFound',
]);
// What SQS says of the message or of the request itself, which will be the same the next time.
const REFUSED = new Set([
  'BatchRequestTooLong',
  'InvalidAddress',
  'InvalidAttributeName',
  'InvalidAttributeValue',
  'InvalidMessageContents',
  'InvalidParameterCombination',
  'InvalidParameterValue',
  'MessageTooLong',
  'MissingParameter',
  'UnsupportedOperation',
  'AWS.SimpleQueueService.UnsupportedOperation',
  'ValidationException',
]);
const THROTTLED = /^(Throttl|RequestThrottled|TooManyRequests|OverLimit|KmsThrottled)/;

/**
 * Amazon SQS, standard and FIFO queues: the input is the message's body.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function createSqsTarget(settings: Pick<TargetSettings, 'endpointOf' | 'hasCredentials'>): SqsTarget {
  const clients = new Map<string, SQSClient>();
  const queueUrls = new Map<string, string>();

  function clientFor(region: string): SQSClient {
    let client = clients.get(region);
    if (client === undefined) {
      const endpoint = settings.endpointOf('SQS');
      client = new SQSClient({
        region,
        // The dispatcher retries, on its own clock and with its own patience.
        maxAttempts: 1,
        useQueueUrlAsEndpoint: false,
        ...(endpoint === undefined ? {} : { endpoint }),
        ...(endpoint === undefined || settings.hasCredentials
          ? {}
          : { credentials: PLACEHOLDER_CREDENTIALS }),
      });
      clients.set(region, client);
    }
    return client;
  }

  async function queueUrlOf(queueArn: string, abortSignal: AbortSignal): Promise<string> {
    const known = queueUrls.get(queueArn);
    if (known !== undefined) return known;
    const arn = parseArn(queueArn);
    const asked = await clientFor(arn?.region ?? '').send(
      new GetQueueUrlCommand({ QueueName: arn?.resource, QueueOwnerAWSAccountId: arn?.account }),
      { abortSignal },
    );
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
      await clientFor(parseArn(queueArn)?.region ?? '').send(command, { abortSignal: signal });
      return delivered;
    } catch (error) {
      // A queue may have been deleted and made again: its URL is asked for anew.
      queueUrls.delete(queueArn);
      return outcomeOf(error, signal);
    }
  }

  return {
    send,
    invoke: ({ target, input, signal }) =>
      send({ queueArn: target.arn, body: input, groupId: target.sqsParameters?.messageGroupId, signal }),
    close() {
      for (const client of clients.values()) client.destroy();
    },
  };
}

function stringAttributes(
  attributes: Readonly<Record<string, string>>,
): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
  );
}

function outcomeOf(error: unknown, signal: AbortSignal): Outcome {
  if (signal.aborted) return retryable('TIMEOUT', 'Amazon SQS did not answer in time.');
  if (!(error instanceof SQSServiceException)) {
    return retryable('CONNECTION_FAILURE', error instanceof Error ? error.message : String(error));
  }
  const message = `${error.name}: ${error.message}`;
  if (MISSING_QUEUE.has(error.name)) return permanent('NO_RESOURCE', message);
  if (DENIED.has(error.name)) return permanent('NO_PERMISSIONS', message);
  if (REFUSED.has(error.name)) return permanent('SDK_CLIENT_ERROR', message);
  // Whatever else it says may pass: credentials that ran out, a clock that is off, a proxy in between. A delivery
  // that is tried too often costs less than one that is given up too soon.
  const status = error.$metadata.httpStatusCode ?? 500;
  if (THROTTLED.test(error.name) || status === 429) return retryable('THROTTLING', message);
  return retryable(status >= 500 ? 'SERVER_ERROR' : 'SDK_CLIENT_ERROR', message);
}
